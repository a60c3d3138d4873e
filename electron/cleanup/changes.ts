import type { Transaction } from '#electron/database/database.ts'
import type { CatalogueTable } from './catalogue.ts'
import { createSet, type Sets } from './sets.ts'
import { from, quoteIdentifier } from './sql.ts'
import type { Work } from './work.ts'

/** Columns that rows which stay openly lose, or take a value in: one statement per table, since a row moves when changed. */
export interface Change {
  readonly table: CatalogueTable
  readonly parts: readonly {
    readonly set: string
    readonly columns: readonly string[]
    readonly value: 'NULL' | 'false'
  }[]
  /** Generated columns that follow. */
  readonly follow: ReadonlySet<string>
}

/** Writes down, in temporary tables, exactly which rows change what. */
export async function noteChanges(transaction: Transaction, work: Work, sets: Sets): Promise<readonly Change[]> {
  const changes = new Map<CatalogueTable, { parts: Change['parts'][number][]; follow: Set<string> }>()
  const note = async (
    table: CatalogueTable,
    name: string,
    select: string,
    columns: readonly string[],
    ids?: readonly string[],
  ) => {
    const set = await createSet(transaction, name)
    await transaction.query(`INSERT INTO ${set} (rel, tid) ${select}`, ids ? [ids] : [])
    await transaction.query(`ANALYZE ${set}`)
    const change = changes.get(table) ?? { parts: [], follow: new Set() }
    changes.set(table, change)
    change.parts.push({ set, columns, value: ids ? 'false' : 'NULL' })
    for (const column of table.columns)
      if (columns.includes(column.name)) for (const name of column.feeds) change.follow.add(name)
  }
  for (const { edge, select } of work.clears) {
    const table = work.touched.find(({ key }) => key === edge.key.child)
    if (table) await note(table, `clear_${edge.key.oid}`, select, edge.clears)
  }
  if (work.deactivate) {
    const { table, ids } = work.deactivate
    const select = `SELECT t.tableoid, t.ctid FROM ${from(table)} t WHERE t.id::text = ANY ($1::text[]) AND ${sets.stays(table.key, 't')}`
    await note(table, 'idle', select, ['activo'], ids)
  }
  return [...changes].map(([table, change]) => ({ table, ...change }))
}

/** One row of the union of a change's sets for each row that changes, with a flag `c0`, `c1`, … for each part. */
export function changedRows({ parts }: Change): string {
  const each = parts.map(({ set }, i) => `SELECT rel, tid, ${i} AS part FROM ${set}`).join(' UNION ALL ')
  const flags = parts.map((_, i) => `bool_or(part = ${i}) AS c${i}`).join(', ')
  return `(SELECT rel, tid, ${flags} FROM (${each}) u GROUP BY rel, tid)`
}

/** The value a column will have, for a row `t` with its flags `s`; null when it does not change. */
export function changedValue({ parts }: Change, column: string): string | null {
  const mine = parts.flatMap(({ columns, value }, i) => (columns.includes(column) ? [{ flag: `s.c${i}`, value }] : []))
  const [first] = mine
  if (!first) return null
  const when = mine.map(({ flag }) => `coalesce(${flag}, false)`).join(' OR ')
  return `CASE WHEN ${when} THEN ${first.value} ELSE t.${quoteIdentifier(column)} END`
}

/** The statement that makes the change. */
export function changeSql(change: Change): string {
  const columns = [...new Set(change.parts.flatMap(({ columns }) => columns))]
  const set = columns.map((column) => `${quoteIdentifier(column)} = ${changedValue(change, column)}`).join(', ')
  return `UPDATE ${from(change.table)} t SET ${set} FROM ${changedRows(change)} s WHERE s.rel = t.tableoid AND s.tid = t.ctid`
}
