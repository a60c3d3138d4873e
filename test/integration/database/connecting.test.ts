import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { startProxy } from '#support/proxy.ts'
import { refusal } from '#support/refusal.ts'

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
