import { AppError } from '#shared/errors.ts'
import type { Row, Transaction } from './database.ts'
import type { ClinicSchema, Column, Table } from './schema.ts'
import { quoteIdentifier } from './transaction.ts'

/** Without these there is no clinic (`reference/clinic-database.md`). */
const core = ['usuarios', 'pacientes', 'citas'] as const

interface SettingsRow extends Row {
  readonly version: number
  readonly path: readonly string[]
}

interface ColumnRow extends Row {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly number: number
  readonly readable: boolean
}

const settingsSql = `
  SELECT current_setting('server_version_num')::int AS version, current_schemas(false)::text[] AS path`

/** Tables of the search path, partitioned ones included, their parts and views not. */
const columnsSql = `
  SELECT n.nspname::text AS schema, c.relname::text AS "table", a.attname::text AS name,
         format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS "notNull", a.attnum AS number,
         has_table_privilege(c.oid, 'SELECT') OR has_column_privilege(c.oid, a.attnum, 'SELECT') AS readable
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = ANY ($1::text[])
  ORDER BY n.nspname, c.relname, a.attnum`

/** Schemas anywhere in the database that would be a clinic, seen with or without the right to use them. */
const elsewhereSql = `
  SELECT n.nspname::text AS schema, has_schema_privilege(n.oid, 'USAGE') AS usable
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND c.relname = ANY ($1::text[])
  GROUP BY n.oid, n.nspname HAVING count(*) = cardinality($1::text[])
  ORDER BY n.nspname`

type Tables = ReadonlyMap<string, Table>

/**
 * Reads from the catalogue what this installation has. The clinic lives in the first schema of the search path
 * that holds its core tables. Throws `SERVER_TOO_OLD` before PostgreSQL 14, `NOT_A_CLINIC` with the missing
 * tables (and the schemas that would fit, if any), `NOT_POSTGRESQL` for an answer that no catalogue gives, `PRIVILEGE_MISSING` when the role may not use the schema or
 * read the users.
 */
export async function readSchema(transaction: Transaction): Promise<ClinicSchema> {
  const [settings] = await transaction.query<SettingsRow>(settingsSql)
  if (settings === undefined || !Number.isInteger(settings.version) || !settings.path?.every?.(isName)) {
    throw new AppError('NOT_POSTGRESQL')
  }
  if (settings.version < 140_000)
    throw new AppError('SERVER_TOO_OLD', { version: Math.floor(settings.version / 10_000) })
  const columns = await transaction.query<ColumnRow>(columnsSql, [settings.path])
  if (!columns.every(isColumn)) throw new AppError('NOT_POSTGRESQL')
  const found = bySchema(columns)
  const name = settings.path.find((schema) => core.every((table) => found.get(schema)?.has(table)))
  if (name === undefined) throw await explain(transaction, settings.path, found)
  const tables = found.get(name) ?? new Map()
  if (tables.get('usuarios')?.readable !== true) {
    throw new AppError('PRIVILEGE_MISSING', { table: 'usuarios', schema: name, privilege: 'SELECT' })
  }
  return clinicSchema(name, tables)
}

/** A name of the catalogue is never longer. */
function isName(name: unknown): boolean {
  return typeof name === 'string' && name.length > 0 && name.length <= 63
}

/** Attack: a server that answers something else than it was asked. Everything that follows trusts this catalogue. */
function isColumn({ schema, table, name, type, notNull, number, readable }: ColumnRow): boolean {
  const named = isName(schema) && isName(table) && isName(name) && typeof type === 'string'
  return named && typeof notNull === 'boolean' && typeof number === 'number' && typeof readable === 'boolean'
}

function bySchema(rows: readonly ColumnRow[]): ReadonlyMap<string, Tables> {
  const schemas = new Map<
    string,
    Map<string, Omit<Table, 'columns'> & { columns: Map<string, Column>; readable: boolean }>
  >()
  for (const { schema, table: name, name: column, type, notNull, number, readable } of rows) {
    const tables = schemas.get(schema) ?? new Map()
    const table = tables.get(name) ?? { name, schema, columns: new Map(), readable: true }
    table.columns.set(column, { name: column, type, notNull, number })
    table.readable &&= readable
    schemas.set(schema, tables.set(name, table))
  }
  return schemas
}

async function explain(
  transaction: Transaction,
  path: readonly string[],
  found: ReadonlyMap<string, Tables>,
): Promise<AppError> {
  const elsewhere = await transaction.query<Row & { schema: string; usable: boolean }>(elsewhereSql, [core])
  const closed = elsewhere.find(({ usable }) => !usable)
  const open = elsewhere.filter(({ usable }) => usable).map(({ schema }) => schema)
  if (closed !== undefined && open.length === 0) {
    return new AppError('PRIVILEGE_MISSING', { table: 'usuarios', schema: closed.schema, privilege: 'USAGE' })
  }
  const missingIn = (schema: string) => core.filter((table) => !found.get(schema)?.has(table))
  const [missing = [...core]] = path.map(missingIn).sort((one, other) => one.length - other.length)
  return new AppError('NOT_A_CLINIC', {
    missing: missing.join(', '),
    ...(open.length > 0 ? { schemas: open.join(', ') } : {}),
  })
}

/** What the features ask of a schema, over the tables that were found in it. */
function clinicSchema(name: string, tables: Tables): ClinicSchema {
  const has = (table: string, column: string) => tables.get(table)?.columns.has(column) ?? false
  return {
    name,
    has,
    table: (table) => tables.get(table) ?? null,
    quoted(table) {
      if (!tables.has(table)) throw new AppError('SCHEMA_CHANGED', { table })
      return `${quoteIdentifier(name)}.${quoteIdentifier(table)}`
    },
    role: roleVariant(has),
    appointmentStart: has('citas', 'fecha_hora_inicio')
      ? 'fecha_hora_inicio'
      : has('citas', 'fecha_hora')
        ? 'fecha_hora'
        : null,
    appointmentEnd: has('citas', 'fecha_hora_fin') ? 'fecha_hora_fin' : null,
  }
}

function roleVariant(has: ClinicSchema['has']): ClinicSchema['role'] {
  if (has('usuarios', 'id_rol') && has('roles', 'nombre_rol')) return 'reference'
  return has('usuarios', 'rol') ? 'text' : 'none'
}
