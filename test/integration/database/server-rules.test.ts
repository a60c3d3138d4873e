import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { type Authority, createAuthority, hasOpenSsl, noOpenSsl } from '#support/certificates.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { refusal } from '#support/refusal.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

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
