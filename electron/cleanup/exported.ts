import type { Row, Transaction } from '#electron/database/database.ts'
import { AppError } from '#shared/errors.ts'
import type { TableHead } from './backup/manifest.ts'
import type { CatalogueTable } from './catalogue.ts'
import { type Change, changedRows } from './changes.ts'
import type { UnderLock } from './engine.ts'
import { from, quoteIdentifier } from './sql.ts'

/** A part of a backup: the rows of a table that go, or what it takes to give rows that stay their values back. */
export interface Exported {
  readonly table: CatalogueTable
  readonly head: TableHead
  /** A SELECT of the columns of `head`, in their order. */
  readonly select: string
  /** Rows counted under lock. */
  readonly rows: number
  /** The change that is noted; null for rows that go. */
  readonly cleared: ClearedPart | null
}

/** How the rows of a `cleared` part are found again and what they get. Stands in the manifest. */
export interface ClearedPart {
  /** Whether `keyColumns` are the table's primary key; else all that stays the same of a row tells which it is. */
  readonly keyed: boolean
  readonly columns: readonly string[]
  /** For each flag, in order, the columns that lost their value and what they hold since. */
  readonly parts: readonly { readonly columns: readonly string[]; readonly value: 'NULL' | 'false' }[]
}

/** The name of the column that says whether part `i` touched a row. No column of a table can be called so. */
export const flagColumn = (i: number) => `podoskin:changed ${i}`

/** Everything that a cleanup takes away, table by table, in the order of the catalogue. */
export async function exportedParts(context: UnderLock): Promise<readonly Exported[]> {
  const { work, sets, counts, changes, transaction } = context
  const losing = new Set([...work.truncate, ...work.deletes])
  const parts: Exported[] = []
  for (const table of work.touched) {
    const deleted = counts.get(table.key)?.deleted ?? 0
    if (losing.has(table) && deleted > 0) parts.push(deletedPart(table, deleted, sets.goes(table.key, 't')))
    const change = changes.find((each) => each.table === table)
    if (change) parts.push(clearedPart(change, await changedCount(transaction, change)))
  }
  return parts
}

/** Columns that hold values of their own. */
export function plainColumns(table: Pick<CatalogueTable, 'columns'>): readonly string[] {
  return table.columns.filter(({ generated }) => generated === 'no').map(({ name }) => name)
}

function deletedPart(table: CatalogueTable, rows: number, goes: string): Exported {
  const columns = plainColumns(table)
  if (columns.length === 0) throw new AppError('CLEANUP_REFUSED', { reason: 'TABLE_NOT_PLAIN', table: table.key })
  return {
    ...{ table, rows, cleared: null },
    head: { ...headOf(table), columns: [...columns], role: 'deleted', keyColumns: [] },
    select: `SELECT ${columns.map((name) => `t.${quoteIdentifier(name)}`).join(', ')} FROM ${from(table)} t WHERE ${goes}`,
  }
}

function clearedPart(change: Change, rows: number): Exported {
  const { table, parts } = change
  const columns = [...new Set(parts.flatMap((part) => part.columns))]
  const keyed = table.primaryKey.length > 0
  const keyColumns = keyed ? table.primaryKey : plainColumns(table).filter((name) => !columns.includes(name))
  if (keyColumns.length === 0 || keyColumns.some((name) => columns.includes(name)))
    throw new AppError('CLEANUP_NO_KEY', { table: table.key })
  const values = [...keyColumns, ...columns].map((name) => `t.${quoteIdentifier(name)}`)
  const flags = parts.map((_, i) => `coalesce(s.c${i}, false) AS ${quoteIdentifier(flagColumn(i))}`)
  return {
    ...{ table, rows },
    cleared: { keyed, columns, parts: parts.map(({ columns: lost, value }) => ({ columns: lost, value })) },
    head: {
      ...headOf(table),
      columns: [...keyColumns, ...columns, ...parts.map((_, i) => flagColumn(i))],
      role: 'cleared',
      keyColumns: [...keyColumns],
    },
    select: `SELECT ${[...values, ...flags].join(', ')} FROM ${from(table)} t
      JOIN ${changedRows(change)} s ON s.rel = t.tableoid AND s.tid = t.ctid`,
  }
}

function headOf({ key, schema, name }: CatalogueTable): Pick<TableHead, 'key' | 'schema' | 'name'> {
  return { key, schema, name }
}

async function changedCount(transaction: Transaction, change: Change): Promise<number> {
  const [row] = await transaction.query<Row & { rows: number }>(`SELECT count(*) AS rows FROM ${changedRows(change)} s`)
  return Number(row?.rows)
}
