import { z } from 'zod'
import type { WireError } from './errors.ts'

/** Work that takes long: it runs in main, shows its progress, and can be cancelled until its point of no return. */
export const jobKinds = [
  'indexes.create',
  'indexes.drop',
  'cleanup.rehearse',
  'cleanup.run',
  'cleanup.verifyBackup',
  'cleanup.restorePlan',
  'cleanup.testRestore',
  'cleanup.restore',
  'deployment.verify',
] as const
export type JobKind = (typeof jobKinds)[number]

/** A session of the server that holds what a job waits for. */
export interface LockHolder {
  readonly process: number
  readonly user: string
  /** Empty when it gave no name. */
  readonly application: string
  /** As the server calls it; null when our role may not see it. */
  readonly state: string | null
  /** Since when it holds it, at the latest: the start of its transaction in seconds since the epoch; null as above. */
  readonly since: number | null
}

/** What a job waits for: a table (by key), if the server says so, and who holds it. */
export interface LockWait {
  readonly table: string | null
  readonly holders: readonly LockHolder[]
}

export interface JobProgress {
  /** The feature's own word for the phase, such as `lock` or `empty`; the page has words for each. */
  readonly phase: string
  readonly done: number
  /** Null while nobody knows. */
  readonly total: number | null
  readonly unit: 'rows' | 'bytes' | 'tables' | 'steps'
  /** Seconds left as estimated from the pace so far; null while there is no honest estimate. */
  readonly secondsLeft: number | null
  /** False after the point of no return. */
  readonly cancellable: boolean
  /** Only while it waits for somebody. */
  readonly waiting?: LockWait
}

export interface Job {
  readonly id: string
  readonly kind: JobKind
  /** Seconds since the epoch. */
  readonly startedAt: number
  readonly state: 'running' | 'cancelling' | 'done' | 'failed' | 'cancelled'
  readonly progress: JobProgress
  readonly error: WireError | null
}

export const jobReferenceSchema = z.object({ id: z.uuid() }).strict()
