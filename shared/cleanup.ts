import { z } from 'zod'
import type { ErrorParams } from './errors.ts'
import { withoutNul } from './plain-text.ts'

/** A key of `usuarios` or `pacientes` as text: whole numbers, or UUIDs on a drifted installation. */
const idSchema = z.string().regex(/^[\w-]{1,64}$/)
/** A table as PostgreSQL quotes it: `public.pacientes`, `public."Mi tabla"`. */
const tableKeySchema = z.string().min(3).max(260).regex(withoutNul)

/** The staff that a cleanup always keeps, by the guide: their user names. */
export const guideStaff = ['dr.santiago.ornelas', 'adm.santiago.ornelas', 'ivette.martinez', 'ibeth.martinez'] as const

/** What a person may decide on a table that hangs on rows to be deleted. */
export const tableDecisionSchema = z.enum([
  /** Its rows that point at deleted rows are deleted too. */
  'delete',
  /** Its rows stay and forget the reference. */
  'clear',
  /** Its rows stay, and so does every row they point at. */
  'keep',
])
export type TableDecision = z.infer<typeof tableDecisionSchema>

export const guardNames = ['fiscal', 'consent', 'future', 'recent'] as const
export type GuardName = (typeof guardNames)[number]

const guardDecision = z.enum(['keep', 'delete']).nullable().default(null)

/** Everything a person decides about a cleanup. The defaults are the guide's list. */
export const decisionsSchema = z
  .object({
    scopes: z
      .object({
        clinical: z.boolean().default(true),
        finance: z.boolean().default(true),
        stock: z.boolean().default(false),
        conversations: z.boolean().default(false),
        audit: z.boolean().default(false),
        podiatrists: z.boolean().default(false),
        users: z.enum(['keep', 'deactivate', 'remove']).default('keep'),
      })
      .strict()
      .prefault({}),
    /** Ids of the users who stay; null is the guide's list. The administrator who runs it always stays. */
    keepUsers: z.array(idSchema).max(1000).nullable().default(null),
    /** Ids of real patients, who stay with everything of theirs. */
    keepPatients: z.array(idSchema).max(5000).default([]),
    tables: z.record(tableKeySchema, tableDecisionSchema).default({}),
    guard: z
      .object({ fiscal: guardDecision, consent: guardDecision, future: guardDecision, recent: guardDecision })
      .strict()
      .prefault({}),
    /** Days back that count as recent activity. */
    recentDays: z.number().int().min(1).max(730).default(30),
    /** Starts the numbering of emptied tables anew. Off: an old number never names a new patient. */
    restartIdentities: z.boolean().default(false),
  })
  .strict()
export type Decisions = z.infer<typeof decisionsSchema>
export type Scope = keyof Decisions['scopes']

export const planCleanupSchema = z.object({ decisions: decisionsSchema }).strict()
export const savePlanSchema = z.object({ decisions: decisionsSchema, form: z.enum(['json', 'text']) }).strict()
export const rehearseCleanupSchema = z
  .object({
    decisions: decisionsSchema,
    /** Whoever owns the tables; null is the role of the profile. Held in memory for this job only. */
    owner: z
      .object({
        user: z.string().trim().min(1).max(63).regex(withoutNul),
        password: z.string().min(1).max(1024).regex(withoutNul),
      })
      .strict()
      .nullable(),
  })
  .strict()
export const rehearsalReferenceSchema = z.object({ id: z.uuid() }).strict()
/** One character is enough: it may be the number of a patient. */
export const searchPatientsSchema = z.object({ text: z.string().trim().min(1).max(80).regex(withoutNul) }).strict()

export type Verdict = 'keep' | 'delete' | 'deleteRows' | 'clearColumns' | 'ask'

/** Why a table has its verdict; the page owns the words (`cleanup.reason.<code>`). */
export type ReasonCode =
  | 'scope'
  | 'mustPoint'
  | 'decidedDelete'
  | 'decidedKeep'
  | 'decidedClear'
  | 'notInScope'
  | 'pointsAtDeleted'
  | 'unknownHangs'
  | 'cascades'
  | 'staff'
  | 'staffSatellite'
  | 'unknown'
  | 'foreign'

export interface Reference {
  readonly constraint: string
  readonly columns: readonly string[]
  /** The table pointed at, by its key. */
  readonly to: string
}

export interface ClearedReference extends Reference {
  readonly rows: number
  /** Generated columns that follow. */
  readonly follow: readonly string[]
}

export interface PlannedTable {
  /** `schema.table`, quoted where PostgreSQL would. */
  readonly key: string
  readonly schema: string
  readonly name: string
  readonly group: Scope | 'satellite' | 'settings' | 'unknown'
  readonly known: boolean
  readonly verdict: Verdict
  readonly reason: { readonly code: ReasonCode; readonly params: ErrorParams }
  /** From this table to the one whose deletion takes its rows along, reference by reference. */
  readonly path: readonly Reference[]
  /** Null when the role may not read the table. */
  readonly rows: number | null
  readonly deleted: number
  readonly cleared: readonly ClearedReference[]
  /** User triggers that would fire on what is done here, and will not. */
  readonly triggersHeld: readonly string[]
}

