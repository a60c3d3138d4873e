import type { Database } from '#electron/database/database.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { openDatabase as openClinic } from '#electron/database/open.ts'
import type { Log } from '#electron/log.ts'
import type { ConnectionState, ProfileFields } from '#shared/connection.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { createCurrent } from './current.ts'
import { connectionDeadline, within } from './deadline.ts'
import { type DemoClinic, readDemo } from './demo.ts'
import { governedProfiles } from './governed.ts'
import { createHandlers } from './handlers.ts'
import { createKeychain, type Keychain } from './keychain.ts'
import { createPasswords } from './passwords.ts'
import { openProfiles, type StoredProfile } from './profiles.ts'
import { databaseOptions } from './target.ts'

const usualZone = 'America/Tijuana'
/** For one job, and for whoever watches its progress or cancels it. */
const ownerPool = { warm: 0, max: 3 } as const

export interface ConnectionOptions {
  readonly file: string
  readonly log: Log
  readonly keychain?: Keychain
  readonly openDatabase?: typeof openClinic
  /** The demo clinic, from source only; or the file that describes it. */
  readonly demo?: DemoClinic | null
  readonly demoFile?: string | undefined
  /** The connection that the machine's policy fixes; `locked` opens none; null leaves it to people. */
  readonly fixed?: ProfileFields | 'locked' | null
  /** Whether a person chose this very file to be read; by default every path is taken for chosen. */
  readonly mayImport?: (path: string) => boolean
}

/** A role that may change the clinic's tables, known for one job only. */
export interface OwnerCredentials {
  readonly user: string
  readonly password: string
}

export interface Connection {
  readonly handlers: HandlersOf<'connection'>
  /** The clinic's database. Throws `NOT_CONNECTED` while none is open. */
  database(): Database
  /**
   * A second connection to the clinic in use, as the owner whose credentials are given (null: the profile's own
   * role), for one job that closes it when it ends. The credentials are kept nowhere. Throws `NOT_CONNECTED`, and
   * what opening a database throws.
   */
  openOwner(owner: OwnerCredentials | null): Promise<Database>
  /**
   * How a profile reaches its server, with the password that is known: of the one in use, or used last, when none is
   * named; null when there is none. `options` throws `CA_FILE_UNREADABLE`.
   */
  reach(id: string | null): { readonly profile: ProfileFields; options(): Promise<DatabaseOptions> } | null
  /** What this workstation calls the clinic that is connected; empty without one. */
  name(): string
  /** The profile in use, without its password; null without one. */
  profile(): StoredProfile | null
  /** IANA zone of the clinic that is connected. */
  zone(): string
  state(): ConnectionState
  onChange(listener: (state: ConnectionState) => void): () => void
  /** Hears when another database, or none, takes the place of the one in use. */
  onDatabaseChange(listener: () => void): () => void
  /** Opens the demo, or the profile used last when its password is stored. Never throws. */
  reopen(): Promise<void>
  /** Closes the connection, waiting a moment for what still runs on it. */
  close(): Promise<void>
}

