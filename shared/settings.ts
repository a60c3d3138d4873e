import { z } from 'zod'

/**
 * Preferences of this workstation, the same for every connection. `schemaVersion` lets later versions
 * migrate older files; nothing secret is ever stored here.
 */
export const settingsSchema = z
  .object({
    language: z.enum(['es', 'en']).default('es'),
    appearance: z.enum(['system', 'light', 'dark']).default('system'),
    /** Minutes without activity before the session locks. */
    idleMinutes: z.number().int().min(1).max(60).default(10),
    /** Seconds between two refreshes of the dashboard; 0 pauses. */
    refreshSeconds: z.union([z.literal(0), z.number().int().min(15).max(3600)]).default(60),
    /** Whether the system tells of sessions that became critical while another program is in front. */
    notifications: z.boolean().default(true),
  })
  .strict()

export type Settings = z.infer<typeof settingsSchema>
export type Language = Settings['language']

/** A change of some preferences; what is left out stays as it is. */
export const settingsChangeSchema = z
  .object({
    language: settingsSchema.shape.language.removeDefault(),
    appearance: settingsSchema.shape.appearance.removeDefault(),
    idleMinutes: settingsSchema.shape.idleMinutes.removeDefault(),
    refreshSeconds: settingsSchema.shape.refreshSeconds.removeDefault(),
    notifications: settingsSchema.shape.notifications.removeDefault(),
  })
  .partial()
  .strict()
export type SettingsChange = z.infer<typeof settingsChangeSchema>
