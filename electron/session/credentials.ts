import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import type { SessionUser } from '#shared/session.ts'
import { checkPassword, dummyHash, type HashForm, readHash } from './password-hash.ts'
import type { Throttle } from './throttle.ts'
import { type ClinicUser, type FoundUser, findById, findByName } from './users.ts'

/** passlib's own default; only for a clinic without a single readable hash. */
const usualForm: HashForm = { kind: 'pbkdf2-sha256', rounds: 29_000 }

export interface CredentialsOptions {
  readonly database: () => Database
  readonly throttle: Throttle
  readonly log: Log
  readonly check?: typeof checkPassword
}

export interface Credentials {
  /**
   * Who the name and password belong to. Throws `WRONG_CREDENTIALS`, after the same work, for an unknown or
   * ambiguous name, an unreadable hash and a wrong password; `USER_INACTIVE` only after the right one;
   * `TOO_MANY_TRIES`.
   */
  login(name: string, password: string): Promise<ClinicUser>
  /**
   * Reads the user of the session again and checks the password. Throws `WRONG_CREDENTIALS`,
   * `PASSWORD_HASH_UNSUPPORTED`, `TOO_MANY_TRIES`, `USER_INACTIVE`, and `NOT_LOGGED_IN` when the user is gone.
   */
  confirm(user: SessionUser, password: string): Promise<ClinicUser>
}

/** Passwords against the clinic's users; every try is counted before it is looked at. */
export function createCredentials(options: CredentialsOptions): Credentials {
  const { database, throttle, log, check = checkPassword } = options

  function refused(reason: string): AppError {
    log.warn('session.refused', { reason })
    return new AppError('WRONG_CREDENTIALS')
  }

  return {
    async login(name, password) {
      const connected = database()
      const attempt = await throttle.begin(name)
      const { user, forms } = await unlessUnread(attempt, findByName(connected, name))
      const hash = user && readHash(user.passwordHash)
      // One check either way, of a kind that this name keeps: its time must not tell who exists.
      const right = await check(password, hash ?? dummyHash(pick(forms, throttle.place(name))))
      if (!user) throw refused('name')
      if (!hash) throw refused('PASSWORD_HASH_UNSUPPORTED')
      if (!right) throw refused('password')
      attempt.forgive()
      if (!user.active) throw inactive()
      return user
    },

    async confirm({ id, userName }, password) {
      const connected = database()
      const attempt = await throttle.begin(userName)
      const user = await unlessUnread(attempt, findById(connected, id))
      if (!user) throw new AppError('NOT_LOGGED_IN')
      const hash = readHash(user.passwordHash)
      if (!hash) throw new AppError('PASSWORD_HASH_UNSUPPORTED')
      if (!(await check(password, hash))) throw refused('password')
      attempt.forgive()
      if (!user.active) throw inactive()
      return user
    },
  }

  function inactive(): AppError {
    log.warn('session.refused', { reason: 'inactive' })
    return new AppError('USER_INACTIVE')
  }
}

/** A try whose user could not be read (no connection, a timeout) is given back. */
async function unlessUnread<T>(attempt: { withdraw(): void }, reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (error) {
    attempt.withdraw()
    throw error
  }
}

/** The form of hash that an unknown name pretends to have, as common as it is among the clinic's users. */
function pick(forms: FoundUser['forms'], place: number): HashForm {
  const total = forms.reduce((sum, { users }) => sum + users, 0)
  let left = place * total
  for (const { form, users } of forms) {
    left -= users
    if (left < 0) return form
  }
  return usualForm
}
