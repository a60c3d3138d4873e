import { z } from 'zod'
import { ownerSchema } from './indexes.ts'

/** Seconds that a session may lie idle inside a transaction: from the first on a warning, from the second on critical. */
export const idleLimits: IdleLimits = { warning: 10, critical: 60 }

export interface IdleLimits {
  readonly warning: number
  readonly critical: number
}

export type SessionLevel = 'ok' | 'warning' | 'critical'

/**
 * What the sessions say about connections that never come back. `notVerifiable`: nothing bad was seen, but the
 * role may not see everything, so nothing good was proven either.
 */
export type SessionsStatus = 'clean' | 'warning' | 'critical' | 'notVerifiable'

/** Why a session is not ended from here; null when it may be. */
export type SessionProtection = 'own' | 'superuser' | 'unseen' | null

/** One session of a program on the clinic's database, as the server describes it. */
export interface ServerSession {
  readonly pid: number
  /** With `pid` it names the session for good: microseconds since the epoch as text; null where the role may not see it. */
  readonly startedAt: string | null
  /** What the program calls itself; empty when it does not say. */
  readonly application: string
  readonly user: string
  /** Address of the other end; null for a local socket, or where the role may not see it. */
  readonly client: string | null
  /** `aborted` lies in a transaction that failed; `unseen` is hidden from the role, or the server does not track it. */
  readonly state: 'active' | 'idle' | 'inTransaction' | 'aborted' | 'unseen'
  /** Seconds since the state last changed; null where unseen. */
  readonly seconds: number | null
  /** Seconds since its transaction began; null without one. */
  readonly transactionSeconds: number | null
  /** The last statement without any value that stood in it; null where unseen. It is stored nowhere. */
  readonly statement: string | null
  readonly level: SessionLevel
  /** Process numbers of who it waits for, and of who waits for it. */
  readonly blockedBy: readonly number[]
  readonly blocks: readonly number[]
  readonly own: boolean
  readonly protection: SessionProtection
}

/** The sessions of one program. */
export interface ApplicationSessions {
  readonly application: string
  readonly own: boolean
  readonly total: number
  readonly active: number
  readonly idle: number
  readonly inTransaction: number
  readonly unseen: number
  readonly level: SessionLevel
}

/** How many connections the whole server takes, and has. */
export interface ServerSlots {
  readonly max: number
  /** Kept for superusers and for roles with a reservation. */
  readonly reserved: number
  readonly used: number
}

/** Counts of one look at the server. */
export interface SessionReading {
  /** Seconds since the epoch, by this workstation's clock. */
  readonly at: number
  readonly total: number
  readonly active: number
  readonly inTransaction: number
  readonly unseen: number
  /** Sessions idle in a transaction beyond the limits, and sessions that wait for another. */
  readonly overdue: number
  readonly blocked: number
  readonly own: number
  readonly used: number
}

/** One look at the server's sessions. */
export interface SessionsView {
  readonly at: number
  readonly status: SessionsStatus
  /** The role we look with, and whether it may end sessions of other roles. */
  readonly role: string
  readonly mayEndOthers: boolean
  /** Sessions that the role may not see. */
  readonly unseen: number
  /** The statement that would let it, for a superuser to run; null where nothing is hidden. */
  readonly grant: string | null
  readonly applications: readonly ApplicationSessions[]
  /** The most urgent first, at most `mostSessions`. */
  readonly sessions: readonly ServerSession[]
  readonly total: number
  readonly slots: ServerSlots
  /** The last hour, oldest first, at most one reading every ten seconds. */
  readonly history: readonly SessionReading[]
}

/** More sessions than that are counted, not listed. */
export const mostSessions = 300

/** The session is named by process and start: a process number alone may since belong to somebody else. */
export const endSessionSchema = z
  .object({
    pid: z.number().int().min(1).max(2_147_483_647),
    startedAt: z.string().regex(/^\d{1,20}$/),
    /** `cancel` interrupts what it runs; `terminate` ends the connection, and what runs must have been cancelled first. */
    how: z.enum(['cancel', 'terminate']),
    owner: ownerSchema,
  })
  .strict()

/** What became of it: gone, still connected but running nothing, or as before. */
export type SessionEnd = { readonly outcome: 'gone' | 'quiet' | 'unchanged' }
