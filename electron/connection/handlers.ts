import { randomUUID } from 'node:crypto'
import type { Database } from '#electron/database/database.ts'
import type { ConnectionState, ProfileFields } from '#shared/connection.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { CurrentConnection } from './current.ts'
import { connectionDeadline, within } from './deadline.ts'
import { parseEnv, readEnvFile } from './env-file.ts'
import type { Keychain } from './keychain.ts'
import type { Passwords } from './passwords.ts'
import type { Profiles, StoredProfile } from './profiles.ts'
import { adviseRoles } from './roles.ts'
import { sameConnection, sameTarget } from './target.ts'
import { reportOn } from './test-report.ts'

/** How long the first screen may wait for the keychain; a later answer is pushed (ms). */
const KEYCHAIN_PATIENCE = 300

export interface ConnectionParts {
  readonly keychain: Keychain
  readonly profiles: Profiles
  readonly passwords: Passwords
  readonly current: CurrentConnection
  state(): ConnectionState
  /** Pushes the state to who listens. */
  changed(): void
  find(id: string | null): StoredProfile | null
  isDemo(id: string): boolean
  /** Whether the machine's policy says where to connect: nobody adds, changes, removes or tries another place. */
  readonly governed: boolean
  mayImport(path: string): boolean
  currentId(): string | null
  forgetCurrent(): void
  connect(profile: ProfileFields, password: string | null): Promise<Database>
  open(profile: StoredProfile, typed: string | null): Promise<void>
}

/** What the page may ask of the connection. */
export function createHandlers(parts: ConnectionParts): HandlersOf<'connection'> {
  const { keychain, profiles, passwords, current, state, changed, find, isDemo, currentId, connect, open } = parts

  function found(id: string): StoredProfile {
    const profile = find(id)
    if (!profile) throw new AppError('NOT_FOUND', { what: 'profile' })
    return profile
  }

  /** A profile that a person made: the demo is neither changed nor removed. */
  function own(id: string): StoredProfile {
    if (isDemo(id)) throw new AppError('NOT_FOUND', { what: 'profile' })
    return found(id)
  }

  function assertFree(): void {
    if (parts.governed) throw new AppError('MANAGED_BY_POLICY')
  }

  async function passwordFor(profile: ProfileFields, stored: StoredProfile | null): Promise<string | null> {
    const imported = passwords.imported(profile)
    if (imported !== null || !stored || !sameTarget(stored, profile)) return imported
    return (await passwords.find(stored)).password
  }

  return {
    'connection.state': async () => {
      await within(KEYCHAIN_PATIENCE, keychain.probe()).catch(() => undefined)
      return state()
    },

    'connection.test': async ({ profile, id, password }) => {
      assertFree()
      const secret = password ?? (await passwordFor(profile, find(id)))
      const start = performance.now()
      const database = await connect(profile, secret)
      try {
        const left = connectionDeadline - (performance.now() - start)
        const report = await within(Math.max(left, 1), reportOn(database, profile))
        return { ...report, milliseconds: Math.round(performance.now() - start) }
      } finally {
        await database.close(0).catch(() => undefined)
      }
    },

    'connection.save': async ({ id, profile: fields, password, remember }) => {
      assertFree()
      const before = id === null ? null : own(id)
      const profile = { ...fields, id: id ?? randomUUID() }
      if (!before) profiles.assertRoom()
      const passwordStored = await passwords.save({ profile, before, typed: password, remember })
      const outdated =
        before?.id === currentId() &&
        current.status() !== 'closed' &&
        before !== null &&
        !sameConnection(before, fields)
      try {
        await profiles.put({ ...profile, passwordStored })
      } finally {
        if (outdated) await current.close()
        else changed()
      }
      return { ...profile, kind: 'server' }
    },

    'connection.remove': async ({ id }) => {
      assertFree()
      const profile = own(id)
      const isCurrent = id === currentId()
      if (isCurrent) await current.close()
      if (isCurrent) parts.forgetCurrent()
      await passwords.erase(profile)
      try {
        await profiles.remove(id)
      } finally {
        changed()
      }
    },

    'connection.open': async ({ id, password }) => {
      await open(found(id), password)
      return state()
    },

    'connection.close': async () => {
      await current.close()
      return state()
    },

    'connection.roles': () => adviseRoles(current.database()),

    'connection.importEnv': async ({ path }) => {
      assertFree()
      // Attack: a script in the page names a share on the network, and Windows greets it with the person's credentials.
      if (!parts.mayImport(path)) throw new AppError('NOT_FOUND', { what: 'env' })
      const { variables, ...said } = parseEnv(await readEnvFile(path))
      if (variables.length === 0) throw new AppError('INVALID_INPUT', { reason: 'noDatabaseInEnv' })
      const { password, database, user } = said
      const server = { host: said.host ?? 'localhost', port: said.port ?? 5432 }
      passwords.hold(password === null ? null : { ...server, database, user, password })
      return {
        fields: { ...server, database: database ?? '', user: user ?? '' },
        hasPassword: password !== null,
        variables,
      }
    },
  }
}
