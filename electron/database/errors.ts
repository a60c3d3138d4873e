import pg from 'pg'
import { AppError, type ErrorCode, type ErrorParams } from '#shared/errors.ts'

/** Where a failure happened, for the words that explain it. None of it is secret. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

/** SQLSTATE to code. What is missing here becomes `SERVER_ERROR`, with its SQLSTATE. */
const states: Readonly<Record<string, ErrorCode>> = {
  '08000': 'CONNECTION_LOST',
  '08001': 'CONNECTION_LOST',
  '08003': 'CONNECTION_LOST',
  '08004': 'CONNECTION_REFUSED',
  '08006': 'CONNECTION_LOST',
  '25006': 'READ_ONLY_SERVER',
  '25P03': 'CONNECTION_LOST',
  '28P01': 'AUTHENTICATION_FAILED',
  '3D000': 'DATABASE_NOT_FOUND',
  '3F000': 'SCHEMA_CHANGED',
  '42501': 'PRIVILEGE_MISSING',
  '42703': 'SCHEMA_CHANGED',
  '42P01': 'SCHEMA_CHANGED',
  '53100': 'DISK_FULL',
  '53300': 'TOO_MANY_CONNECTIONS',
  '55P03': 'LOCK_TIMEOUT',
  '57014': 'STATEMENT_TIMEOUT',
  '57P01': 'SERVER_STOPPED',
  '57P02': 'SERVER_STOPPED',
  '57P03': 'SERVER_STARTING',
  '57P04': 'DATABASE_NOT_FOUND',
  '57P05': 'CONNECTION_LOST',
}

/** Errors of the socket, the resolver and TLS, by Node's `code`. */
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'HOST_NOT_FOUND',
  EAI_AGAIN: 'HOST_NOT_FOUND',
  EAI_FAIL: 'HOST_NOT_FOUND',
  EAI_NODATA: 'HOST_NOT_FOUND',
  EAI_NONAME: 'HOST_NOT_FOUND',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ENOENT: 'CONNECTION_REFUSED',
  EACCES: 'CONNECTION_REFUSED',
  ETIMEDOUT: 'CONNECTION_TIMEOUT',
  EHOSTUNREACH: 'NETWORK_UNREACHABLE',
  EHOSTDOWN: 'NETWORK_UNREACHABLE',
  ENETUNREACH: 'NETWORK_UNREACHABLE',
  ENETDOWN: 'NETWORK_UNREACHABLE',
  EADDRNOTAVAIL: 'NETWORK_UNREACHABLE',
  ECONNRESET: 'CONNECTION_LOST',
  ECONNABORTED: 'CONNECTION_LOST',
  ENOTCONN: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  EPROTO: 'NOT_POSTGRESQL',
  ERR_SSL_WRONG_VERSION_NUMBER: 'NOT_POSTGRESQL',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'NOT_POSTGRESQL',
  CERT_HAS_EXPIRED: 'TLS_CERTIFICATE_EXPIRED',
  CERT_NOT_YET_VALID: 'TLS_CERTIFICATE_EXPIRED',
  ERR_TLS_CERT_ALTNAME_INVALID: 'TLS_WRONG_HOST',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'TLS_WRONG_HOST',
  HOSTNAME_MISMATCH: 'TLS_WRONG_HOST',
}

/** X.509 verification results that mean: signed by nobody we trust. */
const untrusted =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_|CERT_(UNTRUSTED|REJECTED|REVOKED|SIGNATURE_FAILURE|CHAIN_TOO_LONG)|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|CRL_)/

/** What node-postgres says in words only. */
const sayings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/does not support SSL connections/, 'TLS_NOT_OFFERED'],
  [/error establishing an SSL connection/, 'NOT_POSTGRESQL'],
  [/^timeout expired$/, 'CONNECTION_TIMEOUT'],
  [/^Client network socket disconnected before secure TLS/, 'CONNECTION_LOST'],
  [/^Connection terminated|not queryable$/, 'CONNECTION_LOST'],
  [/^SASL: Only mechanism/, 'ACCESS_NOT_CONFIGURED'],
  [/^SASL: /, 'AUTHENTICATION_FAILED'],
  [/^Unknown authenticationOk message type/, 'ACCESS_NOT_CONFIGURED'],
  [/^Received unexpected .+ from backend|^received invalid response/, 'NOT_POSTGRESQL'],
]

