import { applicationName } from '#electron/database/client.ts'
import type { Row, Transaction } from '#electron/database/database.ts'
import { quoteIdentifier } from '#electron/database/transaction.ts'
import type { IdleLimits, ServerSession, ServerSlots, SessionLevel } from '#shared/monitoring-sessions.ts'
import { withoutLiterals } from './statement-text.ts'

/** What one look at the server finds, before it is counted. */
export interface Look {
  readonly role: string
  readonly mayEndOthers: boolean
  readonly grant: string
  readonly sessions: readonly ServerSession[]
  readonly slots: ServerSlots
}

interface SessionRow extends Row {
  readonly pid: number
  readonly startedAt: string | null
  readonly application: string
  readonly user: string
  readonly client: string | null
  readonly state: string | null
  readonly seconds: number | null
  readonly transactionSeconds: number | null
  readonly query: string | null
  readonly blockedBy: readonly number[] | null
  readonly superuser: boolean
}

/** How a session is told apart from a later one with the same process number. */
export const startedAtSql = `(extract(epoch FROM a.backend_start) * 1000000)::bigint::text`

/**
 * Sessions of programs; `backend_type` is NULL where it is hidden, and then only what has a database is a program's.
 * `pg_blocking_pids` takes a heavy lock, so it is asked only for who waits.
 */
const sessionsSql = `
  WITH waiting AS (SELECT DISTINCT pid FROM pg_catalog.pg_locks WHERE NOT granted AND pid IS NOT NULL)
  SELECT a.pid, ${startedAtSql} AS "startedAt", coalesce(a.application_name, '') AS application,
         a.usename::text AS "user", host(a.client_addr) AS client, a.state, r.rolsuper AS superuser,
         extract(epoch FROM clock_timestamp() - a.state_change)::float8 AS seconds,
         extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS "transactionSeconds",
         left(a.query, 4000) AS query,
         CASE WHEN w.pid IS NOT NULL THEN pg_blocking_pids(a.pid) END AS "blockedBy"
    FROM pg_catalog.pg_stat_activity a
    JOIN pg_catalog.pg_roles r ON r.oid = a.usesysid
    LEFT JOIN waiting w ON w.pid = a.pid
   WHERE a.datname = current_database()
     AND coalesce(a.backend_type, 'client backend') = 'client backend'`

const serverSql = `
  SELECT current_user::text AS role,
         (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)
           OR pg_has_role('pg_signal_backend', 'USAGE') AS "mayEndOthers",
         current_setting('max_connections')::int AS max,
         current_setting('superuser_reserved_connections')::int
           + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved,
         (SELECT count(*)::int FROM pg_catalog.pg_stat_activity
           WHERE coalesce(backend_type, 'client backend') = 'client backend' AND datid IS NOT NULL) AS used`

/** Looks at the sessions of the connected database and at the connections of the whole server; limits in seconds. */
export async function readSessions(transaction: Transaction, limits: IdleLimits): Promise<Look> {
  const [server] = await transaction.query<Row & ServerSlots & Pick<Look, 'role' | 'mayEndOthers'>>(serverSql)
  const rows = await transaction.query<SessionRow>(sessionsSql)
  if (server === undefined) throw new Error('the server said nothing of itself')
  const { role, mayEndOthers, max, reserved, used } = server
  const blocks = new Map<number, number[]>()
  for (const { pid, blockedBy } of rows) {
    for (const blocker of new Set(blockedBy ?? [])) blocks.set(blocker, [...(blocks.get(blocker) ?? []), pid])
  }
  return {
    role,
    mayEndOthers,
    grant: `GRANT pg_monitor TO ${quoteIdentifier(role)};`,
    sessions: rows.map((row) => described(row, blocks.get(row.pid) ?? [], limits)),
    slots: { max, reserved, used },
  }
}

function described(row: SessionRow, blocks: readonly number[], limits: IdleLimits): ServerSession {
  const state = stateOf(row)
  const own = row.application === applicationName
  const { pid, startedAt, application, user, client, seconds, transactionSeconds } = row
  return {
    ...{ pid, startedAt, application, user, client, state, blocks, own },
    seconds: state === 'unseen' ? null : rounded(seconds),
    transactionSeconds: rounded(transactionSeconds),
    statement: state === 'unseen' || row.query === null ? null : withoutLiterals(row.query),
    level: levelOf(state, seconds, limits),
    blockedBy: [...new Set(row.blockedBy ?? [])],
    protection: own ? 'own' : row.superuser ? 'superuser' : startedAt === null ? 'unseen' : null,
  }
}

function stateOf({ state, query }: SessionRow): ServerSession['state'] {
  if (state === 'idle in transaction') return 'inTransaction'
  if (state === 'idle in transaction (aborted)') return 'aborted'
  if (state === 'idle') return 'idle'
  if (state === 'active' || state === 'fastpath function call') return 'active'
  // Without a right the state is NULL; with track_activities off it is `disabled`, and the statement empty.
  return state === null && query !== null && !query.startsWith('<') ? 'active' : 'unseen'
}

function levelOf(state: ServerSession['state'], seconds: number | null, limits: IdleLimits): SessionLevel {
  if ((state !== 'inTransaction' && state !== 'aborted') || seconds === null) return 'ok'
  return seconds >= limits.critical ? 'critical' : seconds >= limits.warning ? 'warning' : 'ok'
}

function rounded(seconds: number | null): number | null {
  return seconds === null ? null : Math.max(0, Math.round(seconds * 10) / 10)
}
