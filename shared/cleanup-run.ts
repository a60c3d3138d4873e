import { z } from 'zod'
import { type CleanupPhase, decisionsSchema, type RehearsedTable } from './cleanup.ts'
import {
  type BackupContent,
  folderReferenceSchema,
  type Obstacle,
  ownerSchema,
  protectionSchema,
} from './cleanup-backup.ts'
import type { ErrorCode } from './errors.ts'
import { withoutNul } from './plain-text.ts'

/** Everything that the last confirmation says. Main compares what was typed with the plan it finds under lock. */
export const runCleanupSchema = z
  .object({
    decisions: decisionsSchema,
    /** The hash of the rehearsed plan. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    databaseName: z.string().max(63),
    /** How many patients go, as the person typed it. */
    patients: z.number().int().min(0).max(1_000_000_000),
    folder: folderReferenceSchema.shape.folder,
    protection: protectionSchema,
    /** Whether the server reads the backup back before anything is deleted. */
    proof: z.boolean().default(true),
    /** Whether the record may be written in the database, in a schema of our own that is made when it is not there. */
    record: z.boolean().default(true),
    owner: ownerSchema,
  })
  .strict()
export type RunInput = z.infer<typeof runCleanupSchema>

export const outcomeReferenceSchema = z.object({ id: z.uuid() }).strict()
export const saveReportSchema = z.object({ id: z.uuid(), format: z.enum(['json', 'pdf']) }).strict()

const reasonSchema = z.string().trim().min(10).max(1000).regex(withoutNul)
export const sealSchema = z.object({ databaseName: z.string().max(63), owner: ownerSchema }).strict()
export const reopenSchema = z
  .object({ databaseName: z.string().max(63), reason: reasonSchema, owner: ownerSchema })
  .strict()

/** Whether the database is closed to cleanups. */
export interface SealState {
  /** `unreadable`: our schema is there and the role may not read it; a cleanup would be refused. */
  readonly state: 'open' | 'sealed' | 'unreadable'
  readonly history: readonly {
    readonly action: 'seal' | 'reopen'
    /** Seconds since the epoch. */
    readonly at: number
    readonly by: string
    readonly reason: string | null
  }[]
}

export interface PhaseTime {
  readonly phase: CleanupPhase
  readonly milliseconds: number
}

/** A backup as outcomes, history and reports name it. */
export interface BackupIdentity {
  readonly backup: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly protection: 'passphrase' | 'recipient' | 'none'
}

export interface RunOutcome {
  readonly kind: 'run'
  /** The id of the run in history and record. */
  readonly id: string
  readonly database: string
  readonly hash: string
  readonly patients: number
  readonly tables: readonly RehearsedTable[]
  readonly phases: readonly PhaseTime[]
  readonly lockedMilliseconds: number
  readonly milliseconds: number
  readonly backup: BackupIdentity
  readonly proof: boolean
  /** Where it is recorded beside this workstation; `refused` when the role may not make our schema. */
  readonly record: 'server' | 'notAsked' | 'refused'
  /** What may fail harmlessly after the COMMIT. */
  readonly after: {
    readonly analyzed: boolean
    readonly refreshed: readonly string[]
    readonly stale: readonly string[]
  }
  /** Files on disk that the deleted rows named; the first thousand by name, as the rows had it. */
  readonly files: { readonly rows: number; readonly bytes: number | null; readonly names: readonly string[] } | null
}

export interface RestoredTable {
  readonly key: string
  readonly restored: number
  /** Rows that got their references, or their state, back. */
  readonly mended: number
  readonly after: number
}

export interface RestoreOutcome {
  /** `testRestore` did the same and undid it. */
  readonly kind: 'restore' | 'testRestore'
  readonly id: string
  readonly content: BackupContent
  readonly tables: readonly RestoredTable[]
  readonly phases: readonly PhaseTime[]
  readonly milliseconds: number
  readonly sequences: number
  /** How many tables were proven to be as they were before the cleanup, row by row. */
  readonly proven: number
  /** Tables that changed since, beside what was put back. */
  readonly changedSince: readonly string[]
  readonly record: RunOutcome['record']
}

/** What would come back, and everything that stands in the way. */
export interface RestorePlan {
  readonly kind: 'restorePlan'
  readonly content: BackupContent
  readonly obstacles: readonly Obstacle[]
  /** Tables with rows that came since, which stay. */
  readonly occupied: readonly { readonly key: string; readonly rows: number }[]
}

export interface VerifyOutcome {
  readonly kind: 'verifyBackup'
  readonly content: BackupContent
  readonly milliseconds: number
}

/** What a job of these ended with, under the job's id. */
export type Outcome = RunOutcome | RestoreOutcome | RestorePlan | VerifyOutcome

/** A cleanup or a restore, as this workstation, the database or both remember it. */
export interface HistoryEntry {
  readonly id: string
  readonly kind: 'run' | 'restore'
  /** Seconds since the epoch. */
  readonly at: number
  readonly by: string
  readonly database: string
  readonly hash: string
  readonly patients: number | null
  readonly rows: number
  readonly tables: number
  readonly backup: BackupIdentity | null
  /** `undone`: nothing changed. `unknown`: the COMMIT's answer was lost, and nobody could say yet. */
  readonly outcome: 'done' | 'undone' | 'unknown'
  readonly error: ErrorCode | null
  readonly remembered: readonly ('workstation' | 'server')[]
}
