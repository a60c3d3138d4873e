import type { Database } from '#electron/database/database.ts'
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  databaseExpiry,
  hint,
  measured,
} from '#electron/deployment/check.ts'
import { AppError } from '#shared/errors.ts'

interface ServerRow extends Record<string, unknown> {
  readonly version: string
  readonly role: string
  readonly superuser: boolean
  readonly standby: boolean
}

const serverSql = `
  SELECT current_setting('server_version') AS version,
         current_user::text AS role, pg_is_in_recovery() AS standby,
         coalesce((SELECT rolsuper FROM pg_roles WHERE rolname = current_user), false) AS superuser`

/** The guide's "Connection refused" comes first: whether the clinic's database answers, and what answers. */
export const databaseCheck: Check = {
  ...{ id: 'database', step: 2, item: 'environment', severity: 'required' },
  ...{ expires: databaseExpiry, signable: false, mayNotApply: false },
  async probe(context) {
    try {
      return await look(context)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { status: 'failed', evidence: [measured('error', 'errorCode', error.code)], hint: hint('databaseDown') }
    }
  },
}

async function look({ database: open, profile }: CheckContext): Promise<CheckOutcome> {
  const database = open()
  const schema = await database.schema({ again: true })
  const started = performance.now()
  const row = await readServer(database)
  const milliseconds = Math.round(performance.now() - started)
  const { tls } = database.link()
  const evidence = [
    measured('serverVersion', 'text', row.version),
    measured('role', 'text', row.role),
    measured('schema', 'text', schema.name),
    measured('tls', 'text', tls.on ? (tls.protocol ?? 'TLS') : 'no'),
    measured('answerTime', 'milliseconds', milliseconds),
  ]
  if (row.standby) return { status: 'failed', evidence, hint: hint('standby') }
  if (row.superuser && profile.environment === 'production') {
    return { status: 'warning', evidence, hint: hint('superuser', { role: row.role }) }
  }
  return { status: 'passed', evidence }
}

async function readServer(database: Database): Promise<ServerRow> {
  const [row] = await database.read((transaction) => transaction.query<ServerRow>(serverSql))
  if (!row) throw new AppError('SERVER_ERROR')
  return row
}
