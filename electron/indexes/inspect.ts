import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { IndexAdvice, IndexAdviceList, IndexStatus } from '#shared/indexes.ts'
import { type Advised, advised, condition, createStatement } from './advised.ts'
import { type ColumnWidth, estimateBytes } from './size.ts'

interface TableRow extends Row {
  readonly name: string
  readonly owner: string
  readonly mine: boolean
  readonly partitioned: boolean
  readonly rows: number | null
  readonly widths: Readonly<Record<string, ColumnWidth & { readonly zeros: number }>>
  readonly building: boolean
}

interface IndexRow extends Row {
  readonly name: string
  readonly table: string | null
  readonly index: boolean
  readonly valid: boolean
  /** A B-tree over plain columns in ascending order: the only kind that can stand in for ours. */
  readonly plain: boolean
  /** The condition of a partial index as the server writes it. */
  readonly where: string | null
  readonly keys: readonly string[]
  readonly carried: readonly string[]
  readonly bytes: number
}

/** The advised tables, with what the server's statistics say of their columns. */
const tablesSql = `
  SELECT c.relname::text AS name, pg_get_userbyid(c.relowner)::text AS owner, c.relkind = 'p' AS partitioned,
         pg_has_role(c.relowner, 'USAGE') AND has_schema_privilege(c.relnamespace, 'CREATE') AS mine,
         CASE WHEN c.reltuples < 0 THEN NULL ELSE c.reltuples::float8 END AS rows,
         EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                  WHERE l.locktype = 'relation' AND l.relation = c.oid AND l.mode = 'ShareUpdateExclusiveLock'
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND a.application_name = 'podoskin-admin') AS building,
         (SELECT jsonb_object_agg(a.attname, jsonb_build_object('length', a.attlen, 'align', a.attalign,
                   'average', s.avg_width, 'nulls', coalesce(s.null_frac, 0),
                   'zeros', coalesce((SELECT sum(part) FROM unnest(s.most_common_vals::text::text[], s.most_common_freqs) AS v (value, part)
                                       WHERE value ~ '^0([.]0*)?$'), 0)))
            FROM pg_attribute a
            LEFT JOIN pg_stats s ON s.schemaname = $1 AND s.tablename = c.relname AND s.attname = a.attname
                                AND NOT s.inherited
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS widths
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = ANY ($2::text[]) AND c.relkind IN ('r', 'p')`

/** Names of an index' columns; an expression has none, and `plain` leaves such an index out. */
const columnsOf = (place: '<=' | '>') => `
         ARRAY(SELECT a.attname::text FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k(attnum, place)
                 JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum
                WHERE k.place ${place} x.indnkeyatts ORDER BY k.place)`

/** The indexes of those tables, and whatever else has one of our names. */
const indexesSql = `
  SELECT i.relname::text AS name, t.relname::text AS "table", x.indexrelid IS NOT NULL AS index,
         coalesce(x.indisvalid AND x.indisready, false) AS valid,
         pg_get_expr(x.indpred, x.indrelid) AS "where",
         coalesce(m.amname = 'btree' AND x.indexprs IS NULL
                  AND NOT EXISTS (SELECT FROM unnest(x.indoption) AS o WHERE o <> 0), false) AS plain,
         ${columnsOf('<=')} AS keys, ${columnsOf('>')} AS carried,
         CASE WHEN x.indexrelid IS NULL THEN 0 ELSE pg_relation_size(i.oid) END AS bytes
    FROM pg_class i JOIN pg_namespace n ON n.oid = i.relnamespace
    LEFT JOIN pg_index x ON x.indexrelid = i.oid
    LEFT JOIN pg_am m ON m.oid = i.relam
    LEFT JOIN pg_class t ON t.oid = x.indrelid
   WHERE n.nspname = $1 AND (i.relname = ANY ($3::text[]) OR t.relname = ANY ($2::text[]))`

const serverSql = 'SELECT current_user::text AS role, pg_is_in_recovery() AS standby'

/** Reads how every advised index stands: one look at the catalogue, no table is read. */
export async function inspect(transaction: Transaction, schema: ClinicSchema): Promise<IndexAdviceList> {
  const wanted = advised(schema)
  const tables = wanted.map(({ table }) => table)
  const names = wanted.map(({ name }) => name)
  const [server] = await transaction.query<{ role: string; standby: boolean }>(serverSql)
  const found = await transaction.query<TableRow>(tablesSql, [schema.name, tables])
  const indexes = await transaction.query<IndexRow>(indexesSql, [schema.name, tables, names])
  return {
    role: server?.role ?? '',
    indexes: wanted.map((one) => {
      const table = found.find(({ name }) => name === one.table)
      return advice(one, schema, table, statusOf(one, schema, table, indexes, server?.standby ?? false))
    }),
  }
}

function advice(one: Advised, schema: ClinicSchema, table: TableRow | undefined, status: IndexStatus): IndexAdvice {
  const possible = status.state !== 'impossible' && table !== undefined
  const { id, name, columns, includes, serves, over0 } = one
  const widths = [...columns, ...includes].map((column) => table?.widths[column])
  const known = widths.filter((width) => width !== undefined)
  const rows = table?.rows ?? null
  const kept = over0 === null ? null : table?.widths[over0]
  const part = kept ? Math.max(0, 1 - kept.nulls - kept.zeros) : 1
  return {
    ...{ id, name, table: one.table, columns, includes, serves, status, where: condition(one) },
    statement: possible ? createStatement(schema, one) : null,
    rows,
    estimatedBytes: rows === null || known.length < widths.length ? null : estimateBytes(rows * part, known),
    owner: table?.owner ?? null,
    mayCreate: possible && table.mine,
  }
}

function statusOf(
  one: Advised,
  schema: ClinicSchema,
  table: TableRow | undefined,
  indexes: readonly IndexRow[],
  standby: boolean,
): IndexStatus {
  if (!table) return { state: 'impossible', why: { reason: 'tableMissing', table: one.table } }
  const column = [...one.columns, ...one.includes].find((name) => !schema.has(one.table, name))
  if (column !== undefined) return { state: 'impossible', why: { reason: 'columnMissing', table: one.table, column } }
  const named = indexes.find(({ name }) => name === one.name)
  const same = named?.table === one.table && named.index
  if (named && !same) return { state: 'impossible', why: { reason: 'nameTaken', name: one.name } }
  if (named?.valid) return { state: 'ours', bytes: Number(named.bytes) }
  if (named) return { state: table.building ? 'building' : 'invalid' }
  const other = indexes.find((index) => index.table === one.table && servesAsWell(index, one))
  if (other) return { state: 'present', name: other.name, bytes: Number(other.bytes) }
  if (table.partitioned) return { state: 'impossible', why: { reason: 'partitioned', table: one.table } }
  return standby ? { state: 'impossible', why: { reason: 'standby' } } : { state: 'missing' }
}

/** Whole, begins with the same columns, and has in it all the columns that ours would have. */
function servesAsWell(
  { valid, plain, where, keys, carried }: IndexRow,
  { columns, includes, over0 }: Advised,
): boolean {
  const covers = where === null || (over0 !== null && where === `(${over0} > (0)::numeric)`)
  if (!valid || !plain || !covers) return false
  const has = new Set([...keys, ...carried])
  return columns.every((name, at) => keys[at] === name) && includes.every((name) => has.has(name))
}
