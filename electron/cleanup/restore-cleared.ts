import type { Row, Transaction } from '#electron/database/database.ts'
import type { Obstacle } from '#shared/cleanup-backup.ts'
import type { CatalogueTable } from './catalogue.ts'
import type { Structure } from './content.ts'
import { flagColumn } from './exported.ts'
import { from, quoteIdentifier } from './sql.ts'

type Cleared = Structure['cleared'][number]

/** A part of a backup that gives rows which stayed their values back, loaded into a table of its own. */
export interface LoadedPart {
  readonly table: CatalogueTable
  readonly cleared: Cleared
  readonly keyColumns: readonly string[]
  /** The table it was loaded into. */
  readonly source: string
  readonly rows: number
}

const q = quoteIdentifier

/** Whether the row `s` of the part lost the value of `column`, and what it holds since. */
function lost({ parts }: Cleared, column: string): { when: string; since: 'NULL' | 'false' } {
  const mine = parts.flatMap((part, i) => (part.columns.includes(column) ? [{ i, value: part.value }] : []))
  return { when: `(${mine.map(({ i }) => `s.${q(flagColumn(i))}`).join(' OR ')})`, since: mine[0]?.value ?? 'NULL' }
}

/** The rows of today that the part is about, as `rel`, `tid` and every column of the part. */
function matched({ table, cleared, keyColumns, source }: LoadedPart): string {
  const place = 't.tableoid AS rel, t.ctid AS tid, s.*'
  if (cleared.keyed) {
    const same = keyColumns.map((column) => `t.${q(column)} = s.${q(column)}`).join(' AND ')
    return `SELECT ${place} FROM ${source} s JOIN ${from(table)} t ON ${same}`
  }
  // Without a key: rows that are equal in everything are each other's like, and any one of them will do.
  const since = cleared.columns.map((column) => {
    const { when, since: value } = lost(cleared, column)
    return `CASE WHEN ${when} THEN ${value} ELSE s.${q(column)} END`
  })
  const line = (row: string, values: readonly string[]) =>
    `ROW(${[...keyColumns.map((column) => `${row}.${q(column)}`), ...values].join(', ')})::text COLLATE "C"`
  const now = cleared.columns.map((column) => `t.${q(column)}`)
  const numbered = (columns: string, row: string, values: readonly string[], rows: string) =>
    `(SELECT ${columns}, ${line(row, values)} AS "podoskin:line", row_number() OVER (PARTITION BY ${line(row, values)}) AS "podoskin:n" FROM ${rows})`
  return `SELECT t.rel, t.tid, s.* FROM ${numbered('s.*', 's', since, `${source} s`)} s
    JOIN ${numbered('t.tableoid AS rel, t.ctid AS tid', 't', now, `${from(table)} t`)} t USING ("podoskin:line", "podoskin:n")`
}

/** Rows that are gone since, and rows that somebody has changed since. */
export async function clearedObstacles(transaction: Transaction, part: LoadedPart): Promise<readonly Obstacle[]> {
  const { table, cleared, rows, source } = part
  const where = { table: table.key }
  const changed = cleared.columns.map((column) => {
    const { when, since } = lost(cleared, column)
    return `(${when} AND t.${q(column)} IS DISTINCT FROM ${since})`
  })
  const [row] = await transaction.query<Row & { found: number; changed: number }>(
    cleared.keyed
      ? `SELECT count(*) AS found, count(*) FILTER (WHERE ${changed.join(' OR ')}) AS changed
         FROM ${source} s JOIN ${from(table)} t ON ${part.keyColumns.map((column) => `t.${q(column)} = s.${q(column)}`).join(' AND ')}`
      : `SELECT count(*) AS found, 0 AS changed FROM (${matched(part)}) m`,
  )
  const gone = rows - Number(row?.found)
  const other = Number(row?.changed)
  return [
    ...(gone > 0 ? [{ code: 'clearedRowGone', params: { ...where, count: gone } } as const] : []),
    ...(other > 0 ? [{ code: 'clearedRowChanged', params: { ...where, count: other } } as const] : []),
  ]
}

/** Gives the values back; the number of rows. Only what was lost is written, by the place of each row. */
export async function giveBack(transaction: Transaction, part: LoadedPart): Promise<number> {
  const { table, cleared } = part
  const set = cleared.columns.map(
    (column) => `${q(column)} = CASE WHEN ${lost(cleared, column).when} THEN s.${q(column)} ELSE t.${q(column)} END`,
  )
  const [row] = await transaction.query<Row & { rows: number }>(
    `WITH mended AS (UPDATE ${from(table)} t SET ${set.join(', ')} FROM (${matched(part)}) s
       WHERE s.rel = t.tableoid AND s.tid = t.ctid RETURNING 1) SELECT count(*) AS rows FROM mended`,
  )
  return Number(row?.rows)
}
