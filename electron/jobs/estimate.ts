import type { JobProgress } from '#shared/jobs.ts'

type Position = Pick<JobProgress, 'phase' | 'done' | 'total'>

const settled = 2_000

/**
 * Estimates the seconds left of a phase from the pace since it began; null in its first two seconds, while
 * the total is unknown, and when nothing has moved.
 * @param now a clock in milliseconds
 */
export function estimate(now: () => number = () => performance.now()): (position: Position) => number | null {
  let phase: string | null = null
  let since = 0
  let from = 0
  return ({ phase: current, done, total }) => {
    if (current !== phase) {
      phase = current
      since = now()
      from = done
    }
    const elapsed = now() - since
    const moved = done - from
    if (total === null || moved <= 0 || elapsed < settled) return null
    return Math.max(0, Math.round(((total - done) * elapsed) / moved / 1000))
  }
}