/** PgBouncer puts nearly all it has to say under 08P01 or 08006, and always in English. */
const pooler: readonly (readonly [RegExp, ErrorCode])[] = [
  [/SSL required/i, 'TLS_REQUIRED'],
  [/no such database|database ".*" does not exist/i, 'DATABASE_NOT_FOUND'],
  [/no such user|auth(entication)? failed|wrong password/i, 'AUTHENTICATION_FAILED'],
  [/no more connections allowed/i, 'TOO_MANY_CONNECTIONS'],
  [/query_wait_timeout/i, 'POOL_TIMEOUT'],
  [/query[_ ]timeout/i, 'STATEMENT_TIMEOUT'],
  [/shutting down|pgbouncer is (paused|disabled)|database .+ is disabled/i, 'SERVER_STOPPED'],
  [/server login (has been )?fail|cannot connect to server|connect failed/i, 'CONNECTION_REFUSED'],
  [/server conn(ection)? (closed|crashed)|closed the connection|idle[_ ]transaction[_ ]timeout/i, 'CONNECTION_LOST'],
]

/** What a clinic's tables and constraints are called. Another name could be a sentence, and who knows whose. */
const plainName = /^[\p{L}\p{N}_$.-]{1,63}$/u

/** Names that PostgreSQL attaches to an error: the only text of it that leaves this file, where it is a plain name. */
function details({ code, constraint, table }: pg.DatabaseError): ErrorParams {
  return {
    ...(code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? { sqlstate: code } : {}),
    ...(constraint !== undefined && plainName.test(constraint) ? { constraint } : {}),
    ...(table !== undefined && plainName.test(table) ? { table } : {}),
  }
}

function matching(table: readonly (readonly [RegExp, ErrorCode])[], text: string): ErrorCode | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}

function serverCode(error: pg.DatabaseError): ErrorCode {
  const state = error.code ?? ''
  // By routine, not by message: the server speaks the language it was installed in.
  if (state === '28000')
    return error.routine === 'ClientAuthentication' ? 'ACCESS_NOT_CONFIGURED' : 'AUTHENTICATION_FAILED'
  // Errors of PostgreSQL itself carry the routine that raised them; the pooler's do not.
  const fromPooler = error.routine === undefined && (state.startsWith('08') || state === '')
  return (fromPooler ? matching(pooler, error.message) : undefined) ?? states[state] ?? 'SERVER_ERROR'
}

/**
 * The code a person can be told about, for anything that `pg`, the socket or TLS threw. The server's
 * message, detail, hint and query never go further: they can quote a patient's values.
 */
export function toAppError(error: unknown, place: Place): AppError {
  if (error instanceof AppError) return error
  const where = { host: place.host, port: place.port, database: place.database, user: place.user }
  if (error instanceof pg.DatabaseError) return new AppError(serverCode(error), { ...where, ...details(error) })
  // A value that is not what its type says: the driver stumbled over it.
  if (error instanceof SyntaxError || error instanceof RangeError) return new AppError('NOT_POSTGRESQL', where)
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: '' }
  if (code !== undefined) {
    const known = codes[code] ?? (untrusted.test(code) ? 'TLS_CERTIFICATE_UNTRUSTED' : undefined)
    if (known !== undefined) return new AppError(known, where)
    if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_OSSL_')) {
      return new AppError('TLS_NOT_OFFERED', { ...where, reason: code })
    }
  }
  return new AppError(matching(sayings, message) ?? 'INTERNAL', where)
}

const linkFailures: ReadonlySet<ErrorCode> = new Set(['CONNECTION_LOST', 'CONNECTION_TIMEOUT', 'SERVER_STOPPED'])

/** True when the connection is gone, so that nobody knows what became of the last message sent. */
export function isLinkFailure(error: AppError): boolean {
  return linkFailures.has(error.code)
}

const timeouts: ReadonlySet<ErrorCode> = new Set([
  'POOL_TIMEOUT',
  'CONNECTION_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'LOCK_TIMEOUT',
])

/** True when something took longer than it may. */
export function isTimeout(error: AppError): boolean {
  return timeouts.has(error.code)
}
