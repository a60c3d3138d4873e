import { describe, expect, it } from 'vitest'
import { estimate } from '#electron/jobs/estimate.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import { AppError } from '#shared/errors.ts'
import type { Job } from '#shared/jobs.ts'

const log = { info() {}, warn() {}, error() {} }

/** Resolves with the job once it has ended. */
function ended(jobs: ReturnType<typeof createJobs>): Promise<Job> {
  return new Promise((resolve) => {
    jobs.onChange((job) => {
      if (job.state !== 'running' && job.state !== 'cancelling') resolve(job)
    })
  })
}

describe('a job', () => {
  it('reports its progress and ends as done', async () => {
    const jobs = createJobs({ log })
    const end = ended(jobs)
    const { id, state } = jobs.start('cleanup.rehearse', async ({ report }) => {
      report({ phase: 'lock', done: 3, total: 10, unit: 'tables' })
    })
    expect(state).toBe('running')
    expect(await end).toMatchObject({ id, state: 'done', error: null, progress: { phase: 'lock', done: 3, total: 10 } })
    expect(jobs.running()).toBeNull()
  })

  it('runs alone', async () => {
    const jobs = createJobs({ log })
    const end = ended(jobs)
    jobs.start('cleanup.run', async () => {})
    expect(() => jobs.start('cleanup.run', async () => {})).toThrow('JOB_RUNNING')
    await end
  })

  it('ends as cancelled when a person cancels in time', async () => {
    const jobs = createJobs({ log })
    const end = ended(jobs)
    const { id } = jobs.start('cleanup.run', async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      throw new AppError('CANCELLED')
    })
    await Promise.resolve()
    await jobs.handlers['jobs.cancel']({ id })
    expect((await end).state).toBe('cancelled')
  })

  it('cannot be cancelled after its point of no return', async () => {
    const jobs = createJobs({ log })
    const end = ended(jobs)
    let finish = () => {}
    const { id } = jobs.start('cleanup.run', ({ passPointOfNoReturn }) => {
      passPointOfNoReturn()
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    await Promise.resolve()
    expect(() => jobs.handlers['jobs.cancel']({ id })).toThrow('TOO_LATE_TO_CANCEL')
    finish()
    expect((await end).state).toBe('done')
  })

  it('says by code why it failed, and nothing of the text', async () => {
    const jobs = createJobs({ log })
    const end = ended(jobs)
    jobs.start('cleanup.run', async () => {
      throw new Error('duplicate key (nombre)=(María)')
    })
    expect((await end).error).toMatchObject({ code: 'INTERNAL', params: {} })
  })
})

describe('the time left', () => {
  it('follows the pace of the phase, after two seconds of it', () => {
    let time = 0
    const left = estimate(() => time)
    expect(left({ phase: 'export', done: 0, total: 100 })).toBeNull()
    time = 1_000
    expect(left({ phase: 'export', done: 50, total: 100 })).toBeNull()
    time = 4_000
    expect(left({ phase: 'export', done: 80, total: 100 })).toBe(1)
    expect(left({ phase: 'empty', done: 0, total: 100 })).toBeNull()
  })
})
