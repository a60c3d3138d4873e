import type { Database } from '#electron/database/database.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import type { ProfileFields } from '#shared/connection.ts'
import type { Cause, Facts, Note, ProbeId } from '#shared/diagnosis.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionsView } from '#shared/monitoring-sessions.ts'
import type { Attempt } from './attempt.ts'

/** What one probe found. */
export interface Finding {
  readonly status: 'passed' | 'failed' | 'warning' | 'notVerifiable' | 'skipped'
  readonly cause: Cause | null
  readonly note: Note | null
  readonly facts: Facts
}

/** How a profile reaches its server, with the password that is known. */
export interface Reach {
  readonly profile: ProfileFields
  /** Throws `CA_FILE_UNREADABLE`. */
  options(): Promise<DatabaseOptions>
}

/** What the probes are handed by `electron/main.ts`. */
export interface ProbeParts {
  /** The connection that the app works with; throws `NOT_CONNECTED`. */
  readonly database: () => Database
  /** A look at the server's sessions. */
  readonly lookAtSessions: (database: Database) => Promise<SessionsView>
  /** How many advised indexes are missing; null where nobody knows. */
  readonly missingIndexes: () => Promise<number | null>
  /** The backend's packages by their normalised name; null where its folder is not known. */
  readonly backendPackages: () => Promise<ReadonlyMap<string, string> | null>
  readonly platform: NodeJS.Platform
}

/** What the probes of one run share. */
export interface Scene extends ProbeParts {
  readonly reach: Reach | null
  readonly backendUrl: string | null
  /** The one login of the run, made by whoever asks first. */
  readonly attempt: () => Promise<Attempt>
  /** What the probes before found. */
  readonly findings: ReadonlyMap<ProbeId, Finding>
}

export type Probe = (scene: Scene) => Promise<Finding>

export const passed = (note: Note, facts: Facts = {}): Finding => ({ status: 'passed', cause: null, note, facts })
export const failed = (cause: Cause, facts: Facts = {}): Finding => ({ status: 'failed', cause, note: null, facts })
export const warned = (cause: Cause, facts: Facts = {}): Finding => ({ status: 'warning', cause, note: null, facts })
export const unproven = (note: Note, facts: Facts = {}): Finding => ({
  status: 'notVerifiable',
  cause: null,
  note,
  facts,
})
export const skipped = (): Finding => ({ status: 'skipped', cause: null, note: 'notReached', facts: {} })

/** Milliseconds that a step on the network may take. */
export const patience = 3_000

/** The place of a profile, for the words. */
export function placeOf({ host, port, database, user }: ProfileFields): Facts {
  return { host, port, database, user }
}

/** The profile, for probes that run only when there is one. */
export function profileOf({ reach }: Scene): ProfileFields {
  if (reach === null) throw new AppError('NOT_CONNECTED')
  return reach.profile
}
