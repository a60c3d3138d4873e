import type { JobProgress } from '#shared/jobs.ts'

type Progress = Omit<JobProgress, 'secondsLeft' | 'cancellable'>

/** Milliseconds between two words about the same phase: a window draws no more, and rows are counted by the million. */
const pace = 100

/** Passes on the first word of every phase, its last, and a few in between. */
export function paced(
  report: (progress: Progress) => void,
  now: () => number = () => performance.now(),
): typeof report {
  let phase: string | null = null
  let said = 0
  return (progress) => {
    const moment = now()
    const news = progress.phase !== phase || progress.done === progress.total || moment - said >= pace
    if (!news) return
    phase = progress.phase
    said = moment
    report(progress)
  }
}
