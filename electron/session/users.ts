import type { Database, Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionUser } from '#shared/session.ts'
import { formOf, type HashForm, readHash } from './password-hash.ts'

/** A user of the clinic as the database has it now. */
export interface ClinicUser extends SessionUser {
  readonly active: boolean
  readonly passwordHash: string
}

export interface FoundUser {
  /** Null when nobody, or more than one, goes by that name. */
  readonly user: ClinicUser | null
  /** The clinic's forms of hash, each with how many users have it. */
  readonly forms: readonly { readonly form: HashForm; readonly users: number }[]
}

interface UserRow extends Row {
  readonly id: string
  readonly user_name: string
  readonly full_name: string | null
  readonly role_name: string | null
  readonly active: boolean
  readonly password_hash: string | null
  readonly exact: boolean
  readonly by_name: boolean
  readonly by_other: boolean
}

/**
 * Finds who goes by a name: a user name (its capitals matter only between two that differ by them), an
 * e-mail, or the telephone of the linked podiatrist, by its digits.
 */
export function findByName(database: Database, name: string): Promise<FoundUser> {
  return withSchema(database, (schema) =>
    database.read(async (transaction) => {
      const typed = name.normalize('NFC').trim()
      const { sql, parameters } = byName(schema, typed)
      const rows = await transaction.query<UserRow>(sql, parameters)
      const exact = rows.some((row) => row.exact)
      const meant = rows.filter((row) => row.by_other || (exact ? row.exact : row.by_name))
      const [row] = meant
      return { user: row && meant.length === 1 ? asUser(row) : null, forms: await readForms(transaction, schema) }
    }),
  )
}

/** Reads a user again, or null when it is gone. */
export function findById(database: Database, id: string): Promise<ClinicUser | null> {
  return withSchema(database, (schema) =>
    database.read(async (transaction) => {
      const sql = `${select(schema)}, false AS exact, false AS by_name, false AS by_other
        ${from(schema)} WHERE u.id::text = $1`
      const [row] = await transaction.query<UserRow>(sql, [id])
      return row ? asUser(row) : null
    }),
  )
}

function byName(schema: ClinicSchema, typed: string): { sql: string; parameters: string[] } {
  const parameters = [typed]
  const others: string[] = []
  if (schema.has('usuarios', 'email')) others.push('lower(u.email::text) = lower($1)')
  const digits = /^[\d\s()+./-]+$/.test(typed) ? typed.replace(/\D/g, '') : ''
  const telephones = schema.table('podologos')?.readable && schema.has('podologos', 'telefono')
  if (digits.length >= 7 && telephones && schema.has('podologos', 'id_usuario')) {
    parameters.push(digits)
    // The same number with and without its country code: the last ten digits are Mexico's whole number.
    others.push(`EXISTS (SELECT FROM ${schema.quoted('podologos')} p,
      LATERAL (SELECT regexp_replace(p.telefono::text, '[^0-9]', '', 'g')) AS t (digits)
      WHERE p.id_usuario = u.id AND (t.digits = $2
        OR (length(t.digits) >= 10 AND length($2) >= 10 AND right(t.digits, 10) = right($2, 10))))`)
  }
  const sql = `SELECT * FROM (${select(schema)},
      u.nombre_usuario::text = $1 AS exact,
      lower(u.nombre_usuario::text) = lower($1) AS by_name,
      coalesce(${others.join(' OR ') || 'false'}, false) AS by_other
      ${from(schema)}) AS found WHERE exact OR by_name OR by_other`
  return { sql, parameters }
}

function select(schema: ClinicSchema): string {
  const role = { reference: 'r.nombre_rol::text', text: 'u.rol::text', none: 'NULL' }[schema.role]
  return `SELECT u.id::text AS id, u.nombre_usuario::text AS user_name, u.password_hash::text AS password_hash,
    ${schema.has('usuarios', 'nombre_completo') ? 'u.nombre_completo::text' : 'NULL'} AS full_name,
    ${schema.has('usuarios', 'activo') ? 'u.activo IS TRUE' : 'true'} AS active, ${role} AS role_name`
}

function from(schema: ClinicSchema): string {
  const users = `FROM ${schema.quoted('usuarios')} u`
  return schema.role === 'reference' ? `${users} LEFT JOIN ${schema.quoted('roles')} r ON r.id = u.id_rol` : users
}

async function readForms(transaction: Transaction, schema: ClinicSchema): Promise<FoundUser['forms']> {
  const rows = await transaction.query<{ hash: string | null; users: number }>(
    `SELECT min(password_hash::text) AS hash, count(*)::int AS users FROM ${schema.quoted('usuarios')}
      GROUP BY substring(password_hash::text FROM '^([$]pbkdf2-sha256[$][0-9]+[$]|[$]2[aby][$][0-9]{2}[$])')
      ORDER BY users DESC, hash`,
  )
  return rows.flatMap(({ hash, users }) => {
    const read = hash === null ? null : readHash(hash)
    return read ? [{ form: formOf(read), users }] : []
  })
}

function asUser(row: UserRow): ClinicUser {
  const roleName = row.role_name?.trim() ?? ''
  return {
    id: row.id,
    userName: row.user_name,
    fullName: row.full_name?.trim() || row.user_name,
    roleName,
    role: roleName.toLowerCase() === 'admin' ? 'admin' : 'member',
    active: row.active,
    passwordHash: row.password_hash ?? '',
  }
}

/** Asks once more when the schema moved under us; it is read anew by then. */
async function withSchema<T>(database: Database, work: (schema: ClinicSchema) => Promise<T>): Promise<T> {
  const attempt = async () => {
    const schema = await database.schema()
    for (const column of ['id', 'nombre_usuario', 'password_hash']) {
      if (!schema.has('usuarios', column)) throw new AppError('NOT_A_CLINIC', { table: 'usuarios', column })
    }
    return work(schema)
  }
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof AppError && error.code === 'SCHEMA_CHANGED') return attempt()
    throw error
  }
}
