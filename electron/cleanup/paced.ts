import type { JobProgress, LockWait } from '#shared/jobs.ts'

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

/** What a work says of itself, as the progress of its job: `unitOf` knows what each phase counts in. */
export function createTeller(
  say: (progress: Progress) => void,
  unitOf: (phase: string) => JobProgress['unit'],
): {
  report(phase: string, done: number, total: number | null): void
  waiting(waiting: LockWait | null): void
} {
  const told = paced(say)
  let last: Progress | null = null
  return {
    report(phase, done, total) {
      last = { phase, done, total, unit: unitOf(phase) }
      told(last)
    },
    waiting(waiting) {
      if (last) say(waiting === null ? last : { ...last, waiting })
    },
  }
}
