import type { Database } from '#electron/database/database.ts'
import { isLoopback, type ProfileFields, type TestReport, type TestWarning } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'

interface Found {
  readonly version: string
  readonly database: string
  readonly role: string
  readonly superuser: boolean
  readonly owner: boolean
  readonly tables: number
  readonly records: boolean
}

/** What is on the other side of an open connection, and what deserves a word about it. */
export async function reportOn(database: Database, profile: ProfileFields): Promise<Omit<TestReport, 'milliseconds'>> {
  const schema = await database.schema()
  const mayRecord = schema.has('usuarios', 'ultimo_login')
    ? `has_column_privilege($2::regclass, 'ultimo_login', 'UPDATE') AND NOT pg_is_in_recovery()
       AND current_setting('default_transaction_read_only') = 'off'`
    : 'false'
  const sql = `SELECT current_setting('server_version') AS version, current_database()::text AS database,
      current_user::text AS role, r.rolsuper AS superuser, pg_has_role(users.relowner, 'USAGE') AS owner,
      (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')) AS tables, ${mayRecord} AS records
    FROM pg_roles r, pg_class users WHERE r.rolname = current_user AND users.oid = $2::regclass`
  const [found] = await database.read((transaction) =>
    transaction.query<Found & Record<string, unknown>>(sql, [schema.name, schema.quoted('usuarios')]),
  )
  if (!found) throw new Error('the role or the table of users vanished')
  // Shown as they are: a server that is none of ours would have the page show whatever it likes.
  const shown = [found.version, found.database, found.role]
  if (!shown.every((text) => typeof text === 'string' && text.length <= 128)) throw new AppError('NOT_POSTGRESQL')
  const { tls, pooler } = database.link()
  return {
    serverVersion: found.version,
    database: found.database,
    role: found.role,
    schema: schema.name,
    tls,
    pooler,
    superuser: found.superuser,
    tables: found.tables,
    warnings: warningsOf(found, profile),
  }
}

function warningsOf(found: Found, { host, tls }: ProfileFields): TestWarning[] {
  const warnings: TestWarning[] = []
  if (found.superuser) warnings.push('SUPERUSER')
  else if (found.owner) warnings.push('OWNER_ROLE')
  if (!isLoopback(host) && tls === 'disable') warnings.push('PLAIN_LINK')
  if (!isLoopback(host) && tls === 'require') warnings.push('UNVERIFIED_CERTIFICATE')
  if (!found.records) warnings.push('CANNOT_RECORD_LOGIN')
  return warnings
}
