import { applicationName } from '#electron/database/client.ts'
import type { Database, Row } from '#electron/database/database.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionEnd } from '#shared/monitoring-sessions.ts'
import { startedAtSql } from './read-sessions.ts'

export interface EndedSession {
  readonly pid: number
  readonly startedAt: string
  readonly how: 'cancel' | 'terminate'
}

interface TargetRow extends Row {
  readonly user: string
  readonly state: string | null
  readonly kind: string | null
  readonly application: string
  readonly superuser: boolean | null
  readonly here: boolean
}

/** Milliseconds that the server gets to do it, and between two looks. */
const patience = 2_500
const pace = 100

const targetSql = `
  SELECT a.usename::text AS "user", a.state, a.backend_type AS kind, coalesce(a.application_name, '') AS application,
         r.rolsuper AS superuser, a.datname = current_database() AS here
    FROM pg_catalog.pg_stat_activity a LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
   WHERE a.pid = $1 AND ${startedAtSql} = $2 AND a.pid <> pg_backend_pid()`

/** Verifies and acts in one statement, so that nobody can take the process number in between. */
const actSql = (act: 'pg_cancel_backend' | 'pg_terminate_backend') => `
  SELECT ${act}(a.pid) AS done
    FROM pg_catalog.pg_stat_activity a JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
   WHERE a.pid = $1 AND ${startedAtSql} = $2 AND a.pid <> pg_backend_pid()
     AND a.backend_type = 'client backend' AND a.datname = current_database()
     AND a.application_name <> $3 AND NOT r.rolsuper`

/**
 * Cancels what a session runs, or ends the session: never one of this app, of a superuser, of another database, or
 * of the server itself (`SERVER_SESSION_PROTECTED { why }`), and never another one that got its process number
 * meanwhile (`SERVER_SESSION_GONE`). Something that runs must have been cancelled first: `cancelled` says so, else
 * `SERVER_SESSION_BUSY`. Throws `PRIVILEGE_MISSING` where the role may not. Returns what became of it within seconds,
 * with the role it belonged to.
 */
export async function endSession(
  database: Database,
  { pid, startedAt, how }: EndedSession,
  cancelled: boolean,
): Promise<SessionEnd & { readonly user: string }> {
  const find = async () =>
    (await database.read((transaction) => transaction.query<TargetRow>(targetSql, [pid, startedAt])))[0]
  const target = await find()
  if (target === undefined) throw new AppError('SERVER_SESSION_GONE', { pid })
  const why = protection(target)
  if (why !== null) throw new AppError('SERVER_SESSION_PROTECTED', { pid, why })
  if (how === 'terminate' && target.state === 'active' && !cancelled) throw new AppError('SERVER_SESSION_BUSY', { pid })
  const act = actSql(how === 'cancel' ? 'pg_cancel_backend' : 'pg_terminate_backend')
  const done = await database
    .read((transaction) => transaction.query<Row & { done: boolean }>(act, [pid, startedAt, applicationName]))
    .catch((error: unknown) => {
      const denied = error instanceof AppError && error.code === 'PRIVILEGE_MISSING'
      throw denied ? new AppError('PRIVILEGE_MISSING', { privilege: 'pg_signal_backend' }) : error
    })
  if (done.length === 0) throw new AppError('SERVER_SESSION_GONE', { pid })

  const until = performance.now() + patience
  for (;;) {
    const now = await find()
    if (now === undefined) return { outcome: 'gone', user: target.user }
    if (how === 'cancel' && now.state !== 'active') return { outcome: 'quiet', user: target.user }
    if (performance.now() > until) return { outcome: 'unchanged', user: target.user }
    await new Promise((wake) => setTimeout(wake, pace))
  }
}

function protection({ kind, application, superuser, here }: TargetRow): string | null {
  if (kind !== 'client backend') return 'system'
  if (application === applicationName) return 'own'
  if (superuser !== false) return 'superuser'
  return here ? null : 'elsewhere'
}
