import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionState, SessionUser } from '#shared/session.ts'
import type { Settings } from '#shared/settings.ts'
import { createCredentials } from './credentials.ts'
import { createIdleWatch } from './idle.ts'
import { createLoginRecord } from './login-record.ts'
import type { checkPassword } from './password-hash.ts'
import { createThrottle } from './throttle.ts'
import { type ClinicUser, findById } from './users.ts'

/** Minutes that a password typed again opens the procedures that ask for it. */
const FRESH_MINUTES = 5

export type LockReason = Extract<SessionState, { status: 'locked' }>['reason']

export interface SessionOptions {
  readonly database: () => Database
  /** IANA zone of the clinic, for `ultimo_login`. */
  readonly zone: () => string
  readonly throttleFile: string
  readonly log: Log
  readonly settings: () => Settings
  readonly clock?: { now(): number }
  /** Checks a password; for tests that count the checks. */
  readonly check?: typeof checkPassword
}

export interface Session {
  readonly handlers: HandlersOf<'session'>
  /** Who is in, at this moment: an idle session is found locked even when its timer slept. */
  state(): SessionState
  /** Whether the password was typed again within the last five minutes. */
  isFresh(): boolean
  /** Hides the clinic until the password is typed; nothing when nobody is in. */
  lock(reason: LockReason): void
  /**
   * Reads the user again, before anything that writes. Throws `NOT_LOGGED_IN`, `SESSION_LOCKED`, and, ending
   * the session, `USER_INACTIVE` or `FORBIDDEN_ROLE` when the user may no longer.
   */
  recheck(): Promise<void>
  onChange(listener: (state: SessionState) => void): () => void
  /** Ends the session, and logins on their way: the connection changed or the app closes. */
  end(): void
}

interface Current {
  user: SessionUser
  lock: LockReason | null
  freshUntil: number
}

/** Who is using the app. The session lives here, in main: the page only hears of it. */
export function createSession(options: SessionOptions): Session {
  const { database, zone, log, settings, clock = Date } = options
  const now = () => clock.now()
  const throttle = createThrottle({ file: options.throttleFile, now, log })
  const credentials = createCredentials({ database, throttle, log, ...(options.check && { check: options.check }) })
  const recordLogin = createLoginRecord({ zone, log })
  const idle = createIdleWatch({ minutes: () => settings().idleMinutes, now, onIdle: () => lock('idle') })
  const listeners = new Set<(state: SessionState) => void>()
  let current: Current | null = null
  let ends = 0

  const known = (): SessionState => {
    if (!current) return { status: 'out' }
    const { user, lock: reason } = current
    return reason ? { status: 'locked', user, reason } : { status: 'in', user }
  }

  function state(): SessionState {
    idle.look()
    return known()
  }

  function changed(): SessionState {
    const now = known()
    for (const listener of listeners) listener(now)
    return now
  }

  function lock(reason: LockReason): void {
    if (!current || current.lock) return
    current.lock = reason
    current.freshUntil = 0
    idle.stop()
    log.info('session.locked', { reason })
    changed()
  }

  function end(): void {
    ends += 1
    if (!current) return
    current = null
    idle.stop()
    log.info('session.ended')
    changed()
  }

  function signedIn(): Current {
    idle.look()
    if (!current) throw new AppError('NOT_LOGGED_IN')
    if (current.lock) throw new AppError('SESSION_LOCKED')
    return current
  }

  /** Confirms the password of this session, ending it when its user is gone or no longer active. */
  async function confirm(session: Current, password: string): Promise<SessionUser> {
    try {
      const user = await credentials.confirm(session.user, password)
      if (current !== session) throw new AppError('NOT_LOGGED_IN')
      return publicPart(user)
    } catch (error) {
      const over = error instanceof AppError && (error.code === 'USER_INACTIVE' || error.code === 'NOT_LOGGED_IN')
      if (over && current === session) end()
      throw error
    }
  }

  return {
    state,
    lock,
    end,
    isFresh() {
      idle.look()
      if (!current || current.lock) return false
      const left = current.freshUntil - now()
      return left > 0 && left <= FRESH_MINUTES * 60_000
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async recheck() {
      const session = signedIn()
      const user = await findById(database(), session.user.id)
      if (current !== session) throw new AppError('NOT_LOGGED_IN')
      const demoted = session.user.role === 'admin' && user?.role !== 'admin'
      if (!user?.active || demoted) {
        end()
        throw new AppError(user?.active ? 'FORBIDDEN_ROLE' : 'USER_INACTIVE')
      }
      if (!same(session.user, user)) {
        session.user = publicPart(user)
        changed()
      }
    },

    handlers: {
      'session.current': () => state(),
      'session.login': async ({ name, password }) => {
        const started = ends
        const connected = database()
        const user = await credentials.login(name, password)
        if (started !== ends) throw new AppError('NOT_CONNECTED')
        current = { user: publicPart(user), lock: null, freshUntil: 0 }
        idle.start()
        log.info('session.started', { role: user.role })
        void recordLogin(connected, user.id)
        return changed()
      },
      'session.logout': () => {
        end()
        return known()
      },
      'session.lock': () => {
        lock('asked')
        return known()
      },
      'session.unlock': async ({ password }) => {
        const session = current
        if (!session) throw new AppError('NOT_LOGGED_IN')
        if (state().status === 'in') return known()
        session.user = await confirm(session, password)
        session.lock = null
        idle.start()
        log.info('session.unlocked')
        return changed()
      },
      'session.reauthenticate': async ({ password }) => {
        const session = signedIn()
        const user = await confirm(session, password)
        if (session.lock) throw new AppError('SESSION_LOCKED')
        const moved = !same(session.user, user)
        session.user = user
        session.freshUntil = now() + FRESH_MINUTES * 60_000
        idle.touch()
        if (moved) changed()
      },
      'session.activity': () => {
        idle.touch()
        signedIn()
      },
    },
  }
}

function publicPart({ id, userName, fullName, roleName, role }: ClinicUser): SessionUser {
  return { id, userName, fullName, roleName, role }
}

function same(a: SessionUser, b: SessionUser): boolean {
  return a.userName === b.userName && a.fullName === b.fullName && a.roleName === b.roleName && a.role === b.role
}
