import type { Database, Row } from '#electron/database/database.ts'
import type { LockHolder, LockWait } from '#shared/jobs.ts'

/** Milliseconds between two looks at what a job waits for; a lock that is given at once is never looked at. */
const every = 700
const mostHolders = 5

/**
 * Asks, over another connection, who keeps the session `process` waiting (null: there is none yet), and tells: somebody,
 * others, nobody any more. It never tells the same twice. Returns what ends it.
 */
export function watchWaiting(
  database: Database,
  process: () => number | null,
  tell: (waiting: LockWait | null) => void,
): () => void {
  let told: string | null = null
  let ended = false
  let timer = setTimeout(look, every)

  async function look(): Promise<void> {
    const asked = process()
    // A look that fails says nothing: the job itself finds out what is wrong with the link.
    const found =
      asked === null
        ? []
        : await database
            .read((transaction) => transaction.query<Row & Found>(waitingSql, [asked]), { statementTimeout: 5_000 })
            .catch(() => null)
    if (ended) return
    if (found !== null) say(found)
    timer = setTimeout(look, every)
  }

  function say(found: readonly Found[]): void {
    const [first] = found
    const waiting = first && { table: first.table, holders: found.map(({ table: _, ...holder }) => holder) }
    const text = waiting === undefined ? null : JSON.stringify(waiting)
    if (text === told) return
    told = text
    tell(waiting ?? null)
  }

  return () => {
    ended = true
    clearTimeout(timer)
  }
}

interface Found extends LockHolder {
  readonly table: string | null
}

/** Of other roles' sessions a plain role sees no more than name and application. */
const waitingSql = `
  SELECT a.pid AS process, coalesce(a.usename::text, '') AS user, coalesce(a.application_name, '') AS application, a.state,
    extract(epoch FROM coalesce(a.xact_start, a.state_change))::int AS since,
    (SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE l.pid = $1 AND NOT l.granted LIMIT 1) AS "table"
  FROM pg_stat_activity a WHERE a.pid = ANY (pg_blocking_pids($1)) ORDER BY a.xact_start NULLS LAST, a.pid LIMIT ${mostHolders}`
