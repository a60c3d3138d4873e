import type { Row, Transaction } from '#electron/database/database.ts'
import { AppError } from '#shared/errors.ts'
import { ownSchema } from './known.ts'

export const recordTable = `${ownSchema}.operaciones`
export const sealTable = `${ownSchema}.sellos`

/** `absent`: nobody made it yet. `closed`: it is there, but not ours to trust or to use. */
export type OwnSchema = 'ready' | 'absent' | 'closed'

/**
 * Whether our records can be read (and written, where `write`). What somebody else put there is not trusted: a table
 * of ours belongs to a superuser, to the owner of the database or of the clinic's tables, or to whoever is connected, and carries
 * no trigger, rule or row security that would run with our rights.
 */
export async function findOwnSchema(transaction: Transaction, clinic: string, write: boolean): Promise<OwnSchema> {
  const [schema] = await transaction.query<Row & { usable: boolean; trusted: boolean }>(
    `SELECT has_schema_privilege(n.oid, 'USAGE') AS usable, ${trusted('n.nspowner')} AS trusted
     FROM pg_namespace n WHERE n.nspname = $2`,
    [clinic, ownSchema],
  )
  if (!schema) return 'absent'
  const tables = await transaction.query<Row & { ready: boolean }>(
    `SELECT c.relkind = 'r' AND NOT c.relrowsecurity AND NOT c.relhasrules AND ${trusted('c.relowner')}
       AND NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid) AND NOT EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid))
       AND has_table_privilege(c.oid, 'SELECT') AND (NOT $2 OR has_table_privilege(c.oid, 'INSERT')) AS ready
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $3 AND c.relname IN ('operaciones', 'sellos')`,
    [clinic, write, ownSchema],
  )
  return schema.usable && schema.trusted && tables.length === 2 && tables.every(({ ready }) => ready)
    ? 'ready'
    : 'closed'
}

const trusted = (owner: string) => `(${owner} IN (
    SELECT r.oid FROM pg_roles r WHERE r.rolsuper OR r.rolname = current_user
    UNION SELECT d.datdba FROM pg_database d WHERE d.datname = current_database()
    UNION SELECT c.relowner FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = $1 AND c.relname = 'usuarios'))`

/** Makes our schema, with what everybody who works in this database may read. Throws `PRIVILEGE_MISSING`. */
export async function makeOwnSchema(transaction: Transaction): Promise<void> {
  for (const sql of definition) await transaction.query(sql)
}

const definition: readonly string[] = [
  `CREATE SCHEMA ${ownSchema}`,
  `COMMENT ON SCHEMA ${ownSchema} IS 'PodoSkin Admin: registro de limpiezas y restauraciones, y sello de producción'`,
  `CREATE TABLE ${recordTable} (
     id uuid PRIMARY KEY, tipo text NOT NULL CHECK (tipo IN ('limpieza', 'restauracion')),
     momento timestamptz NOT NULL DEFAULT statement_timestamp(), rol text NOT NULL DEFAULT current_user,
     usuario_id text NOT NULL, usuario text NOT NULL, huella_plan text NOT NULL, pacientes bigint, filas bigint NOT NULL,
     tablas int NOT NULL, respaldo jsonb NOT NULL, cuentas jsonb NOT NULL)`,
  `CREATE TABLE ${sealTable} (
     numero bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, accion text NOT NULL CHECK (accion IN ('sellar', 'reabrir')),
     momento timestamptz NOT NULL DEFAULT statement_timestamp(), rol text NOT NULL DEFAULT current_user,
     usuario_id text NOT NULL, usuario text NOT NULL, motivo text)`,
  `GRANT USAGE ON SCHEMA ${ownSchema} TO PUBLIC`,
  `GRANT SELECT ON ${recordTable}, ${sealTable} TO PUBLIC`,
]

/** Throws `CLEANUP_SEALED` for a database that is sealed, and for one whose seal cannot be read. */
export async function assertOpen(transaction: Transaction, clinic: string): Promise<void> {
  const found = await findOwnSchema(transaction, clinic, false)
  if (found === 'absent') return
  if (found === 'closed') throw new AppError('CLEANUP_SEALED', { readable: false })
  const [last] = await transaction.query<Row & { action: string }>(
    `SELECT accion AS action FROM ${sealTable} ORDER BY numero DESC LIMIT 1`,
  )
  if (last?.action === 'sellar') throw new AppError('CLEANUP_SEALED', { readable: true })
}
