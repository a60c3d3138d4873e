import { z } from 'zod'
import type { Log } from '#electron/log.ts'
import { type Language, type Settings, settingsSchema } from '#shared/settings.ts'

/** The form of the file that this version writes. */
export const currentVersion = 1

const fileSchema = z.looseObject({ schemaVersion: z.number().int().min(0).default(0) })

/** Turns a file of version N into one of version N + 1; the first form carried no version. */
const migrations: readonly ((stored: Record<string, unknown>) => Record<string, unknown>)[] = [(stored) => stored]

/** The preferences of a first start. */
export function defaultSettings(language: Language): Settings {
  return settingsSchema.parse({ language })
}

/**
 * Reads preferences that this or another version stored: older ones are migrated, and a single value that
 * is no longer allowed falls back to its default instead of losing the others. Throws when it is no object.
 */
export function readStored(value: unknown, log: Log): Settings {
  let stored: Record<string, unknown> & { schemaVersion: number } = fileSchema.parse(value)
  for (const migrate of migrations.slice(stored.schemaVersion)) {
    stored = { ...migrate(stored), schemaVersion: stored.schemaVersion + 1 }
  }
  const settings: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const read = schema.safeParse(stored[name])
    if (!read.success) log.warn('settings.valueRefused', { name })
    settings[name] = read.success ? read.data : schema.parse(undefined)
  }
  return settingsSchema.parse(settings)
}
