import type { Row, Transaction } from '#electron/database/database.ts'
import type { OtherSession } from '#shared/cleanup.ts'

/** The other sessions connected to this database, alike ones counted together. */
export async function readSessions(transaction: Transaction): Promise<readonly OtherSession[]> {
  return transaction.query<Row & OtherSession>(
    `SELECT coalesce(application_name, '') AS application, usename::text AS user, state, host(client_addr) AS client, count(*)::int AS count
     FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'
     GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1, 2, 3`,
  )
}

/** Who holds locks on these tables (by key), in words short enough for an error: application, user, state, process. */
export async function readHolders(transaction: Transaction, tables: readonly string[]): Promise<string> {
  const rows = await transaction.query<Row & { holder: string }>(
    `SELECT DISTINCT concat_ws(', ', nullif(a.application_name, ''), a.usename, a.state, 'pid ' || a.pid) AS holder
     FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'relation' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND l.relation IN (SELECT to_regclass(k) FROM unnest($1::text[]) k) AND a.pid <> pg_backend_pid()
       AND l.mode <> 'AccessShareLock' ORDER BY 1 LIMIT 5`,
    [tables],
  )
  return rows.map(({ holder }) => holder).join('; ')
}
