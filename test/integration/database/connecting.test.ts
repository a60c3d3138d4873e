import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { AppError } from '#shared/errors.ts'
import { type Authority, createAuthority, hasOpenSsl, noOpenSsl } from '#support/certificates.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'
import { startProxy } from '#support/proxy.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

/** Why it did not open; fails when it opens, or takes longer than a person waits. */
async function refusal(options: DatabaseOptions): Promise<AppError> {
  const started = performance.now()
  const log = recordedLog()
  const outcome = await openDatabase({ ...options, log }).catch((error: unknown) => error)
  expect(performance.now() - started).toBeLessThan(5_500)
  if (!(outcome instanceof AppError)) throw new Error('it opened', { cause: outcome })
  if (options.password)
    expect(`${JSON.stringify(outcome)}${outcome.stack}${log.text()}`).not.toContain(options.password)
  return outcome
}

const listeners: Server[] = []
/** What clients went on to say to impostors. */
const said: Buffer[] = []
/** An address of this machine that is not the loopback, or nothing where there is no network. */
const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address
/** A service that is not PostgreSQL, or says one thing of its protocol. */
async function impostor(say: (first: Buffer) => Buffer | string | null, host = '127.0.0.1'): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (first) => {
      const words = say(first)
      if (words !== null) socket.write(words)
      socket.on('data', (more) => said.push(more))
    })
  })
  listeners.push(server)
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
afterEach(() => {
  for (const server of listeners.splice(0)) server.close()
})

describe('each way a connection is refused has its own code within five seconds', () => {
  let clinic: FreshClinic
  beforeAll(async () => {
    clinic = await freshClinic()
  })
  afterAll(() => clinic?.drop())

  test('a host name that does not exist', async () => {
    const error = await refusal({ ...clinic.options, host: 'no-such-host.invalid' })
    expect(error).toMatchObject({ code: 'HOST_NOT_FOUND', params: { host: 'no-such-host.invalid' } })
  })

  test('a port where nothing listens', async () => {
    const proxy = await startProxy(clinic.options)
    await proxy.close()
    expect(await refusal({ ...clinic.options, port: proxy.port })).toMatchObject({ code: 'CONNECTION_REFUSED' })
  })

  test('a server that takes the call and never answers', async () => {
    const port = await impostor(() => null)
    for (const mode of ['disable', 'require'] as const) {
      const error = await refusal({ ...clinic.options, port, tls: { mode, ca: null } })
      expect(error).toMatchObject({ code: 'CONNECTION_TIMEOUT', params: { port } })
    }
  })

  test('a network that loses everything after the login', async () => {
    const proxy = await startProxy(clinic.options)
    try {
      const swallowed = proxy.on('BEGIN', 'before', 'swallow')
      expect(await refusal({ ...clinic.options, port: proxy.port })).toMatchObject({ code: 'CONNECTION_TIMEOUT' })
      await swallowed
    } finally {
      await proxy.close()
    }
  })

  test('a web server, a mail server, a MySQL server', async () => {
    const greetings = [
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      '220 mail ESMTP\r\n',
      Buffer.from('4a0000000a382e302e3336', 'hex'),
    ]
    for (const greeting of greetings) {
      const port = await impostor(() => greeting)
      for (const mode of ['disable', 'verify-full'] as const) {
        const error = await refusal({ ...clinic.options, port, tls: { mode, ca: null } })
        expect(error).toMatchObject({ code: 'NOT_POSTGRESQL' })
      }
    }
  })

  test('a server that says S to everything, as an SSH server does', async () => {
    const port = await impostor(() => 'SSH-2.0-OpenSSH_9.2\r\n')
    for (const mode of ['disable', 'require'] as const) {
      const error = await refusal({ ...clinic.options, port, tls: { mode, ca: null } })
      expect(error).toMatchObject({ code: 'NOT_POSTGRESQL' })
    }
  })

  test('a database that does not exist', async () => {
    const error = await refusal({ ...clinic.options, database: 'no_such_clinic' })
    expect(error).toMatchObject({ code: 'DATABASE_NOT_FOUND', params: { database: 'no_such_clinic' } })
  })

  test('a user that does not exist, and a wrong password: the same code', async () => {
    expect(await refusal({ ...clinic.options, user: 'nobody_here' })).toMatchObject({
      code: 'AUTHENTICATION_FAILED',
      params: { user: 'nobody_here' },
    })
    expect(await refusal({ ...clinic.options, password: 'not-this-one' })).toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    })
  })

  test('no password where the server asks for one', async () => {
    expect(await refusal({ ...clinic.options, password: null })).toMatchObject({ code: 'PASSWORD_REQUIRED' })
  })

  test('TLS asked of a server that has none', async () => {
    expect(await refusal({ ...clinic.options, tls: { mode: 'verify-full', ca: null } })).toMatchObject({
      code: 'TLS_NOT_OFFERED',
    })
  })

  test('a CA file that holds no certificate', async () => {
    for (const ca of ['', 'not a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
      expect(await refusal({ ...clinic.options, tls: { mode: 'verify-full', ca } })).toMatchObject({
        code: 'CA_FILE_UNREADABLE',
      })
    }
  })

  test('a way to authenticate that we do not have (GSSAPI)', async () => {
    const port = await impostor(() => Buffer.from('5200000008' + '00000007', 'hex'))
    expect(await refusal({ ...clinic.options, port })).toMatchObject({ code: 'ACCESS_NOT_CONFIGURED' })
  })

  test.skipIf(outside === undefined)(
    'a plain link off the machine that asks for a readable password (needs a network)',
    async () => {
      const askForPassword = Buffer.from('520000000800000003', 'hex')
      const host = outside ?? ''
      const error = await refusal({ ...clinic.options, host, port: await impostor(() => askForPassword, host) })
      expect(error).toMatchObject({ code: 'PLAIN_PASSWORD_REFUSED', params: { host } })
      expect(Buffer.concat(said).includes(clinic.options.password ?? '')).toBe(false)
    },
  )

  test('a message of the protocol that is nonsense', async () => {
    // AuthenticationOk, ReadyForQuery, then a row of minus one columns.
    const port = await impostor(() => Buffer.from('520000000800000000' + '5a0000000549' + '4400000008ffffffff', 'hex'))
    const error = await refusal({ ...clinic.options, port })
    expect(error.code).toBe('NOT_POSTGRESQL')
  })
})