/** Connection profiles, their passwords, and the one connection to a clinic that is in use. */
export function createConnection(options: ConnectionOptions): Connection {
  const { file, log, openDatabase = openClinic, keychain = createKeychain({ log }), fixed = null } = options
  const offered = options.demo ?? (options.demoFile === undefined ? null : readDemo(options.demoFile, log))
  const demo = fixed === null ? offered : null
  const demoProfile: StoredProfile | null = demo && { ...demo.profile, passwordStored: true }
  const own = openProfiles({ file, log })
  const profiles = fixed === null ? own : governedProfiles(own, fixed)
  const passwords = createPasswords({ keychain, log })
  if (demo) void passwords.keep(demo.profile.id, demo.password)
  const listeners = new Set<(state: ConnectionState) => void>()
  const current = createCurrent({ log, changed })
  let currentId = profiles.lastUsedId()
  keychain.onChange(changed)

  const find = (id: string | null) => (id === null ? null : id === demoProfile?.id ? demoProfile : profiles.find(id))

  function state(): ConnectionState {
    const broken = keychain.failure()
    return {
      profiles: [
        ...profiles
          .list()
          .map((profile) => ({ ...profile, kind: fixed === null ? ('server' as const) : ('managed' as const) })),
        ...(demoProfile ? [{ ...demoProfile, kind: 'demo' as const }] : []),
      ],
      currentId,
      status: current.status(),
      failure: current.failure(),
      keychain: keychain.state(),
      ...(broken && { keychainFailure: broken }),
      demo: demo && { profileId: demo.profile.id, credentials: demo.credentials },
    }
  }

  function changed(): void {
    const now = state()
    for (const listener of listeners) listener(now)
  }

  async function connect(profile: ProfileFields, password: string | null): Promise<Database> {
    const target = await databaseOptions(profile, password, log)
    return within(connectionDeadline, openDatabase(target), (late) => void late.close(0).catch(() => undefined))
  }

  async function open(profile: StoredProfile, typed: string | null): Promise<void> {
    currentId = profile.id
    const isDemo = profile === demoProfile
    let why = {}
    try {
      await current.open(async () => {
        if (typed !== null) return connect(profile, typed)
        const found = await passwords.find(profile)
        why = found.why
        return connect(profile, found.password)
      })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      // What this run remembered is wrong: the next try asks for the password.
      if (error.code === 'AUTHENTICATION_FAILED' && !isDemo) passwords.drop(profile.id)
      if (error.code === 'PASSWORD_REQUIRED') throw new AppError(error.code, { ...error.params, ...why })
      throw error
    }
    if (isDemo) return
    if (typed !== null && fixed !== null) {
      // Nobody can edit this profile to say that its password shall be remembered.
      const passwordStored = await passwords.save({ profile, before: profile, typed, remember: true })
      await profiles.put({ ...profile, passwordStored }).catch(() => log.warn('connection.policyProfileNotSaved'))
    } else if (typed !== null) await passwords.keep(profile.id, typed, profile.passwordStored)
    await profiles.use(profile.id)
  }

  async function openOwner(owner: OwnerCredentials | null): Promise<Database> {
    const inUse = current.database()
    const profile = find(currentId)
    if (!profile) throw new AppError('NOT_CONNECTED')
    // Another role can have another search_path: it must land in the very schema that is on the screen.
    const schema = (await inUse.schema()).name
    const password = owner ? owner.password : (await passwords.find(profile)).password
    const database = await connect({ ...profile, user: owner?.user ?? profile.user, schema, pool: ownerPool }, password)
    if (current.holds(inUse)) return database
    await database.close(0).catch(() => undefined)
    throw new AppError('NOT_CONNECTED')
  }

  return {
    state,
    openOwner,
    reach(id) {
      const profile = find(id ?? currentId) ?? (id === null ? (demoProfile ?? find(profiles.lastUsedId())) : null)
      if (!profile) return null
      const options = async () => databaseOptions(profile, (await passwords.find(profile)).password, log)
      return { profile, options }
    },
    database: current.database,
    name: () => find(currentId)?.name ?? '',
    profile: () => find(currentId),
    zone: () => find(currentId)?.zone ?? usualZone,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onDatabaseChange: current.onDatabaseChange,
    close: current.close,
    async reopen() {
      const profile = demoProfile ?? find(profiles.lastUsedId())
      if (profile?.passwordStored) await open(profile, null).catch(() => undefined)
    },
    handlers: createHandlers({
      ...{ keychain, profiles, passwords, current, state, changed, find, connect, open },
      mayImport: options.mayImport ?? (() => true),
      isDemo: (id) => id === demoProfile?.id,
      governed: fixed !== null,
      currentId: () => currentId,
      forgetCurrent() {
        currentId = null
      },
    }),
  }
}
