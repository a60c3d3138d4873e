import type { Database } from '#electron/database/database.ts'
import type {
  BackendSettings,
  CheckId,
  CheckResult,
  CheckStatus,
  Evidence,
  ExpiryReason,
  GuideItem,
  GuideStep,
  Hint,
  OutcomeStatus,
  Severity,
} from '#shared/deployment.ts'

/** What a probe found. Evidence, hints and lines are stored and printed: no secret, nothing of a patient. */
export interface CheckOutcome {
  readonly status: OutcomeStatus
  readonly evidence: readonly Evidence[]
  readonly hint?: Hint | null
  /** What the probe printed, at most sixty lines. */
  readonly lines?: readonly string[]
}

/** The connection in use, as the evidence needs it; no password. */
export interface ProfileFacts {
  readonly id: string
  readonly name: string
  readonly environment: 'testing' | 'production'
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly pool: { readonly warm: number; readonly max: number }
}

/** What every probe may use. */
export interface CheckContext {
  readonly profile: ProfileFacts
  /** The open database. Throws `NOT_CONNECTED`. */
  database(): Database
  /** IANA zone of the clinic. */
  readonly zone: string
  readonly backend: BackendSettings
  /** The backend's credentials, from memory; null when nobody gave any. Never to be stored, logged or returned. */
  readonly credentials: { readonly user: string; readonly password: string } | null
  /** How another check stands now, also after its run in this very job. */
  standing(id: CheckId): { readonly status: CheckStatus; readonly result: CheckResult | null }
  /** Milliseconds since the epoch. */
  now(): number
}

export interface CheckControl {
  /** Aborted when a person cancels: the probe then throws `AppError('CANCELLED')` as soon as it can. */
  readonly signal: AbortSignal
  /** Part of this check that is done, from 0 to 1. */
  report(share: number): void
}

/** What makes evidence worthless beside its age: `backend` is its settings, its sources or its `.env`. */
export interface Expiry {
  readonly days: number
  readonly on: readonly Exclude<ExpiryReason, 'age'>[]
}

/** One week, and whatever changes the connection: what most evidence of the database rests on. */
export const databaseExpiry: Expiry = { days: 7, on: ['profile', 'schema', 'server'] }
/** One week, and whatever changes the backend. */
export const backendExpiry: Expiry = { days: 7, on: ['profile', 'backend'] }

/**
 * One line of the checklist. Its words are `check.<id>` in `checks.json`. On a `required` check only passed,
 * signed, waived and not applicable count: a warning stands in the way until a person accepts it with a reason.
 */
export interface Check {
  readonly id: CheckId
  readonly step: GuideStep
  readonly item: GuideItem
  readonly severity: Severity
  readonly expires: Expiry
  /** Whether a person may sign it by hand while the program cannot verify it. */
  readonly signable: boolean
  /** Whether a person may decide that it does not apply here. */
  readonly mayNotApply: boolean
  /**
   * Looks, and says what it saw. An `AppError` that it throws becomes `notVerifiable` with the error's code as
   * evidence, so a probe throws only when it could not look. It changes nothing anywhere.
   */
  probe(context: CheckContext, control: CheckControl): Promise<CheckOutcome>
}

/** A measured value, in short. */
export function measured(key: Evidence['key'], kind: Evidence['kind'], value: Evidence['value']): Evidence {
  return { key, kind, value }
}

/** What to do now, in short. */
export function hint(code: Hint['code'], params: Hint['params'] = {}, command: string | null = null): Hint {
  return { code, params, command }
}
