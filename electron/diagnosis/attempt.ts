import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { Cause, Facts, ProbeId } from '#shared/diagnosis.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { type Finding, failed } from './probe.ts'

/** A login that succeeded, or the probe that it failed at and why. */
export type Attempt =
  | { readonly database: Database }
  | { readonly database: null; readonly at: ProbeId; readonly finding: Finding }

/** Where a login stops for each reason, in the order in which the server decides. */
const stops: Readonly<Partial<Record<ErrorCode, readonly [ProbeId, Cause]>>> = {
  HOST_NOT_FOUND: ['name', 'hostNotFound'],
  CONNECTION_REFUSED: ['port', 'portRefused'],
  CONNECTION_TIMEOUT: ['protocol', 'silentServer'],
  CONNECTION_LOST: ['protocol', 'silentServer'],
  NETWORK_UNREACHABLE: ['port', 'networkUnreachable'],
  NOT_POSTGRESQL: ['protocol', 'notPostgres'],
  TLS_NOT_OFFERED: ['tls', 'tlsNotOffered'],
  TLS_REQUIRED: ['tls', 'tlsRequired'],
  TLS_CERTIFICATE_EXPIRED: ['tls', 'certificateExpired'],
  TLS_WRONG_HOST: ['tls', 'certificateWrongHost'],
  TLS_CERTIFICATE_UNTRUSTED: ['tls', 'certificateUntrusted'],
  CA_FILE_UNREADABLE: ['tls', 'caFileUnreadable'],
  SERVER_STARTING: ['login', 'serverStarting'],
  SERVER_STOPPED: ['login', 'serverStopping'],
  TOO_MANY_CONNECTIONS: ['login', 'slotsFull'],
  PLAIN_PASSWORD_REFUSED: ['login', 'plainPassword'],
  PASSWORD_REQUIRED: ['login', 'passwordMissing'],
  AUTHENTICATION_FAILED: ['login', 'passwordWrong'],
  ACCESS_NOT_CONFIGURED: ['login', 'accessNotConfigured'],
  DATABASE_NOT_FOUND: ['database', 'databaseMissing'],
  SERVER_TOO_OLD: ['schema', 'serverTooOld'],
}

/** Logs in once, with two connections at most; never throws. The database must be closed by who asked. */
export async function attemptLogin(options: () => Promise<DatabaseOptions>): Promise<Attempt> {
  try {
    const database = await openDatabase({ ...(await options()), pool: { warm: 0, max: 2 } })
    return { database }
  } catch (error) {
    return { database: null, ...stopOf(error) }
  }
}

/** The probe that a failure belongs to, and what it means there. */
export function stopOf(error: unknown): { readonly at: ProbeId; readonly finding: Finding } {
  if (!(error instanceof AppError)) return { at: 'login', finding: failed('unexpected', { code: 'INTERNAL' }) }
  const { code, params } = error
  const facts = factsOf(error)
  if (code === 'NOT_A_CLINIC') {
    const cause = typeof params.schemas === 'string' ? 'schemaElsewhere' : 'notAClinic'
    return { at: 'schema', finding: failed(cause, facts) }
  }
  if (code === 'PRIVILEGE_MISSING') {
    if (params.privilege === 'USAGE') return { at: 'schema', finding: failed('schemaDenied', facts) }
    if (params.privilege === 'SELECT')
      return { at: 'privileges', finding: failed('tablesDenied', { count: 1, ...facts }) }
    return { at: 'database', finding: failed('connectDenied', facts) }
  }
  const stop = stops[code]
  if (stop === undefined) return { at: 'login', finding: failed('unexpected', { ...facts, code }) }
  return { at: stop[0], finding: failed(stop[1], facts) }
}

/** Only values that the words know: names of the connection and of the catalogue, and numbers. */
function factsOf({ params }: AppError): Facts {
  const known = ['host', 'port', 'database', 'user', 'schema', 'table', 'missing', 'schemas', 'version', 'file']
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = params[name]
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
    }),
  )
}
