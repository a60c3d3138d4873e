import type { Row, Transaction } from '#electron/database/database.ts'
import type { Obstacle } from '#shared/cleanup-backup.ts'
import { qualified } from './catalogue.ts'

/** What of a table decides whether its rows come back exactly: columns and rules, by name, as the server writes them. */
export interface Shape {
  readonly table: string
  readonly columns: Readonly<Record<string, string>>
  readonly constraints: Readonly<Record<string, string>>
}

/**
 * Columns with type, collation and expression; keys, references, checks and exclusions. What cannot change a row is
 * left out: defaults, owners, rights, comments, plain indexes, triggers (they are held), NOT NULL (the server says).
 */
const shapesSql = `
  SELECT k AS "table",
    (SELECT jsonb_object_agg(a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod), nullif(a.attcollation, 0::oid)::regcollation,
        CASE WHEN a.attgenerated <> '' THEN 'generated ' || a.attgenerated::text || ' ' || pg_get_expr(d.adbin, d.adrelid) END))
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''
      WHERE a.attrelid = k::regclass AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT jsonb_object_agg(c.conname, concat_ws(' ', pg_get_constraintdef(c.oid), CASE WHEN NOT c.convalidated THEN '(not valid)' END))
      FROM pg_constraint c WHERE c.conrelid = k::regclass AND c.contype IN ('p', 'u', 'f', 'c', 'x') AND c.conparentid = 0) AS constraints
  FROM unnest($1::text[]) k WHERE to_regclass(k) IS NOT NULL`

/** The shapes of these tables (by key); a table that is not there is left out. */
export async function readShapes(transaction: Transaction, tables: readonly string[]): Promise<readonly Shape[]> {
  const rows = await qualified(transaction, () =>
    transaction.query<
      Row & { table: string; columns: Shape['columns'] | null; constraints: Shape['constraints'] | null }
    >(shapesSql, [tables]),
  )
  return rows.map(({ table, columns, constraints }) => ({
    table,
    columns: columns ?? {},
    constraints: constraints ?? {},
  }))
}

/** Everything in which the tables of today differ from those of the backup. */
export function shapeObstacles(then: readonly Shape[], now: readonly Shape[]): readonly Obstacle[] {
  const found = new Map(now.map((shape) => [shape.table, shape]))
  return then.flatMap((was): Obstacle[] => {
    const { table } = was
    const is = found.get(table)
    if (!is) return [{ code: 'tableMissing', params: { table } }]
    const columns = [...new Set([...Object.keys(was.columns), ...Object.keys(is.columns)])]
    const constraints = [...new Set([...Object.keys(was.constraints), ...Object.keys(is.constraints)])]
    return [
      ...columns
        .filter((column) => was.columns[column] !== is.columns[column])
        .map((column): Obstacle => {
          const code = !(column in is.columns)
            ? 'columnMissing'
            : !(column in was.columns)
              ? 'columnAdded'
              : 'columnChanged'
          return { code, params: { table, column } }
        }),
      ...constraints
        .filter((constraint) => was.constraints[constraint] !== is.constraints[constraint])
        .map((constraint): Obstacle => ({ code: 'constraintChanged', params: { table, constraint } })),
    ]
  })
}
