import { z } from 'zod'
import type words from './locales/es/checks.json'
import type { LogSource } from './monitoring-log.ts'

/** The guide's six steps, and the eight items of its final checklist, in its order. */
export const guideSteps = [1, 2, 3, 4, 5, 6] as const
export type GuideStep = (typeof guideSteps)[number]
export const guideItems = [
  'dependencies',
  'environment',
  'pool',
  'cleanup',
  'backend',
  'dashboard',
  'leaks',
  'metrics',
] as const
export type GuideItem = (typeof guideItems)[number]

/** Every check there is, in the order in which they stand on the page and run: what rests on another comes after it. */
export const checkIds = [
  'dependencies',
  'database',
  'environment',
  'poolTest',
  'databaseSlots',
  'poolSource',
  'backendPoolTest',
  'cleanup',
  'publishedPasswords',
  'backendUp',
  'backendDatabase',
  'backendMode',
  'dashboardErrors',
  'dashboardSpeed',
  'dashboardFigures',
  'logMessages',
  'logErrors',
  'ownFigures',
  'webCharts',
  'successFigures',
] as const
export const checkIdSchema = z.enum(checkIds)
export type CheckId = z.infer<typeof checkIdSchema>

/** A value that was measured is named by its word in `checks.json`: a new one begins there. */
export type EvidenceKey = keyof typeof words.evidence
export type HintCode = Counted<keyof typeof words.hint>
/** Words that depend on a `count` are there once for each form of the language. */
type Counted<K> = K extends `${infer Base}_${'one' | 'many' | 'other'}` ? Base : K
// Every check has its words, and no words are without a check.
true satisfies [CheckId] extends [keyof typeof words.check] ? true : never
true satisfies [keyof typeof words.check] extends [CheckId] ? true : never

/**
 * What a measured value is, so that it is written as that: seconds since the epoch for `moment`, a fraction for
 * `percent`, how another check stands for `status`, a code of `errors.ts` for `errorCode`.
 */
export const evidenceKinds = [
  'text',
  'integer',
  'milliseconds',
  'percent',
  'yesNo',
  'moment',
  'list',
  'status',
  'errorCode',
] as const
const measuredSchema = z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(300)).max(60)])
export const evidenceSchema = z.object({
  key: z.string().max(60),
  kind: z.enum(evidenceKinds),
  value: measuredSchema.nullable(),
})
/** A measured value. Never a secret, never anything of a patient: it is stored and printed. */
export interface Evidence {
  readonly key: EvidenceKey
  readonly kind: (typeof evidenceKinds)[number]
  /** Null is "could not be measured". */
  readonly value: string | number | boolean | readonly string[] | null
}

/** What to do now: its words, their values, and a command to copy where there is one. */
export interface Hint {
  readonly code: HintCode
  readonly params: Readonly<Record<string, string | number>>
  readonly command: string | null
}
export const hintSchema = z.object({
  code: z.string().max(60),
  params: z.record(z.string().max(40), z.union([z.string().max(500), z.number()])),
  command: z.string().max(2_000).nullable(),
})

/**
 * What a probe may find. `notVerifiable` is a check that could not have failed: grey, never green.
 * `notApplicable` from a probe is a fact (another driver is in use), from a person a decision.
 */
export const outcomeStatuses = ['passed', 'failed', 'warning', 'notVerifiable', 'notApplicable'] as const
export type OutcomeStatus = (typeof outcomeStatuses)[number]
/** What a check stands at, with the decisions of persons and the age of its evidence taken into account. */
export type CheckStatus = OutcomeStatus | 'signed' | 'waived' | 'expired' | 'pending'

/** Statuses that let a check count as verified. */
export const greenStatuses: readonly CheckStatus[] = ['passed', 'signed', 'waived', 'notApplicable']

/** Why evidence no longer counts. */
export const expiryReasons = ['age', 'profile', 'schema', 'server', 'backend'] as const
export type ExpiryReason = (typeof expiryReasons)[number]

/** `required` stands between the clinic and its certificate; `advised` is shown and printed and blocks nothing. */
export type Severity = 'required' | 'advised'

export interface CheckResult {
  readonly status: OutcomeStatus
  readonly evidence: readonly Evidence[]
  readonly hint: Hint | null
  /** What the probe printed, line by line, such as the guide's "✅ Query 1: 4 usuarios". */
  readonly lines: readonly string[]
  /** Seconds since the epoch. */
  readonly at: number
  readonly milliseconds: number
}

export const decisionKinds = ['signed', 'waived', 'notApplicable'] as const
export type DecisionKind = (typeof decisionKinds)[number]
export interface Decision {
  readonly kind: DecisionKind
  /** Full name and user name of who decided, as the clinic's database has them. */
  readonly by: string
  readonly reason: string
  readonly at: number
}

export interface HistoryEntry {
  readonly at: number
  readonly kind: 'ran' | 'signed' | 'waived' | 'notApplicable' | 'cleared'
  /** What it found, for a run. */
  readonly status: OutcomeStatus | null
  readonly by: string
  readonly reason: string
}

