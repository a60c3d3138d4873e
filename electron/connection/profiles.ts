import { z } from 'zod'
import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import { profileFieldsSchema, profileIdSchema } from '#shared/connection.ts'
import { AppError } from '#shared/errors.ts'

const MOST_PROFILES = 100

const storedProfileSchema = profileFieldsSchema.extend({
  id: profileIdSchema,
  /** Whether the keychain was given the password; asking it each time could hang. */
  passwordStored: z.boolean(),
})
const fileSchema = z.object({
  schemaVersion: z.literal(1),
  lastUsedId: profileIdSchema.nullable(),
  profiles: z.array(storedProfileSchema).max(MOST_PROFILES),
})

/** A profile as the file has it: everything but the password. */
export type StoredProfile = z.infer<typeof storedProfileSchema>

export interface Profiles {
  list(): readonly StoredProfile[]
  find(id: string): StoredProfile | null
  lastUsedId(): string | null
  /** Throws `INVALID_INPUT` when there are a hundred already. */
  assertRoom(): void
  /** Adds or replaces. Throws `SETTINGS_NOT_SAVED` when the disk refuses; until the app closes it holds anyway. */
  put(profile: StoredProfile): Promise<void>
  remove(id: string): Promise<void>
  /** Remembers the profile for the next start; a disk that refuses is only logged. */
  use(id: string): Promise<void>
}

/** The connection profiles of this workstation. A damaged file is set aside; its last good copy is used, or none. */
export function openProfiles({ file, log }: { file: string; log: Log }): Profiles {
  const store = openJsonFile({ file, name: 'connections', parse: fileSchema.parse, log })
  const stored = store.read()
  let profiles: readonly StoredProfile[] = stored?.profiles ?? []
  let lastUsedId = stored?.lastUsedId ?? null

  const save = () => store.write({ schemaVersion: 1, lastUsedId, profiles: [...profiles] })

  async function saveOrSay(): Promise<void> {
    try {
      await save()
    } catch (error) {
      throw new AppError('SETTINGS_NOT_SAVED', {}, { cause: error })
    }
  }

  return {
    list: () => profiles,
    find: (id) => profiles.find((profile) => profile.id === id) ?? null,
    lastUsedId: () => (profiles.some(({ id }) => id === lastUsedId) ? lastUsedId : null),
    assertRoom() {
      if (profiles.length >= MOST_PROFILES) throw new AppError('INVALID_INPUT', { reason: 'tooManyProfiles' })
    },
    async put(profile) {
      const known = profiles.some(({ id }) => id === profile.id)
      profiles = known ? profiles.map((one) => (one.id === profile.id ? profile : one)) : [...profiles, profile]
      await saveOrSay()
    },
    async remove(id) {
      profiles = profiles.filter((profile) => profile.id !== id)
      if (lastUsedId === id) lastUsedId = null
      await saveOrSay()
    },
    async use(id) {
      if (lastUsedId === id) return
      lastUsedId = id
      await save().catch(() => log.warn('connection.lastUsedNotSaved'))
    },
  }
}