describe('a server with rules of its own', () => {
  let server: OwnServer
  let clinic: FreshClinic
  let authority: Authority | null = null

  beforeAll(async () => {
    authority = hasOpenSsl() ? createAuthority() : null
    const tls = authority?.issue('good', ['DNS:localhost', 'IP:127.0.0.1'])
    server = await ownServer({
      ...(tls === undefined ? {} : { tls }),
      settings: { max_connections: 12, superuser_reserved_connections: 2 },
      access: [
        'hostnossl all only_tls 127.0.0.1/32 reject',
        'host all nowhere 127.0.0.1/32 reject',
        'host all plain_password 127.0.0.1/32 password',
        'host all trusted 127.0.0.1/32 trust',
        'host all all 127.0.0.1/32 scram-sha-256',
      ],
    })
    clinic = await freshClinic({ server })
    await createSmallClinic(clinic.client)
    for (const role of ['only_tls', 'nowhere', 'plain_password', 'trusted']) {
      await clinic.client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret-of-a-role'`)
      await clinic.client.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`)
    }
  })
  afterAll(async () => {
    await clinic?.drop()
    await server?.remove()
    authority?.remove()
  })

  const as = (user: string, more: Partial<DatabaseOptions> = {}): DatabaseOptions => ({
    ...clinic.options,
    user,
    password: 'secret-of-a-role',
    ...more,
  })
  const opens = async (options: DatabaseOptions) => {
    const database = await openDatabase(options)
    const link = database.link()
    await database.close()
    return link
  }

  test('a role that no rule of pg_hba.conf admits', async () => {
    const mode = authority === null ? 'disable' : 'require'
    expect(await refusal(as('nowhere', { tls: { mode, ca: null } }))).toMatchObject({ code: 'ACCESS_NOT_CONFIGURED' })
  })

  test('a readable password is sent on the machine itself', async () => {
    expect(await opens(as('plain_password'))).toMatchObject({ tls: { on: false } })
  })

  test('a role that needs no password opens without one', async () => {
    expect(await opens(as('trusted', { password: null }))).toEqual({
      tls: { on: false, protocol: null },
      pooler: false,
    })
  })

  test('every connection of the server taken', async () => {
    const first = await openDatabase(as('trusted', { pool: { warm: 0, max: 20 } }))
    const others: Promise<unknown>[] = []
    let release: () => void = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    try {
      // Thirty requests on the seven or so connections that the server has left all the same succeed.
      const many = Array.from({ length: 30 }, (_, index) =>
        first.read(
          async (transaction) => (await transaction.query<{ n: number }>('SELECT $1::int AS n', [index]))[0]?.n,
        ),
      )
      expect(await Promise.all(many)).toHaveLength(30)
      while (first.figures().now.idle > 0) {
        await new Promise((wake) => setTimeout(wake, 1))
        others.push(first.read(() => held))
        if (others.length > 12) break
      }
      expect(await refusal(as('trusted'))).toMatchObject({
        code: 'TOO_MANY_CONNECTIONS',
        params: { sqlstate: '53300' },
      })
    } finally {
      release()
      await Promise.allSettled(others)
      await first.close()
    }
    await expect.poll(() => opens(as('trusted')).then(() => 'opened')).toBe('opened')
  })

  describe.skipIf(!hasOpenSsl())(hasOpenSsl() ? 'with TLS' : `with TLS (skipped: ${noOpenSsl})`, () => {
    test('a plain link to a role that must use TLS', async () => {
      expect(await refusal(as('only_tls'))).toMatchObject({ code: 'TLS_REQUIRED' })
      expect(await opens(as('only_tls', { tls: { mode: 'require', ca: null } }))).toMatchObject({ tls: { on: true } })
    })

    test('each mode checks what it promises', async () => {
      const ca = authority?.ca ?? ''
      const other = createAuthority()
      const link = { tls: { on: true, protocol: 'TLSv1.3' }, pooler: false }
      expect(await opens({ ...clinic.options, tls: { mode: 'require', ca: null } })).toEqual(link)
      expect(await opens({ ...clinic.options, tls: { mode: 'verify-ca', ca } })).toEqual(link)
      expect(await opens({ ...clinic.options, tls: { mode: 'verify-full', ca } })).toEqual(link)
      expect(await opens({ ...clinic.options, host: 'localhost', tls: { mode: 'verify-full', ca } })).toEqual(link)
      for (const mode of ['verify-ca', 'verify-full'] as const) {
        for (const unknown of [null, other.ca]) {
          expect(await refusal({ ...clinic.options, tls: { mode, ca: unknown } })).toMatchObject({
            code: 'TLS_CERTIFICATE_UNTRUSTED',
          })
        }
      }
      other.remove()
    })

    test.each([
      ['of another host', ['DNS:otro.example'], 30, 'TLS_WRONG_HOST'],
      ['that has expired', ['IP:127.0.0.1'], -1, 'TLS_CERTIFICATE_EXPIRED'],
    ] as const)('a certificate %s', async (title, names, days, code) => {
      const tls = authority?.issue(title.replaceAll(' ', '-'), names, days)
      if (tls === undefined || authority === null) throw new Error(noOpenSsl)
      const other = await ownServer({ tls })
      try {
        const options = { ...clinic.options, port: other.port, password: other.password, database: 'postgres' }
        const strict = await refusal({ ...options, tls: { mode: 'verify-full', ca: authority.ca } })
        expect(strict.code).toBe(code)
        // verify-ca leaves the host out, not the date.
        const lenient = await refusal({ ...options, tls: { mode: 'verify-ca', ca: authority.ca } })
        expect(lenient.code).toBe(code === 'TLS_WRONG_HOST' ? 'NOT_A_CLINIC' : code)
      } finally {
        await other.remove()
      }
    })
  })
})
