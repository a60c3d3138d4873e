import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { isLinkFailure, isTimeout, toAppError } from '#electron/database/errors.ts'
import { AppError } from '#shared/errors.ts'

const place = { host: 'servidor', port: 5432, database: 'clinica', user: 'recepcion' }

/** An error as node-postgres builds it from the server's message. */
function fromServer(fields: Partial<pg.DatabaseError>, message = 'mensaje del servidor'): pg.DatabaseError {
  return Object.assign(new pg.DatabaseError(message, message.length, 'error'), fields)
}
const fromNode = (code: string) => Object.assign(new Error(`connect ${code} 10.0.0.7:5432`), { code })
const codeOf = (error: unknown) => toAppError(error, place).code

describe('errors of PostgreSQL', () => {
  test.each([
    ['28P01', 'AUTHENTICATION_FAILED'],
    ['3D000', 'DATABASE_NOT_FOUND'],
    ['42501', 'PRIVILEGE_MISSING'],
    ['42P01', 'SCHEMA_CHANGED'],
    ['42703', 'SCHEMA_CHANGED'],
    ['53300', 'TOO_MANY_CONNECTIONS'],
    ['53100', 'DISK_FULL'],
    ['55P03', 'LOCK_TIMEOUT'],
    ['57014', 'STATEMENT_TIMEOUT'],
    ['57P01', 'SERVER_STOPPED'],
    ['57P02', 'SERVER_STOPPED'],
    ['57P03', 'SERVER_STARTING'],
    ['25006', 'READ_ONLY_SERVER'],
    ['08006', 'CONNECTION_LOST'],
    ['23505', 'SERVER_ERROR'],
    ['XX000', 'SERVER_ERROR'],
  ])('%s is %s', (code, expected) => {
    expect(toAppError(fromServer({ code, routine: 'any' }), place)).toMatchObject({
      code: expected,
      params: { sqlstate: code, host: 'servidor' },
    })
  })

  test('a refused login is told from a missing rule by the routine, whatever the language of the server', () => {
    const spanish =
      'no hay una línea en pg_hba.conf para «10.0.0.7», usuario «recepcion», base de datos «clinica», sin cifrado'
    expect(codeOf(fromServer({ code: '28000', routine: 'ClientAuthentication' }, spanish))).toBe(
      'ACCESS_NOT_CONFIGURED',
    )
    expect(codeOf(fromServer({ code: '28000', routine: 'InitializeSessionUserId' }))).toBe('AUTHENTICATION_FAILED')
  })

  test('only SQLSTATE, constraint and table leave, never a value', () => {
    const error = fromServer(
      {
        ...{ code: '23505', constraint: 'pacientes_curp_key', table: 'pacientes', routine: '_bt_check_unique' },
        ...{
          detail: 'Ya existe la llave (curp)=(NIRO800101MBCXXX01).',
          hint: 'NIRO800101MBCXXX01',
          where: 'NIRO800101MBCXXX01',
        },
      },
      'llave duplicada NIRO800101MBCXXX01',
    )
    const mapped = toAppError(error, place)
    expect(mapped.params).toEqual({ ...place, sqlstate: '23505', constraint: 'pacientes_curp_key', table: 'pacientes' })
    expect(mapped.cause).toBeUndefined()
    expect(`${mapped.message} ${mapped.stack}`).not.toContain('NIRO')
  })

  test('a name that could be a sentence does not leave, nor a value that its type does not fit', () => {
    const error = fromServer({ code: '23505', constraint: 'Ximena Zavala', table: '<b>pacientes</b>' })
    expect(toAppError(error, place).params).toEqual({ ...place, sqlstate: '23505' })
    for (const stumble of [new SyntaxError('Unexpected token Ximena'), new RangeError('Maximum call stack')]) {
      expect(toAppError(stumble, place)).toMatchObject({ code: 'NOT_POSTGRESQL', params: place })
    }
  })
})

describe('errors of PgBouncer, which come under one SQLSTATE', () => {
  test.each([
    ['SSL required', 'TLS_REQUIRED'],
    ['no such user: recepcion', 'AUTHENTICATION_FAILED'],
    ['password authentication failed', 'AUTHENTICATION_FAILED'],
    ['database "clinica" does not exist', 'DATABASE_NOT_FOUND'],
    ['no such database: clinica', 'DATABASE_NOT_FOUND'],
    ['no more connections allowed (max_client_conn)', 'TOO_MANY_CONNECTIONS'],
    ['server login has been failing, try again later (server_login_retry)', 'CONNECTION_REFUSED'],
    ['query_wait_timeout', 'POOL_TIMEOUT'],
    ['query timeout', 'STATEMENT_TIMEOUT'],
    ['pgbouncer is shutting down', 'SERVER_STOPPED'],
    ['server closed the connection unexpectedly', 'CONNECTION_LOST'],
  ])('%s', (message, expected) => {
    expect(codeOf(fromServer({ code: '08P01' }, message))).toBe(expected)
  })

  test('PostgreSQL’s own errors are not read for words', () => {
    expect(codeOf(fromServer({ code: '08P01', routine: 'ProcessStartupPacket' }, 'SSL required'))).toBe('SERVER_ERROR')
  })
})

describe('errors of the network and of TLS', () => {
  test.each([
    ['ENOTFOUND', 'HOST_NOT_FOUND'],
    ['EAI_AGAIN', 'HOST_NOT_FOUND'],
    ['ECONNREFUSED', 'CONNECTION_REFUSED'],
    ['ETIMEDOUT', 'CONNECTION_TIMEOUT'],
    ['EHOSTUNREACH', 'NETWORK_UNREACHABLE'],
    ['ENETUNREACH', 'NETWORK_UNREACHABLE'],
    ['ECONNRESET', 'CONNECTION_LOST'],
    ['EPIPE', 'CONNECTION_LOST'],
    ['CERT_HAS_EXPIRED', 'TLS_CERTIFICATE_EXPIRED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'TLS_WRONG_HOST'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'TLS_CERTIFICATE_UNTRUSTED'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_NOT_OFFERED'],
  ])('%s is %s', (code, expected) => {
    expect(codeOf(fromNode(code))).toBe(expected)
  })

  test('every address of a name refused is a refusal', () => {
    const both = new AggregateError([fromNode('ECONNREFUSED'), fromNode('ECONNREFUSED')])
    expect(codeOf(Object.assign(both, { code: 'ECONNREFUSED' }))).toBe('CONNECTION_REFUSED')
  })
})

test('an error that has its code already is left as it is, and nonsense is ours', () => {
  const own = new AppError('NOT_A_CLINIC')
  expect(toAppError(own, place)).toBe(own)
  for (const nonsense of [undefined, null, 'text', {}, new Error('surprise')]) expect(codeOf(nonsense)).toBe('INTERNAL')
})

test('a lost link and a wait that was too long are known as such', () => {
  expect(isLinkFailure(new AppError('SERVER_STOPPED'))).toBe(true)
  expect(isLinkFailure(new AppError('STATEMENT_TIMEOUT'))).toBe(false)
  expect(isTimeout(new AppError('POOL_TIMEOUT'))).toBe(true)
  expect(isTimeout(new AppError('CONNECTION_LOST'))).toBe(false)
})
