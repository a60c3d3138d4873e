import type { Database, Row } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { Unavailable } from '#shared/dashboard.ts'
import { AppError } from '#shared/errors.ts'
import type { ListedUser, UserList, UserPart } from '#shared/users.ts'

export interface UsersParts {
  /** The open connection. Throws `NOT_CONNECTED` when there is none. */
  readonly database: () => Database
  /** The clinic's IANA zone, for columns that carry their own. */
  readonly zone: () => string
  /** The most users that one answer holds. */
  readonly cap?: number
}

interface UserRow extends Row {
  readonly id: string
  readonly user_name: string
  readonly full_name: string | null
  readonly email: string | null
  readonly role_name: string | null
  readonly active: boolean
  readonly last_login: string | null
  readonly created: string | null
  readonly podiatrists: readonly string[]
  readonly total: unknown
}

/** A clinic has a few dozen users; a table that has more than this is something else. */
const usualCap = 2_000

/**
 * The users of the clinic, from the guide's four look-ups (by name, active?, all, by id) in one statement. The
 * password hash is never selected. What an installation lacks is told by `unavailable`, never guessed.
 * Throws `NOT_A_CLINIC` for a `usuarios` without id or name.
 */
export function createUsers({ database, zone, cap = usualCap }: UsersParts): {
  readonly handlers: HandlersOf<'users'>
} {
  return {
    handlers: {
      'users.list': () => {
        const connected = database()
        const where = zone()
        return connected.share(`users.list ${where}`, () => list(connected, where, cap))
      },
    },
  }
}

async function list(database: Database, zone: string, cap: number): Promise<UserList> {
  const ask = async () => {
    const schema = await database.schema()
    const { sql, zoned, unavailable } = statement(schema)
    const rows = await database.read((transaction) => transaction.query<UserRow>(sql, zoned ? [cap, zone] : [cap]))
    return { users: rows.map(listed), total: Number(rows[0]?.total ?? 0), cap, unavailable }
  }
  try {
    return await ask()
  } catch (error) {
    // The schema moved under us; it is read anew by then.
    if (error instanceof AppError && error.code === 'SCHEMA_CHANGED') return ask()
    throw error
  }
}

function statement(schema: ClinicSchema): { sql: string; zoned: boolean; unavailable: UserList['unavailable'] } {
  const unavailable: Partial<Record<UserPart, Unavailable>> = {}
  let zoned = false
  for (const column of ['id', 'nombre_usuario']) {
    if (!schema.has('usuarios', column)) throw new AppError('NOT_A_CLINIC', { table: 'usuarios', column })
  }

  function column(part: UserPart, name: string, sql: (column: string) => string, otherwise = 'NULL'): string {
    if (schema.has('usuarios', name)) return sql(`u.${name}`)
    unavailable[part] = { reason: 'columnMissing', table: 'usuarios', column: name }
    return otherwise
  }
  const text = (part: UserPart, name: string) => column(part, name, (value) => `nullif(btrim(${value}::text), '')`)
  const moment = (part: UserPart, name: string) =>
    column(part, name, (value) => {
      const withZone = schema.table('usuarios')?.columns.get(name)?.type.includes('with time zone') ?? false
      zoned ||= withZone
      return `to_char(${value}${withZone ? ' AT TIME ZONE $2' : ''}, 'YYYY-MM-DD"T"HH24:MI:SS')`
    })
  const role = roleOf(schema)
  if (role.why) unavailable.roleName = role.why
  const podiatrists = podiatristsOf(schema)
  if (podiatrists.why) unavailable.podiatrists = podiatrists.why

  const sql = `
    SELECT u.id::text AS id, u.nombre_usuario::text AS user_name,
           ${text('fullName', 'nombre_completo')} AS full_name, ${text('email', 'email')} AS email,
           ${role.sql} AS role_name, ${column('active', 'activo', (value) => `${value} IS TRUE`, 'true')} AS active,
           ${moment('lastLogin', 'ultimo_login')} AS last_login, ${moment('created', 'fecha_registro')} AS created,
           ${podiatrists.sql} AS podiatrists, count(*) OVER () AS total
      FROM ${schema.quoted('usuarios')} u ${role.join}
     ORDER BY lower(u.nombre_usuario::text), u.id LIMIT $1`
  return { sql, zoned, unavailable }
}

interface Piece {
  readonly sql: string
  readonly why: Unavailable | null
}

function roleOf(schema: ClinicSchema): Piece & { readonly join: string } {
  if (schema.role === 'text') return { sql: `nullif(btrim(u.rol::text), '')`, join: '', why: null }
  if (schema.role === 'none') {
    return { sql: 'NULL', join: '', why: { reason: 'columnMissing', table: 'usuarios', column: 'id_rol' } }
  }
  if (!schema.table('roles')?.readable) {
    return { sql: 'NULL', join: '', why: { reason: 'privilegeMissing', table: 'roles' } }
  }
  const join = `LEFT JOIN ${schema.quoted('roles')} r ON r.id = u.id_rol`
  return { sql: `nullif(btrim(r.nombre_rol::text), '')`, join, why: null }
}

function podiatristsOf(schema: ClinicSchema): Piece {
  const none = `'{}'::text[]`
  const table = schema.table('podologos')
  if (!table) return { sql: none, why: { reason: 'tableMissing', table: 'podologos' } }
  if (!table.readable) return { sql: none, why: { reason: 'privilegeMissing', table: 'podologos' } }
  const column = ['id_usuario', 'nombre_completo'].find((name) => !table.columns.has(name))
  if (column !== undefined) return { sql: none, why: { reason: 'columnMissing', table: 'podologos', column } }
  const sql = `ARRAY(SELECT p.nombre_completo::text FROM ${schema.quoted('podologos')} p
                      WHERE p.id_usuario = u.id AND p.nombre_completo IS NOT NULL ORDER BY 1)`
  return { sql, why: null }
}

function listed(row: UserRow): ListedUser {
  return {
    id: row.id,
    userName: row.user_name,
    fullName: row.full_name,
    email: row.email,
    roleName: row.role_name,
    active: row.active,
    lastLogin: row.last_login,
    created: row.created,
    podiatrists: row.podiatrists,
  }
}
