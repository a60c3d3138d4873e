import type { Transaction } from '#electron/database/database.ts'
import type { ForeignKey, UserTrigger } from './catalogue.ts'
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
  return [
    // A constraint checked only at COMMIT would leave its checks pending, and refuse ALTER TABLE.
    'SET CONSTRAINTS ALL IMMEDIATE',
    ...work.triggers.map(holdTrigger),
    ...work.recreate.map(dropKey),
    ...changes.map(changeSql),
    ...(work.truncate.length > 0
      ? [`TRUNCATE TABLE ${work.truncate.map(from).join(', ')} ${restart ? 'RESTART' : 'CONTINUE'} IDENTITY RESTRICT`]
      : []),
    ...work.deletes.map(
      (table) =>
        `DELETE FROM ${from(table)} t USING ${sets.gone(table.key)} s WHERE s.rel = t.tableoid AND s.tid = t.ctid`,
    ),
    ...work.recreate.flatMap(addKey),
    ...work.restored.map(releaseTrigger),
  ]
}

const alterTrigger = ({ relation, clone, name }: UserTrigger, what: string) =>
  `ALTER TABLE ${clone ? 'ONLY ' : ''}${relation} ${what} TRIGGER ${quoteIdentifier(name)}`

/** Switches a user trigger off. */
export function holdTrigger(trigger: UserTrigger): string {
  return alterTrigger(trigger, 'DISABLE')
}

/** Puts a user trigger back into the state it had. */
export function releaseTrigger(trigger: UserTrigger): string {
  return alterTrigger(trigger, enabling[trigger.enabled])
}

/** Drops a foreign key. */
export function dropKey({ childRelation, name }: ForeignKey): string {
  return `ALTER TABLE ${childRelation} DROP CONSTRAINT ${quoteIdentifier(name)}`
}

/** Makes a foreign key again from its own definition, so that the server checks every row. */
export function addKey({ childRelation, name, definition, comment }: ForeignKey): readonly string[] {
  const quoted = quoteIdentifier(name)
  return [
    `ALTER TABLE ${childRelation} ADD CONSTRAINT ${quoted} ${definition}`,
    ...(comment === null ? [] : [`COMMENT ON CONSTRAINT ${quoted} ON ${childRelation} IS ${literal(comment)}`]),
  ]
}

function literal(text: string): string {
  return text.includes('\\')
    ? `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
    : `'${text.replaceAll("'", "''")}'`
}
