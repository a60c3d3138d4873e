import type { Database } from '#electron/database/database.ts'
import type { RoleAdvice } from '#shared/connection.ts'

/** What the app proposes to call the role that is used every day. */
const everyday = 'podoskin_diario'

interface Found {
  readonly role: string
  readonly superuser: boolean
  readonly owns: boolean
  readonly exists: boolean
  readonly database: string
  readonly schema: string
  readonly owners: readonly string[]
  readonly [column: string]: unknown
}

/**
 * The statements that make the everyday role: it reads the clinic's tables, those of tomorrow too, and notes when somebody
 * logs in. Names come quoted from the catalogue; a password is in none of them. Throws `NOT_CONNECTED` and what a read throws.
 */
export async function adviseRoles(database: Database): Promise<RoleAdvice> {
  const clinic = await database.schema()
  const [found] = await database.read((transaction) =>
    transaction.query<Found>(
      `SELECT current_user::text AS role, r.rolsuper AS superuser, bool_or(pg_has_role(c.relowner, 'USAGE')) AS owns,
          EXISTS (SELECT FROM pg_roles WHERE rolname = $2) AS exists, quote_ident(current_database()) AS database,
          quote_ident($1) AS schema,
          array_agg(DISTINCT quote_ident(pg_get_userbyid(c.relowner))) AS owners
        FROM pg_roles r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE r.rolname = current_user AND n.nspname = $1 AND c.relkind IN ('r', 'p') GROUP BY r.rolsuper`,
      [clinic.name, everyday],
    ),
  )
  if (!found) throw new Error('the clinic has no tables')
  const { schema } = found
  const statements = [
    ...(found.exists ? [] : [`CREATE ROLE ${everyday} LOGIN`]),
    `GRANT CONNECT ON DATABASE ${found.database} TO ${everyday}`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${everyday}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${everyday}`,
    ...(clinic.has('usuarios', 'ultimo_login')
      ? [`GRANT UPDATE (ultimo_login) ON ${clinic.quoted('usuarios')} TO ${everyday}`]
      : []),
    ...found.owners.map(
      (owner) => `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA ${schema} GRANT SELECT ON TABLES TO ${everyday}`,
    ),
    // Elsewhere than in the usual schema the role would not find the tables by their names.
    ...(clinic.name === 'public'
      ? []
      : [`ALTER ROLE ${everyday} IN DATABASE ${found.database} SET search_path = ${schema}`]),
  ]
  return {
    ...{ role: found.role, owns: found.superuser || found.owns, owners: found.owners, everyday, exists: found.exists },
    sql: statements.map((statement) => `${statement};`).join('\n'),
    password: `\\password ${everyday}`,
    monitor: `GRANT pg_monitor TO ${everyday};`,
  }
}
