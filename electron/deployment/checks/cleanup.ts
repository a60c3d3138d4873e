import { type Check, hint, measured } from '#electron/deployment/check.ts'
import type { HistoryEntry } from '#shared/cleanup-run.ts'

/** The record of cleanups and restores of the database in use, newest first. */
export type CleanupHistory = () => Promise<readonly HistoryEntry[]>

/** The backend's sessions are those of other programs on the clinic's database. A hidden start reads as null. */
const othersSql = `
  SELECT count(*)::int AS others, count(*) FILTER (WHERE backend_start IS NULL)::int AS hidden,
         count(*) FILTER (WHERE backend_start < to_timestamp($1))::int AS before
    FROM pg_stat_activity
   WHERE datname = current_database() AND pid <> pg_backend_pid()
     AND application_name IS DISTINCT FROM 'podoskin-admin'`

interface OthersRow extends Record<string, unknown> {
  readonly others: number
  readonly hidden: number
  readonly before: number
}

/**
 * The guide's step 4 comes before its step 5: the cleanup is done, or a person decided that there is no need, and no
 * program that was already connected then is connected still.
 */
export function cleanupCheck(history: CleanupHistory): Check {
  return {
    ...{ id: 'cleanup', step: 4, item: 'cleanup', severity: 'required' },
    // A cleanup does not become undone with the days; another database, or another form of it, is another matter.
    expires: { days: 365, on: ['profile'] },
    ...{ signable: false, mayNotApply: true },
    async probe({ database, profile }) {
      const done = lastDone(await history(), profile.database)
      const [row] = await database().read((transaction) => transaction.query<OthersRow>(othersSql, [done?.at ?? 0]))
      const others = measured('otherSessions', 'integer', row?.others ?? null)
      if (done === null) {
        const next = (row?.others ?? 0) > 0 ? hint('cleanupFirst', { count: row?.others ?? 0 }) : hint('cleanupMissing')
        return { status: 'failed', evidence: [measured('cleanupDone', 'yesNo', false), others], hint: next }
      }
      const evidence = [
        measured('cleanupDone', 'yesNo', true),
        measured('cleanupAt', 'moment', done.at),
        measured('cleanupBy', 'text', done.by),
        measured('cleanupRows', 'integer', done.rows),
        others,
      ]
      const before = row?.before ?? 0
      if (before > 0) return { status: 'warning', evidence, hint: hint('restartBackend', { count: before }) }
      // Whether those were there before, this role may not see.
      if ((row?.hidden ?? 0) > 0)
        return { status: 'passed', evidence: [...evidence, measured('hiddenSessions', 'integer', row?.hidden ?? 0)] }
      return { status: 'passed', evidence }
    },
  }
}

/** The latest finished cleanup of a database, unless a backup was restored after it: the test data is back then. */
function lastDone(history: readonly HistoryEntry[], database: string): HistoryEntry | null {
  const finished = history.filter((entry) => entry.outcome === 'done' && entry.database === database)
  const latest = finished.toSorted((a, b) => b.at - a.at)[0]
  return latest?.kind === 'run' ? latest : null
}