export interface CheckState {
  readonly id: CheckId
  readonly step: GuideStep
  readonly item: GuideItem
  readonly severity: Severity
  readonly status: CheckStatus
  readonly result: CheckResult | null
  /** Why the result, or the signature, no longer counts. */
  readonly expired: readonly ExpiryReason[]
  /** When the evidence will be too old, in seconds since the epoch; null without evidence. */
  readonly expiresAt: number | null
  readonly decision: Decision | null
  /** A waiver that was given for another result than the one there is now, and so says nothing. */
  readonly staleWaiver: boolean
  /** Which decisions a person may take now. */
  readonly may: { readonly sign: boolean; readonly waive: boolean; readonly notApplicable: boolean }
  /** Newest first. */
  readonly history: readonly HistoryEntry[]
}

/** An address of the clinic's backend: https, or http on this machine only, because a password is sent to it. */
export const backendUrlSchema = z
  .string()
  .trim()
  .max(300)
  .refine(isBackendUrl, { params: { rule: 'backendUrl' } })

/** Whether an address may be given credentials: https or loopback, without a name, a password, a query in it. */
export function isBackendUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const at = new URL(text)
  if (at.username + at.password + at.search + at.hash !== '') return false
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(at.hostname)
  return at.protocol === 'https:' || (at.protocol === 'http:' && loopback)
}

/** What this workstation knows of the clinic's backend. Folder and interpreter are chosen in the system's dialog. */
export const backendSettingsSchema = z.object({
  folder: z.string().max(1024).nullable(),
  /** The `venv` when it lies elsewhere than in the folder. */
  venv: z.string().max(1024).nullable(),
  url: backendUrlSchema.nullable(),
})
export type BackendSettings = z.infer<typeof backendSettingsSchema>
export const noBackend: BackendSettings = { folder: null, venv: null, url: null }

export interface DeploymentState {
  /** The connection that the evidence belongs to. */
  readonly profile: { readonly name: string; readonly environment: 'testing' | 'production'; readonly place: string }
  readonly checks: readonly CheckState[]
  readonly items: readonly { readonly item: GuideItem; readonly verified: boolean }[]
  readonly verified: number
  /** True when all eight items are verified: the guide's last line. */
  readonly ready: boolean
  readonly backend: BackendSettings
  /** Where its log is read, without folders; chosen here or in Monitoreo, it is the same. */
  readonly log: LogSource | null
  /** Whether the backend's credentials are held in memory until the app closes, and for whom. */
  readonly backendUser: string | null
  /** Whether the database answered when it was asked what the evidence rests on. */
  readonly basisKnown: boolean
}

const checkReference = { check: checkIdSchema }
const reason = z.string().trim().min(5).max(500)

export const runChecksSchema = z
  .object({ checks: z.array(checkIdSchema).min(1).max(checkIds.length).nullable() })
  .strict()
export const checkReferenceSchema = z.object(checkReference).strict()
export const decideCheckSchema = z.object({ ...checkReference, kind: z.enum(decisionKinds), reason }).strict()
export const backendPlaceNames = ['folder', 'venv'] as const
export type BackendPlace = (typeof backendPlaceNames)[number]
export const backendPlaceSchema = z.object({ place: z.enum(backendPlaceNames) }).strict()
/** The page types only what is no path: the address. */
export const saveBackendSchema = z.object({ url: backendUrlSchema.nullable() }).strict()
/** Held in memory until the app closes or another connection is opened; null forgets them. */
export const backendCredentialsSchema = z
  .object({
    credentials: z
      .object({ user: z.string().trim().min(1).max(254), password: z.string().min(1).max(1024) })
      .strict()
      .nullable(),
  })
  .strict()

/** The guide's last line. */
export const lastLine = '🎉 ¡Base de datos lista para producción!'

/** One check as the certificate has it. */
export interface CertifiedCheck {
  readonly id: CheckId
  readonly step: GuideStep
  readonly item: GuideItem
  readonly severity: Severity
  readonly status: CheckStatus
  /** Seconds since the epoch; null without evidence that counts. */
  readonly at: number | null
  /** What the probe found, also where a person decided otherwise. */
  readonly found: OutcomeStatus | null
  readonly evidence: readonly Evidence[]
  readonly lines: readonly string[]
  readonly decision: Decision | null
}

/** The go-live certificate: its code is computed from all of this (`docs/certificate.md`). */
export interface Certificate {
  readonly format: 'podoskin-certificate'
  readonly version: 1
  /** The version of this program. */
  readonly app: string
  readonly clinic: string
  readonly environment: 'testing' | 'production'
  readonly database: string
  readonly zone: string
  /** Civil time of the zone, `YYYY-MM-DDTHH:MM:SS`. */
  readonly issuedAt: string
  readonly issuedBy: string
  readonly verified: number
  readonly items: readonly { readonly item: GuideItem; readonly verified: boolean }[]
  readonly ready: boolean
  /** The required checks that do not count as verified. */
  readonly missing: readonly CheckId[]
  readonly checks: readonly CertifiedCheck[]
  readonly lastLine: typeof lastLine | null
}

/** A certificate that was issued, with its code, which names it when its file is saved. */
export interface IssuedCertificate {
  readonly certificate: Certificate
  readonly code: string
}
export const saveCertificateSchema = z.object({ code: z.string().regex(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/) }).strict()
