import { randomUUID } from 'node:crypto'
import type { Log } from '#electron/log.ts'
import { toWire } from '#electron/wire.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Job, JobKind, JobProgress } from '#shared/jobs.ts'
import { estimate } from './estimate.ts'

/** What a running job is handed. */
export interface JobControl {
  /** Aborted when a person cancels; the work then ends as soon as it safely can. */
  readonly signal: AbortSignal
  /** Says how far the work is. Time left is estimated here. */
  report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
  /** From here on nobody can cancel. Throws `CANCELLED` when somebody already has. */
  passPointOfNoReturn(): void
}

export interface Jobs {
  readonly handlers: HandlersOf<'jobs'>
  /** Starts the work and returns its job at once. Throws `JOB_RUNNING` while another one runs. */
  start(kind: JobKind, work: (control: JobControl) => Promise<void>): Job
  /** Whether closing the app now would interrupt something. */
  running(): Job | null
  onChange(listener: (job: Job) => void): () => void
  /** Asks the running job to stop and waits for it. */
  close(): Promise<void>
}

const remembered = 20

/**
 * The jobs of this start of the app: one at a time, progress pushed, the last twenty remembered so that a page
 * that was reloaded finds them again.
 */
export function createJobs({ log }: { log: Log }): Jobs {
  const jobs = new Map<string, Job>()
  const listeners = new Set<(job: Job) => void>()
  let current: { id: string; abort: AbortController; finished: Promise<void> } | null = null

  function put(job: Job): void {
    jobs.set(job.id, job)
    for (const listener of listeners) listener(job)
  }

  function change(id: string, part: Partial<Job>): void {
    const job = jobs.get(id)
    if (job) put({ ...job, ...part })
  }

  function control(id: string, abort: AbortController): JobControl {
    const pace = estimate()
    return {
      signal: abort.signal,
      report(progress) {
        const cancellable = jobs.get(id)?.progress.cancellable ?? true
        change(id, { progress: { ...progress, cancellable, secondsLeft: pace(progress) } })
      },
      passPointOfNoReturn() {
        if (abort.signal.aborted) throw new AppError('CANCELLED')
        const job = jobs.get(id)
        if (job) put({ ...job, progress: { ...job.progress, cancellable: false } })
      },
    }
  }

  async function follow(id: string, kind: JobKind, work: Promise<void>, abort: AbortController): Promise<void> {
    try {
      await work
      change(id, { state: 'done' })
    } catch (error) {
      const failure = toWire(error)
      const cancelled = abort.signal.aborted && failure.code === 'CANCELLED'
      change(id, cancelled ? { state: 'cancelled' } : { state: 'failed', error: failure })
      log.warn('job ended early', { kind, code: failure.code, ref: failure.ref })
    } finally {
      current = null
    }
  }

  function forget(): void {
    for (const id of [...jobs.keys()].slice(0, -remembered)) jobs.delete(id)
  }

  return {
    start(kind, work) {
      if (current) throw new AppError('JOB_RUNNING')
      const id = randomUUID()
      const abort = new AbortController()
      put({
        ...{ id, kind, startedAt: Math.floor(Date.now() / 1000), state: 'running', error: null },
        progress: { phase: 'start', done: 0, total: null, unit: 'steps', secondsLeft: null, cancellable: true },
      })
      forget()
      const running = Promise.resolve().then(() => work(control(id, abort)))
      current = { id, abort, finished: follow(id, kind, running, abort) }
      log.info('job started', { kind })
      return jobs.get(id) as Job
    },
    running: () => (current ? (jobs.get(current.id) ?? null) : null),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      current?.abort.abort()
      await current?.finished
    },
    handlers: {
      'jobs.list': () => [...jobs.values()],
      'jobs.cancel': ({ id }) => {
        const job = jobs.get(id)
        if (!job) throw new AppError('NOT_FOUND')
        if (current?.id !== id || !job.progress.cancellable) throw new AppError('TOO_LATE_TO_CANCEL')
        change(id, { state: 'cancelling' })
        current.abort.abort()
      },
    },
  }
}
