import { z } from 'zod'
import type { FigureName, Unavailable } from './dashboard.ts'
import { withoutNul } from './plain-text.ts'

/** The indexes that would serve our own statements. */
export const adviceIds = ['appointments', 'payments', 'balance', 'patients', 'details'] as const
export type AdviceId = (typeof adviceIds)[number]

/**
 * How an advised index stands on this installation.
 * - `missing`: it is not there and can be created.
 * - `present`: the clinic has one that serves as well; nothing to do.
 * - `ours`: created from here; it can be dropped again.
 * - `building`: being created now, from here or from another workstation.
 * - `invalid`: what an interrupted creation left behind; creating or dropping it clears it away.
 * - `impossible`: it cannot exist here.
 */
export type IndexStatus =
  | { readonly state: 'missing' }
  | { readonly state: 'present'; readonly name: string; readonly bytes: number }
  | { readonly state: 'ours'; readonly bytes: number }
  | { readonly state: 'building' }
  | { readonly state: 'invalid' }
  | { readonly state: 'impossible'; readonly why: Impossible }

export type Impossible =
  | Extract<Unavailable, { reason: 'tableMissing' | 'columnMissing' }>
  /** A partitioned table cannot be indexed without blocking the clinic. */
  | { readonly reason: 'partitioned'; readonly table: string }
  /** Something else of the clinic has the name. */
  | { readonly reason: 'nameTaken'; readonly name: string }
  /** A stand-by takes its indexes from its primary. */
  | { readonly reason: 'standby' }

export interface IndexAdvice {
  readonly id: AdviceId
  readonly name: string
  readonly table: string
  /** Columns that are searched by, in order, and columns only carried along. */
  readonly columns: readonly string[]
  readonly includes: readonly string[]
  /** The condition of a partial index, as SQL; null for one of all rows. */
  readonly where: string | null
  /** The statement exactly as it would run; null where it cannot. */
  readonly statement: string | null
  readonly status: IndexStatus
  /** Rows of the table by the server's statistics; null before its first ANALYZE. */
  readonly rows: number | null
  /** What the index would weigh, from the same statistics. */
  readonly estimatedBytes: number | null
  /** Figures of the dashboard that it serves. */
  readonly serves: readonly FigureName[]
  /** The role that owns the table; null where there is no table. */
  readonly owner: string | null
  /** Whether the connection's own role may create and drop it; otherwise an owner's credentials are needed. */
  readonly mayCreate: boolean
}

export interface IndexAdviceList {
  readonly role: string
  readonly indexes: readonly IndexAdvice[]
}

/** Phases of the jobs; `clear` removes what an earlier or a failed creation left behind. */
export const indexPhases = ['start', 'clear', 'wait', 'scan', 'sort', 'load', 'validate', 'drop'] as const
export type IndexPhase = (typeof indexPhases)[number]

/** Credentials of the tables' owner, for this job only; null means the profile's own role. */
export const ownerSchema = z
  .object({
    user: z.string().trim().min(1).max(63).regex(withoutNul),
    password: z.string().min(1).max(1024).regex(withoutNul),
  })
  .strict()
  .nullable()

export const indexJobSchema = z.object({ index: z.enum(adviceIds), owner: ownerSchema }).strict()
