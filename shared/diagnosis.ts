import { z } from 'zod'
import { isLoopback, profileIdSchema } from './connection.ts'

/** What a person at the front desk would say, in the order of the page. */
export const symptoms = [
  'cannotLogIn',
  'refused',
  'noAnswer',
  'password',
  'certificate',
  'databaseMissing',
  'privileges',
  'poolExhausted',
  'library',
  'slow',
  'stuck',
  'zeros',
  'backendDown',
  'everything',
] as const
export type Symptom = (typeof symptoms)[number]

/** What can be looked at, each resting on those before it. */
export const probeIds = [
  'profile',
  'name',
  'port',
  'service',
  'protocol',
  'tls',
  'login',
  'database',
  'schema',
  'privileges',
  'slots',
  'sessions',
  'locks',
  'pool',
  'speed',
  'indexes',
  'staff',
  'figures',
  'backend',
  'packages',
] as const
export type ProbeId = (typeof probeIds)[number]

/** Everything that can be found to be the matter; the page has words and a next step for each. */
export const causes = [
  'noProfile',
  'hostNotFound',
  'portRefused',
  'serviceStopped',
  'portTimeout',
  'networkUnreachable',
  'notPostgres',
  'silentServer',
  'serverStarting',
  'serverStopping',
  'tlsNotOffered',
  'tlsRequired',
  'certificateExpired',
  'certificateNotYetValid',
  'certificateExpiring',
  'certificateWrongHost',
  'certificateUntrusted',
  'caFileUnreadable',
  'plainLink',
  'plainPassword',
  'passwordMissing',
  'passwordWrong',
  'accessNotConfigured',
  'databaseMissing',
  'connectDenied',
  'notAClinic',
  'schemaElsewhere',
  'schemaDenied',
  'tablesDenied',
  'serverTooOld',
  'slotsFull',
  'slotsTight',
  'leakedSessions',
  'slowSessions',
  'blockedSessions',
  'ourPoolLeaks',
  'ourPoolExhausted',
  'slowLink',
  'indexesMissing',
  'noActiveUsers',
  'emptyClinic',
  'noRecentAppointments',
  'rowSecurity',
  'backendDown',
  'backendSilent',
  'backendErrors',
  'backendCertificate',
  'backendUnreachable',
  'packageMissing',
  'packageOld',
  'unexpected',
] as const
export type Cause = (typeof causes)[number]

/** What a probe has to say when it found nothing wrong, or could not find out. */
export const notes = [
  'fine',
  'notReached',
  'resolved',
  'portOpen',
  'localSocket',
  'serviceRunning',
  'serviceElsewhere',
  'serviceUnknown',
  'postgres',
  'tlsProven',
  'tlsUnverified',
  'tlsOff',
  'loggedIn',
  'databaseOpen',
  'schemaFound',
  'readable',
  'slotsFree',
  'sessionsClean',
  'sessionsHidden',
  'noLocks',
  'poolClean',
  'poolClosed',
  'quick',
  'indexesPresent',
  'indexesUnknown',
  'staffActive',
  'dataThere',
  'backendUp',
  'backendUnknown',
  'packagesFound',
  'packagesUnknown',
] as const
export type Note = (typeof notes)[number]

/** Values for the words: names of the connection, counts, dates; never a secret, never a patient's. */
export type Facts = Readonly<Record<string, string | number>>

export interface ProbeResult {
  readonly id: ProbeId
  /** `skipped` rests on something that failed; `notVerifiable` could not have failed, and so proves nothing. */
  readonly status: 'waiting' | 'running' | 'passed' | 'failed' | 'warning' | 'notVerifiable' | 'skipped'
  readonly cause: Cause | null
  readonly note: Note | null
  readonly facts: Facts
  readonly milliseconds: number | null
}

/** Where a command is typed. */
export type Place = 'server' | 'workstation' | 'backend'
export const systems = ['windows', 'macos', 'linux'] as const
export type System = (typeof systems)[number]

/** One command that may be copied; `system` is null where it is the same everywhere. */
export interface Command {
  readonly system: System | null
  readonly place: Place
  readonly text: string
}

/** Where the page can lead for the next step. */
export type NextPage = 'connection' | 'monitoring' | 'settings' | null

/**
 * What it comes down to. `found`: this is the matter, and this is the next step. `clear`: everything that was looked at is
 * well. `unproven`: nothing bad was found, but something could not be looked at.
 */
export interface Verdict {
  readonly kind: 'found' | 'clear' | 'unproven'
  readonly cause: Cause | null
  readonly facts: Facts
  readonly commands: readonly Command[]
  readonly page: NextPage
  /** The cause of the time before that is no longer there; null when there was none, or it still is. */
  readonly solved: Cause | null
}

export interface Diagnosis {
  readonly id: string
  readonly symptom: Symptom
  readonly probes: readonly ProbeResult[]
  /** Null while probes wait. */
  readonly verdict: Verdict | null
  /** The system of this workstation, whose commands are shown first. */
  readonly system: System
}

/** Where the backend answers: https, or this very machine; without credentials. */
export const backendUrlSchema = z
  .string()
  .trim()
  .max(300)
  .refine(isBackendUrl, { params: { rule: 'backendUrl' } })

function isBackendUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hostname, search, hash } = new URL(text)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

export const startDiagnosisSchema = z
  .object({
    symptom: z.enum(symptoms),
    /** The profile to look at; null is the one in use, or the one used last. */
    profile: profileIdSchema.nullable(),
    backendUrl: backendUrlSchema.nullable(),
    /** The cause that was found the time before, to say whether it is solved. */
    before: z.enum(causes).nullable(),
  })
  .strict()
export type StartDiagnosis = z.infer<typeof startDiagnosisSchema>

export const diagnosisReferenceSchema = z.object({ id: z.uuid() }).strict()

/** One file of the support bundle, as it will be in the zip. */
export interface BundleFile {
  readonly name: string
  readonly text: string
}

/** What would be sent to support: what the person reads here is, to the letter, what is saved. */
export interface BundlePreview {
  readonly id: string
  readonly files: readonly BundleFile[]
}

export interface ConnectionDemand {
  readonly workstations: number
  /** The most connections that one of our pools opens. */
  readonly ours: number
  readonly workers: number
  /** The backend's `max_size`. */
  readonly theirs: number
  /** Connections kept free for consoles, backups and other programs. */
  readonly spare: number
}

export interface ConnectionBudget {
  readonly needed: number
  readonly available: number
  readonly fits: boolean
  /** The largest `max_size` of the backend that still fits; 0 when not even one connection does. */
  readonly mostTheirs: number
  /** The `max_connections` that would be enough as it stands. */
  readonly enough: number
}

/** workstations × ours + workers × theirs + spare, against max_connections − reserved. */
export function connectionBudget(
  demand: ConnectionDemand,
  server: { max: number; reserved: number },
): ConnectionBudget {
  const { workstations, ours, workers, theirs, spare } = demand
  const needed = workstations * ours + workers * theirs + spare
  const available = server.max - server.reserved
  const left = available - workstations * ours - spare
  return {
    needed,
    available,
    fits: needed <= available,
    mostTheirs: workers === 0 ? 0 : Math.max(0, Math.floor(left / workers)),
    enough: needed + server.reserved,
  }
}
