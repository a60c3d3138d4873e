import type { Database, Row } from '#electron/database/database.ts'
import type { IndexPhase } from '#shared/indexes.ts'
import type { JobProgress } from '#shared/jobs.ts'

export type Report = (progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>) => void

export interface ProgressRow extends Row {
  readonly phase: string
  readonly lockersTotal: unknown
  readonly lockersDone: unknown
  readonly blocksTotal: unknown
  readonly blocksDone: unknown
  readonly tuplesTotal: unknown
  readonly tuplesDone: unknown
  readonly blockSize: number
}

/** Milliseconds between two looks. */
const every = 400

const progressSql = `
  SELECT p.phase, p.lockers_total AS "lockersTotal", p.lockers_done AS "lockersDone",
         p.blocks_total AS "blocksTotal", p.blocks_done AS "blocksDone",
         p.tuples_total AS "tuplesTotal", p.tuples_done AS "tuplesDone",
         current_setting('block_size')::int AS "blockSize"
    FROM pg_stat_progress_create_index p JOIN pg_stat_activity a USING (pid)
   WHERE p.datname = current_database() AND starts_with(a.query, '/* podoskin-admin') AND strpos(a.query, $1) > 0`

/** The server's words for its phases, by what they begin with; the last one that fits. */
const phases: readonly (readonly [words: string, phase: IndexPhase])[] = [
  ['waiting', 'wait'],
  ['building index', 'scan'],
  ['building index: sorting', 'sort'],
  ['building index: loading', 'load'],
  ['index validation', 'validate'],
]

/** How far a creation is, in the words of a job. */
export function progressOf(row: ProgressRow): Parameters<Report>[0] {
  const phase = phases.findLast(([words]) => row.phase.startsWith(words))?.[1] ?? 'start'
  const count = (done: unknown, total: unknown, by = 1) => ({
    done: Number(done) * by,
    total: Number(total) > 0 ? Number(total) * by : null,
  })
  if (phase === 'wait') return { phase, unit: 'steps', ...count(row.lockersDone, row.lockersTotal) }
  if (phase === 'load' || phase === 'sort') return { phase, unit: 'rows', ...count(row.tuplesDone, row.tuplesTotal) }
  return { phase, unit: 'bytes', ...count(row.blocksDone, row.blocksTotal, row.blockSize) }
}

/**
 * Reports how far the creation of an index is until the returned function is called. The role must be the one that
 * creates it: the server hides the progress of others. A look that fails is left out.
 */
export function watchProgress(database: Database, index: string, report: Report): () => Promise<void> {
  let stopped = false
  let wake = () => {}
  const look = async () => {
    const rows = await database.read((transaction) => transaction.query<ProgressRow>(progressSql, [index]))
    if (rows[0] && !stopped) report(progressOf(rows[0]))
  }
  const watching = (async () => {
    while (!stopped) {
      await look().catch(() => undefined)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, stopped ? 0 : every)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  })()
  return () => {
    stopped = true
    wake()
    return watching
  }
}
