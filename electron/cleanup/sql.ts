import { quoteIdentifier } from '#electron/database/transaction.ts'
import type { CatalogueTable, ForeignKey } from './catalogue.ts'

export { quoteIdentifier }

/** A relation in FROM: one that others inherit from stands for its own rows only, a partitioned one for all. */
export function from(table: Pick<CatalogueTable, 'key' | 'kind'>): string {
  return table.kind === 'partitioned' ? table.key : `ONLY ${table.key}`
}

/** The relation that one end of a key stands on, which may be a partition. */
function relation(key: string, table: CatalogueTable): string {
  return key === table.key ? from(table) : key
}

/** The child's end of a key in FROM. */
export function childOf(key: ForeignKey, tables: ReadonlyMap<string, CatalogueTable>): string {
  return relation(key.childRelation, known(tables, key.child))
}

/** The parent's end of a key in FROM. */
export function parentOf(key: ForeignKey, tables: ReadonlyMap<string, CatalogueTable>): string {
  return relation(key.parentRelation, known(tables, key.parent))
}

function known(tables: ReadonlyMap<string, CatalogueTable>, key: string): CatalogueTable {
  const table = tables.get(key)
  if (!table) throw new TypeError('a table that is not in the catalogue')
  return table
}

/** `parent` is what `child` points at, by the key's own operators; NULL points at nothing. */
export function pointsAt(key: ForeignKey, child: string, parent: string): string {
  return key.columns
    .map((column, i) => {
      const to = quoteIdentifier(key.parentColumns[i] ?? '')
      return `${parent}.${to} ${key.operators[i]} ${child}.${quoteIdentifier(column)}`
    })
    .join(' AND ')
}

/** A row of the set `name` (a temporary table of tableoid and ctid) is this row. */
export function inSet(name: string, row: string): string {
  return `EXISTS (SELECT FROM ${name} s WHERE s.rel = ${row}.tableoid AND s.tid = ${row}.ctid)`
}
