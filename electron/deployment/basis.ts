import { createHash } from 'node:crypto'
import type { Database } from '#electron/database/database.ts'
import type { BackendSettings } from '#shared/deployment.ts'
import type { LogSource } from '#shared/monitoring-log.ts'
import { markBackend } from './backend-mark.ts'
import type { ProfileFacts } from './check.ts'
import type { Basis } from './store.ts'

/**
 * Everything that gives the clinic's schema its form: columns, constraints, triggers and whether they fire, views.
 * Indexes are left out: they change how fast an answer comes, not what it is.
 */
const schemaSql = `
  WITH place AS (SELECT oid FROM pg_namespace WHERE nspname = $1),
  lines AS (
    SELECT format('column %s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = (SELECT oid FROM place) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
       AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = (SELECT oid FROM place)
    UNION ALL
    SELECT format('trigger %s %s %s', t.tgrelid::regclass, t.tgname, t.tgenabled)
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE c.relnamespace = (SELECT oid FROM place) AND NOT t.tgisinternal
  )
  SELECT current_setting('server_version_num') AS server,
         (SELECT encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex')
            FROM lines) AS schema`

/** What evidence taken now rests on. What the database does not answer is null; it never throws. */
export async function readBasis(
  profile: ProfileFacts,
  backend: BackendSettings,
  log: LogSource | null,
  database: () => Database,
): Promise<Basis> {
  const [clinic, backendMark] = await Promise.all([
    readClinic(database).catch(() => ({ schema: null, server: null })),
    markBackend(backend, log),
  ])
  const { host, port, database: name, user, environment, pool } = profile
  const place = [host.toLowerCase(), port, name, user, environment, pool.warm, pool.max]
  return { profile: digest(place), ...clinic, backend: backendMark }
}

async function readClinic(database: () => Database): Promise<{ schema: string | null; server: string | null }> {
  const open = database()
  return open.share('deployment.basis', async () => {
    const { name } = await open.schema()
    const [row] = await open.read((transaction) =>
      transaction.query<{ server: string; schema: string }>(schemaSql, [name]),
    )
    return { schema: row?.schema ?? null, server: row?.server ?? null }
  })
}

/** A short mark of some values. */
export function digest(values: unknown): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}
