import type { Log } from '#electron/log.ts'
import type { ProfileFields } from '#shared/connection.ts'
import { AppError, type ErrorParams } from '#shared/errors.ts'
import type { Keychain } from './keychain.ts'
import type { StoredProfile } from './profiles.ts'
import { sameTarget } from './target.ts'

/** An imported password and the database it belongs to; null where the file left it open. */
export interface ImportedPassword {
  readonly host: string
  readonly port: number
  readonly database: string | null
  readonly user: string | null
  readonly password: string
}

export interface SavedPassword {
  readonly profile: Pick<StoredProfile, 'id'> & ProfileFields
  /** The profile as it was; null for a new one. */
  readonly before: StoredProfile | null
  readonly typed: string | null
  readonly remember: boolean
}

/** Passwords of this run and of the keychain. None of them ever leaves main. */
export interface Passwords {
  /** The password of a profile; null when none is known, with the reason in `why` when the keychain failed. */
  find(profile: StoredProfile): Promise<{ readonly password: string | null; readonly why: ErrorParams }>
  /** Keeps a password until the app closes, in the keychain too when `store` says so. */
  keep(id: string, password: string, store?: boolean): Promise<void>
  /** Forgets what this run knows; the keychain keeps its own. */
  drop(id: string): void
  /**
   * Does with a saved profile's password what the person wants. Returns whether the keychain has it now. A
   * password is never carried over to another server or a weaker link.
   */
  save(saved: SavedPassword): Promise<boolean>
  /** Takes a password out of this run and of the keychain; a keychain that fails is only logged. */
  erase(profile: StoredProfile): Promise<void>
  /** Holds the password of an imported `.env` for the profile that will be made of it. */
  hold(imported: ImportedPassword | null): void
  /** The held password, for the very database that it belongs to. */
  imported(profile: ProfileFields): string | null
}

/** Looks passwords up in memory first, then in the keychain. */
export function createPasswords({ keychain, log }: { keychain: Keychain; log: Log }): Passwords {
  const kept = new Map<string, string>()
  let held: ImportedPassword | null = null

  async function find(profile: StoredProfile): ReturnType<Passwords['find']> {
    const known = kept.get(profile.id)
    if (known !== undefined || !profile.passwordStored) return { password: known ?? null, why: {} }
    try {
      return { password: await keychain.get(profile.id), why: {} }
    } catch (error) {
      return { password: null, why: error instanceof AppError ? { reason: error.code } : {} }
    }
  }

  async function store(id: string, password: string): Promise<boolean> {
    try {
      await keychain.set(id, password)
      return true
    } catch {
      return false
    }
  }

  async function erase(profile: StoredProfile): Promise<void> {
    kept.delete(profile.id)
    if (!profile.passwordStored) return
    await keychain.remove(profile.id).catch(() => log.warn('connection.passwordNotErased', { profile: profile.id }))
  }

  function imported({ host, port, database, user }: ProfileFields): string | null {
    if (held?.host !== host || held.port !== port) return null
    if (held.database !== null && held.database !== database) return null
    return held.user === null || held.user === user ? held.password : null
  }

  return {
    find,
    erase,
    imported,
    async keep(id, password, alsoStore = false) {
      kept.set(id, password)
      if (alsoStore) await store(id, password)
    },
    drop: (id) => void kept.delete(id),
    async save({ profile, before, typed, remember }) {
      const fresh = typed ?? imported(profile)
      const carried = before !== null && sameTarget(before, profile) ? before : null
      if (fresh === null && remember && carried?.passwordStored) return true

      const password = fresh ?? (carried && (await find(carried)).password)
      if (before) await erase(before)
      if (fresh !== null) held = null
      if (password === null) return false
      kept.set(profile.id, password)
      return remember && store(profile.id, password)
    },
    hold(one) {
      held = one
    },
  }
}
