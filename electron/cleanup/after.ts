import type { Database, Row } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { RunOutcome } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'

/**
 * Neither waits for others for long, nor, on a link that went silent, without end: there is nothing left to cancel.
 */
const limits = { statementTimeout: 900_000, lockTimeout: 5_000 } as const

/**
 * What follows a COMMIT and may fail without harm: fresh statistics, and materialized views that would go on showing
 * rows that are gone, those that rest on others last.
 */
export async function tidyUp(
  database: Database,
  work: { readonly tables: readonly string[]; readonly views: readonly string[]; readonly log: Log },
): Promise<RunOutcome['after']> {
  const attempt = async (sql: string, what: string): Promise<boolean> => {
    try {
      await database.write((transaction) => transaction.query(sql), limits)
      return true
    } catch (error) {
      work.log.warn('cleanup.notTidied', { what, code: error instanceof AppError ? error.code : 'INTERNAL' })
      return false
    }
  }
  const analyzed = work.tables.length === 0 || (await attempt(`ANALYZE ${work.tables.join(', ')}`, 'statistics'))
  const refreshed: string[] = []
  const stale: string[] = []
  for (const view of await inOrder(database, work.views)) {
    const list = (await attempt(`REFRESH MATERIALIZED VIEW ${view}`, 'view')) ? refreshed : stale
    list.push(view)
  }
  return { analyzed, refreshed, stale }
}

/** Views that rest on fewer others first. */
async function inOrder(database: Database, views: readonly string[]): Promise<readonly string[]> {
  if (views.length < 2) return views
  const rows = await database
    .read((transaction) => transaction.query<Row & { key: string }>(orderSql, [views]))
    .catch(() => [])
  return rows.length === views.length ? rows.map(({ key }) => key) : views
}

const orderSql = `
  WITH RECURSIVE below (view, relation) AS (
    SELECT k::regclass::oid, k::regclass::oid FROM unnest($1::text[]) k
    UNION
    SELECT b.view, d.refobjid FROM below b JOIN pg_rewrite r ON r.ev_class = b.relation
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    WHERE d.refobjid <> b.relation)
  SELECT k AS key FROM unnest($1::text[]) k
  ORDER BY (SELECT count(*) FROM below b JOIN pg_class c ON c.oid = b.relation WHERE c.relkind = 'm' AND b.view = k::regclass), 1`
