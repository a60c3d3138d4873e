/**
 * Every way a request can fail, grouped by who must act. The set is closed: the page owns the words
 * for each code in each language (`shared/locales/<language>/errors.json`), and a test compares the two.
 */
export const errorCodes = {
  /** The caller must change what was asked. */
  caller: [
    'INVALID_INPUT',
    'PAYLOAD_TOO_LARGE',
    'UNKNOWN_PROCEDURE',
    'NOT_FOUND',
    'CANCELLED',
    'TOO_LATE_TO_CANCEL',
    'JOB_RUNNING',
    'INDEX_CHANGED',
    'LOG_NO_SOURCE',
    'CLEANUP_UNDECIDED',
    'CLEANUP_PLAN_CHANGED',
    'ENV_CHANGED',
    'ENV_VALUE_UNWRITABLE',
    'BACKUP_KEY_REQUIRED',
    'BACKUP_KEY_INVALID',
    'BACKUP_WRONG_KEY',
    'CONFIRMATION_WRONG',
    'BACKUP_KEPT',
    'SERVER_SESSION_GONE',
    'SERVER_SESSION_PROTECTED',
    'SERVER_SESSION_BUSY',
    'CHECK_DECISION_REFUSED',
  ],
  /** The person may not, or not yet. */
  permission: [
    'UNTRUSTED_SENDER',
    'NOT_LOGGED_IN',
    'SESSION_LOCKED',
    'FORBIDDEN_ROLE',
    'MANAGED_BY_POLICY',
    'REAUTHENTICATION_REQUIRED',
    'WRONG_CREDENTIALS',
    'USER_INACTIVE',
    'TOO_MANY_TRIES',
    'PASSWORD_HASH_UNSUPPORTED',
  ],
  /** Somebody must change the server, the network or this workstation. */
  environment: [
    'NOT_CONNECTED',
    'HOST_NOT_FOUND',
    'CONNECTION_REFUSED',
    'CONNECTION_TIMEOUT',
    'NETWORK_UNREACHABLE',
    'CONNECTION_LOST',
    'NOT_POSTGRESQL',
    'TLS_NOT_OFFERED',
    'TLS_REQUIRED',
    'TLS_CERTIFICATE_UNTRUSTED',
    'TLS_CERTIFICATE_EXPIRED',
    'TLS_WRONG_HOST',
    'CA_FILE_UNREADABLE',
    'PLAIN_PASSWORD_REFUSED',
    'PASSWORD_REQUIRED',
    'AUTHENTICATION_FAILED',
    'ACCESS_NOT_CONFIGURED',
    'DATABASE_NOT_FOUND',
    'PRIVILEGE_MISSING',
    'NOT_A_CLINIC',
    'SERVER_TOO_OLD',
    'SERVER_STARTING',
    'SERVER_STOPPED',
    'TOO_MANY_CONNECTIONS',
    'POOL_TIMEOUT',
    'STATEMENT_TIMEOUT',
    'LOCK_TIMEOUT',
    'READ_ONLY_SERVER',
    'DISK_FULL',
    'SCHEMA_CHANGED',
    'COMMIT_UNKNOWN',
    'CLEANUP_RUNNING',
    'CLEANUP_REFUSED',
    'CLEANUP_NOT_PROVEN',
    'CLEANUP_SEALED',
    'CLEANUP_NO_KEY',
    'BACKUP_NOT_PROVEN',
    'RESTORE_REFUSED',
    'RESTORE_NOT_PROVEN',
    'SERVER_ERROR',
    'KEYCHAIN_UNAVAILABLE',
    'KEYCHAIN_TIMEOUT',
    'SETTINGS_NOT_SAVED',
    'FILE_NOT_WRITTEN',
    'BACKUP_FOLDER_REFUSED',
    'BACKUP_DISK_FULL',
    'BACKUP_UNREADABLE',
    'BACKUP_INCOMPLETE',
    'BACKUP_DAMAGED',
    'BACKUP_UNKNOWN_FORMAT',
    'BACKUP_TOO_LARGE',
    'LOG_NOT_THERE',
    'LOG_NOT_READABLE',
    'LOG_PROGRAM_MISSING',
    'LOG_PROGRAM_FAILED',
  ],
  /** We must act. */
  bug: ['INTERNAL'],
} as const

export type ErrorGroup = keyof typeof errorCodes
export type ErrorCode = (typeof errorCodes)[ErrorGroup][number]

/** Values for the words of an error: never a password, a patient's data, or the server's own message. */
export type ErrorParams = Readonly<Record<string, string | number | boolean>>

/** What crosses the bridge when a request fails. `ref` finds the entry in the workstation's log. */
export interface WireError {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly ref: string
}

/** What every procedure answers with. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

/**
 * A failure with a code that a person can be told about. Anything else that is thrown reaches the
 * page as `INTERNAL`, without its text.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly params: ErrorParams = {},
    options?: ErrorOptions,
  ) {
    super(code, options)
    this.name = 'AppError'
  }
}

/** The group an error code belongs to, so that the page can say who must act. */
export function errorGroup(code: ErrorCode): ErrorGroup {
  for (const group of Object.keys(errorCodes) as ErrorGroup[]) {
    if ((errorCodes[group] as readonly string[]).includes(code)) return group
  }
  return 'bug'
}