/** A table about which a person must decide before anything can run. */
export interface Question {
  readonly table: string
  readonly reason: Extract<ReasonCode, 'unknownHangs' | 'cascades'>
  readonly references: readonly (Reference & { readonly onDelete: DeleteAction; readonly required: boolean })[]
  readonly rows: number
  readonly options: readonly TableDecision[]
  readonly decided: TableDecision | null
}
export type DeleteAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault'

/** Rows that look like those of real patients. */
export interface GuardSignal {
  readonly name: GuardName
  readonly rows: number
  readonly patients: number
  readonly decided: 'keep' | 'delete' | null
}

export interface CleanupUser {
  readonly id: string
  readonly userName: string
  readonly fullName: string
  readonly email: string | null
  readonly roleName: string | null
  readonly active: boolean
}

export interface StaffPlan {
  readonly kept: readonly CleanupUser[]
  readonly removed: readonly CleanupUser[]
  /** Those whom a kept row needs, or whom the person chose to deactivate. */
  readonly deactivated: readonly CleanupUser[]
  /** Names of the guide's list that this clinic does not have. */
  readonly missing: readonly string[]
  /** Ids asked to be kept that do not exist. */
  readonly unknownIds: readonly string[]
  /** Whether the keep list is the guide's, not a person's. */
  readonly byDefault: boolean
}

export type RefusalCode =
  | 'NOT_OWNER'
  | 'RIGHT_MISSING'
  | 'SCHEMA_CLOSED'
  | 'ROWS_HIDDEN'
  | 'RULE_IN_THE_WAY'
  | 'READ_ONLY'
  | 'REPLICA_ROLE'
  | 'CHECKS_DISABLED'
  | 'FOREIGN_PARTITION'
  | 'TEMPORAL_KEY'
  | 'NO_REPLICA_IDENTITY'
  | 'NO_TEMPORARY_TABLES'
  | 'NO_STAFF'
  | 'TABLE_NOT_PLAIN'

/** Something that keeps the cleanup from running, and what would have to change. */
export interface Refusal {
  readonly code: RefusalCode
  readonly params: ErrorParams
}

export type NoteCode =
  | 'triggersHeld'
  | 'published'
  | 'eventTriggers'
  | 'recreatedKeys'
  | 'noKey'
  | 'staleView'
  | 'patientsNeeded'
  | 'patientsUnknown'
  | 'cannotDeactivate'

export interface Note {
  readonly code: NoteCode
  readonly params: ErrorParams
}

/** What stays behind although it may speak of patients. */
export interface Residue {
  readonly personal: readonly { readonly table: string; readonly columns: readonly string[]; readonly rows: number }[]
  /** Columns without a foreign key whose values name rows that will not be there. */
  readonly nowhere: readonly { readonly table: string; readonly column: string; readonly rows: number }[]
  readonly files: { readonly rows: number; readonly bytes: number | null } | null
  readonly staleViews: readonly string[]
}

export interface CleanupTotals {
  readonly deletedRows: number
  readonly deletedTables: number
  readonly keptRows: number
  readonly keptTables: number
  readonly clearedColumns: number
  readonly clearedTables: number
  readonly patients: number
}

export interface CleanupPlan {
  /** SHA-256 over the catalogue of what is touched, the decisions and the counts. */
  readonly hash: string
  readonly database: string
  readonly serverVersion: string
  readonly role: string
  readonly decisions: Decisions
  readonly tables: readonly PlannedTable[]
  readonly questions: readonly Question[]
  readonly guard: readonly GuardSignal[]
  readonly staff: StaffPlan
  readonly residue: Residue
  readonly refusals: readonly Refusal[]
  readonly notes: readonly Note[]
  readonly totals: CleanupTotals
  /** Whether every question has its answer; the refusals of a role are another matter. */
  readonly decided: boolean
  readonly sessions: readonly OtherSession[]
}

/** What every session of this program calls itself on the server (`application_name`). */
export const ourApplication = 'podoskin-admin'

/** Another session connected to the same database. */
export interface OtherSession {
  readonly application: string
  readonly user: string | null
  /** Null where the role may not see it. */
  readonly state: string | null
  readonly client: string | null
  readonly count: number
}

export const cleanupPhases = ['lock', 'count', 'empty', 'verify'] as const
export type CleanupPhase = (typeof cleanupPhases)[number] | 'rollback' | 'read' | 'load' | 'rebuild' | RunPhase
export type RunPhase = 'export' | 'reread' | 'proof' | 'commit' | 'after'

export interface RehearsedTable {
  readonly key: string
  readonly before: number
  readonly deleted: number
  readonly cleared: number
  readonly after: number
}

/** A patient as far as one may be shown: initials, never the name. */
export interface MaskedPatient {
  readonly id: string
  readonly name: string
  readonly birthYear: number | null
}

export interface RehearsalResult {
  readonly plan: CleanupPlan
  readonly tables: readonly RehearsedTable[]
  readonly phases: readonly { readonly phase: CleanupPhase; readonly milliseconds: number }[]
  readonly milliseconds: number
  /** For how long nobody else could write. */
  readonly lockedMilliseconds: number
  readonly recreatedKeys: number
  readonly keptFingerprints: number
  readonly samples: readonly MaskedPatient[]
}

export interface FoundPatient extends MaskedPatient {
  readonly lastAppointment: string | null
}
