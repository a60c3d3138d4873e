import type { Row, Transaction } from '#electron/database/database.ts'
import type { BackupContent, Obstacle } from '#shared/cleanup-backup.ts'
import { AppError } from '#shared/errors.ts'
import type { Manifest } from './backup/manifest.ts'
import { type Catalogue, type CatalogueTable, type ForeignKey, readCatalogue } from './catalogue.ts'
import type { Structure } from './content.ts'
import { readShapes, shapeObstacles } from './shape.ts'
import { childOf, from, parentOf, pointsAt, quoteIdentifier } from './sql.ts'

/** Thrown when something stands in the way of an exact restore, with all of it that was found. */
export class RestoreRefused extends AppError {
  /** Of the backup that was refused, once somebody knows it. */
  content: BackupContent | null = null

  constructor(readonly obstacles: readonly Obstacle[]) {
    const [first] = obstacles
    super('RESTORE_REFUSED', { obstacles: obstacles.length, reason: first?.code ?? '', ...first?.params })
  }
}

/** The tables of a backup as they stand here: their names in statements come from this catalogue, never from the file. */
export interface Targets {
  readonly catalogue: Catalogue
  /** Of each part of the backup, in order. */
  readonly parts: readonly CatalogueTable[]
  readonly tables: readonly CatalogueTable[]
}

/**
 * Finds the backup's tables and everything in which database, tables or rights would keep their rows from coming back
 * exactly. Throws `RestoreRefused` with the list.
 */
export async function findTargets(
  transaction: Transaction,
  manifest: Manifest,
  structure: Structure,
): Promise<Targets> {
  const catalogue = await readCatalogue(transaction)
  const found = manifest.tables.map(({ key }) => catalogue.tables.get(key))
  const parts = found.filter((table) => table !== undefined)
  const tables = [...new Set(parts)]
  const now = await readShapes(
    transaction,
    tables.map(({ key }) => key),
  )
  const obstacles: Obstacle[] = [
    ...(catalogue.database === manifest.database
      ? []
      : [{ code: 'otherDatabase', params: { from: manifest.database, database: catalogue.database } } as const]),
    ...shapeObstacles(structure.shapes, now),
    ...tables.flatMap(rightsOf),
  ]
  const missing = manifest.tables.find(({ key }) => !catalogue.tables.has(key))
  if (missing && obstacles.every(({ code }) => code !== 'tableMissing'))
    obstacles.push({ code: 'tableMissing', params: { table: missing.key } })
  for (const [i, table] of parts.entries()) {
    const known = new Set(table.columns.map(({ name }) => name))
    const part = manifest.tables[i]
    const foreign = part?.columns.find(
      (name) => !known.has(name) && !(part.role === 'cleared' && name.startsWith('podoskin:')),
    )
    if (foreign !== undefined && obstacles.length === 0)
      obstacles.push({ code: 'columnMissing', params: { table: table.key, column: foreign } })
  }
  if (obstacles.length > 0) throw new RestoreRefused(obstacles)
  return { catalogue, parts, tables }
}

function rightsOf(table: CatalogueTable): Obstacle[] {
  const where = { table: table.key }
  const found: Obstacle[] = []
  if (!table.owned || !table.usable || !table.select)
    found.push({ code: 'right', params: { ...where, owner: table.owner, privilege: 'OWNER' } })
  if (table.hidden) found.push({ code: 'rowsHidden', params: where })
  if (table.rules.update) found.push({ code: 'ruleInTheWay', params: where })
  return found
}

/** References of these tables that are dropped while their rows come back and made again after. */
export function keysOf({ catalogue, parts }: Targets, manifest: Manifest): readonly ForeignKey[] {
  return catalogue.foreignKeys.filter((key) => {
    const parent = catalogue.tables.get(key.parent)
    const written = parts.some(
      (table, i) =>
        table.key === key.child &&
        (manifest.tables[i]?.role === 'deleted' ||
          key.columns.some((name) => manifest.tables[i]?.columns.includes(name))),
    )
    // Whatever could not be made again stays and is checked row by row.
    return written && parent?.owned && !key.disabled && key.enforced && !key.temporal
  })
}

/** Rows of `source` (a table with the columns of the part) whose keys the table has already, key by key. */
export async function collisions(
  transaction: Transaction,
  table: CatalogueTable,
  source: string,
): Promise<readonly Obstacle[]> {
  const keys = await transaction.query<Row & { name: string; columns: string[]; nulls: boolean }>(
    `SELECT c.relname::text AS name, coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false) AS nulls,
       ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY k (n, i) JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.n
         WHERE k.i <= x.indnkeyatts ORDER BY k.i) AS columns
     FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
     WHERE x.indrelid = $1::regclass AND x.indisunique AND x.indpred IS NULL AND x.indexprs IS NULL ORDER BY 1`,
    [table.key],
  )
  const generated = new Set(table.columns.filter((column) => column.generated !== 'no').map(({ name }) => name))
  const found: Obstacle[] = []
  for (const { name, columns, nulls } of keys.filter(({ columns }) => !columns.some((each) => generated.has(each)))) {
    const same = columns.map((each) => {
      const column = quoteIdentifier(each)
      return nulls ? `t.${column} IS NOT DISTINCT FROM s.${column}` : `t.${column} = s.${column}`
    })
    const [row] = await transaction.query<Row & { rows: number }>(
      `SELECT count(*) AS rows FROM ${source} s WHERE EXISTS (SELECT FROM ${from(table)} t WHERE ${same.join(' AND ')})`,
    )
    const count = Number(row?.rows)
    if (count > 0) found.push({ code: 'collision', params: { table: table.key, constraint: name, count } })
  }
  return found
}

/** Rows that would point at nothing. `beside` names tables of rows that are still to come, by the key of their table. */
export async function orphans(
  transaction: Transaction,
  catalogue: Catalogue,
  key: ForeignKey,
  beside: ReadonlyMap<string, string> = new Map(),
): Promise<readonly Obstacle[]> {
  if (!key.validated || !key.enforced || key.temporal) return []
  const { tables } = catalogue
  const coming = beside.get(key.parent)
  const points = key.columns.map((column) => `c.${quoteIdentifier(column)} IS NOT NULL`)
  const [row] = await transaction.query<Row & { rows: number }>(
    `SELECT count(*) AS rows FROM ${beside.get(key.child) ?? childOf(key, tables)} c WHERE ${points.join(' AND ')}
       AND NOT EXISTS (SELECT FROM ${parentOf(key, tables)} p WHERE ${pointsAt(key, 'c', 'p')})
       ${coming === undefined ? '' : `AND NOT EXISTS (SELECT FROM ${coming} p WHERE ${pointsAt(key, 'c', 'p')})`}`,
  )
  const count = Number(row?.rows)
  if (count === 0) return []
  return [{ code: 'referenceGone', params: { table: key.child, to: key.parent, constraint: key.name, count } }]
}
