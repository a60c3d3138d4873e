import type { Transaction } from '#electron/database/database.ts'
import type { UserTrigger } from './catalogue.ts'
import { type Change, changeSql } from './changes.ts'
import type { Sets } from './sets.ts'
import { from, quoteIdentifier } from './sql.ts'
import type { Work } from './work.ts'

const enabling: Readonly<Record<UserTrigger['enabled'], string>> = {
  O: 'ENABLE',
  A: 'ENABLE ALWAYS',
  R: 'ENABLE REPLICA',
  D: 'DISABLE',
}

/**
 * Empties what the plan says, at a cost linear in the rows: user triggers held one by one, references into what goes
 * dropped and made again from their own definitions (the server checks every row anew, nothing can cascade), whole
 * tables emptied in one statement, rows deleted by their place. Every step is undone by ROLLBACK.
 */
export async function empty(
  transaction: Transaction,
  work: Work,
  parts: { readonly sets: Sets; readonly changes: readonly Change[]; readonly restart: boolean },
  onStep: (done: number, total: number) => void,
): Promise<void> {
  const statements = statementsOf(work, parts)
  for (const [done, sql] of statements.entries()) {
    onStep(done, statements.length)
    await transaction.query(sql)
  }
}

function statementsOf(
  work: Work,
  { sets, changes, restart }: { sets: Sets; changes: readonly Change[]; restart: boolean },
): readonly string[] {
  const trigger = ({ relation, clone, name }: UserTrigger, what: string) =>
    `ALTER TABLE ${clone ? 'ONLY ' : ''}${relation} ${what} TRIGGER ${quoteIdentifier(name)}`
  return [
    // A constraint checked only at COMMIT would leave its checks pending, and refuse ALTER TABLE.
    'SET CONSTRAINTS ALL IMMEDIATE',
    ...work.triggers.map((each) => trigger(each, 'DISABLE')),
    ...work.recreate.map((key) => `ALTER TABLE ${key.childRelation} DROP CONSTRAINT ${quoteIdentifier(key.name)}`),
    ...changes.map(changeSql),
    ...(work.truncate.length > 0
      ? [`TRUNCATE TABLE ${work.truncate.map(from).join(', ')} ${restart ? 'RESTART' : 'CONTINUE'} IDENTITY RESTRICT`]
      : []),
    ...work.deletes.map(
      (table) =>
        `DELETE FROM ${from(table)} t USING ${sets.gone(table.key)} s WHERE s.rel = t.tableoid AND s.tid = t.ctid`,
    ),
    ...work.recreate.flatMap((key) => {
      const name = quoteIdentifier(key.name)
      return [
        `ALTER TABLE ${key.childRelation} ADD CONSTRAINT ${name} ${key.definition}`,
        ...(key.comment === null
          ? []
          : [`COMMENT ON CONSTRAINT ${name} ON ${key.childRelation} IS ${literal(key.comment)}`]),
      ]
    }),
    ...work.restored.map((each) => trigger(each, enabling[each.enabled])),
  ]
}

function literal(text: string): string {
  return text.includes('\\')
    ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`
}
