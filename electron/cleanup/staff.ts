import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { type CleanupUser, type Decisions, guideStaff } from '#shared/cleanup.ts'

/** Every user of the clinic, in the order of their names, from whom the keep list is chosen. */
export async function readUsers(transaction: Transaction, schema: ClinicSchema): Promise<readonly CleanupUser[]> {
  const has = (column: string) => schema.has('usuarios', column)
  const role = { reference: 'r.nombre_rol::text', text: 'u.rol::text', none: 'NULL' }[schema.role]
  return transaction.query<CleanupUser & Row>(
    `SELECT u.id::text AS id, u.nombre_usuario::text AS "userName",
       ${has('nombre_completo') ? `coalesce(nullif(btrim(u.nombre_completo::text), ''), u.nombre_usuario::text)` : 'u.nombre_usuario::text'} AS "fullName",
       ${has('email') ? 'u.email::text' : 'NULL'} AS email, ${role} AS "roleName",
       ${has('activo') ? 'u.activo IS TRUE' : 'true'} AS active
     FROM ${schema.quoted('usuarios')} u
     ${schema.role === 'reference' ? `LEFT JOIN ${schema.quoted('roles')} r ON r.id = u.id_rol` : ''}
     ORDER BY u.nombre_usuario`,
  )
}

export interface KeepList {
  /** Ids of the users who stay. */
  readonly ids: readonly string[]
  readonly missing: readonly string[]
  readonly unknownIds: readonly string[]
  readonly byDefault: boolean
}

/**
 * Who stays: the guide's four by their names, or the list that a person chose by ids; and always the administrator
 * who runs the cleanup. Names are compared without regard to capitals and blanks around them.
 */
export function keepList(users: readonly CleanupUser[], decisions: Decisions, administrator: string | null): KeepList {
  const byDefault = decisions.keepUsers === null
  const plain = (name: string) => name.trim().toLowerCase()
  const guide = users.filter((user) => guideStaff.some((name) => name === plain(user.userName)))
  const missing = guideStaff.filter((name) => !guide.some((user) => plain(user.userName) === name))
  const chosen = decisions.keepUsers ?? guide.map(({ id }) => id)
  const known = new Set(users.map(({ id }) => id))
  const ids = new Set(chosen.filter((id) => known.has(id)))
  if (administrator !== null && known.has(administrator)) ids.add(administrator)
  return { ids: [...ids].sort(), missing, unknownIds: chosen.filter((id) => !known.has(id)), byDefault }
}
