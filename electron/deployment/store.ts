import { z } from 'zod'
import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import {
  type BackendSettings,
  backendSettingsSchema,
  decisionKinds,
  evidenceSchema,
  hintSchema,
  noBackend,
  outcomeStatuses,
} from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'

/** A profile that nobody verified for so many others is forgotten: the file stays small. */
const mostProfiles = 20
const mostHistory = 30

const moment = z.number().int().min(0)
/** What evidence rests on: a mark each, null where it could not be read. */
const basisSchema = z.object({
  profile: z.string().max(64),
  schema: z.string().max(64).nullable(),
  server: z.string().max(64).nullable(),
  backend: z.string().max(64).nullable(),
})
export type Basis = z.infer<typeof basisSchema>

const resultSchema = z.object({
  status: z.enum(outcomeStatuses),
  evidence: z.array(evidenceSchema).max(60),
  hint: hintSchema.nullable(),
  lines: z.array(z.string().max(400)).max(60),
  at: moment,
  milliseconds: z.number().min(0),
  basis: basisSchema,
})
const decisionSchema = z.object({
  kind: z.enum(decisionKinds),
  by: z.string().max(300),
  reason: z.string().max(500),
  at: moment,
  basis: basisSchema,
  /** The result that it was given for. */
  covers: z.enum(outcomeStatuses).nullable(),
})
const entrySchema = z.object({
  at: moment,
  kind: z.enum(['ran', 'cleared', ...decisionKinds]),
  status: z.enum(outcomeStatuses).nullable(),
  by: z.string().max(300),
  reason: z.string().max(500),
})
const storedCheckSchema = z.object({
  result: resultSchema.nullable(),
  decision: decisionSchema.nullable(),
  /** Oldest first. */
  history: z.array(entrySchema).max(mostHistory),
})
export type StoredCheck = z.infer<typeof storedCheckSchema>
type StoredEntry = z.infer<typeof entrySchema>

const storedProfileSchema = z.object({
  usedAt: moment,
  backend: backendSettingsSchema,
  checks: z.record(z.string().max(60), storedCheckSchema),
})
const fileSchema = z.object({
  schemaVersion: z.literal(1),
  profiles: z.record(z.uuid(), storedProfileSchema),
})
type StoredProfile = z.infer<typeof storedProfileSchema>

export interface DeploymentStore {
  check(profile: string, id: string): StoredCheck
  backend(profile: string): BackendSettings
  /** Changes one check and adds an entry to its history. Throws `SETTINGS_NOT_SAVED`; until the app closes it holds anyway. */
  changeCheck(
    profile: string,
    id: string,
    part: Partial<Omit<StoredCheck, 'history'>>,
    entry: StoredEntry,
  ): Promise<void>
  changeBackend(profile: string, backend: BackendSettings): Promise<void>
}

const nothing: StoredCheck = { result: null, decision: null, history: [] }

/**
 * The checklist's evidence, decisions and history, per connection profile. A damaged file is set aside; its last good
 * copy is used, or none: evidence that is lost is asked for again, it is never made up.
 */
export function openDeploymentStore({
  file,
  log,
  now,
}: {
  file: string
  log: Log
  now: () => number
}): DeploymentStore {
  const store = openJsonFile({ file, name: 'deployment', parse: fileSchema.parse, log })
  const profiles = new Map<string, StoredProfile>(Object.entries(store.read()?.profiles ?? {}))

  const find = (profile: string): StoredProfile =>
    profiles.get(profile) ?? { usedAt: 0, backend: noBackend, checks: {} }
  const checkOf = (profile: string, id: string) => {
    const { checks } = find(profile)
    return Object.hasOwn(checks, id) ? (checks[id] ?? nothing) : nothing
  }

  async function put(profile: string, part: Partial<StoredProfile>): Promise<void> {
    profiles.set(profile, { ...find(profile), ...part, usedAt: Math.floor(now() / 1000) })
    const kept = [...profiles].sort(([, a], [, b]) => b.usedAt - a.usedAt).slice(0, mostProfiles)
    try {
      await store.write({ schemaVersion: 1, profiles: Object.fromEntries(kept) })
    } catch (error) {
      throw new AppError('SETTINGS_NOT_SAVED', {}, { cause: error })
    }
  }

  return {
    check: checkOf,
    backend: (profile) => find(profile).backend,
    changeCheck(profile, id, part, entry) {
      const before = checkOf(profile, id)
      const history = [...before.history, entry].slice(-mostHistory)
      return put(profile, { checks: { ...find(profile).checks, [id]: { ...before, ...part, history } } })
    },
    changeBackend: (profile, backend) => put(profile, { backend }),
  }
}
