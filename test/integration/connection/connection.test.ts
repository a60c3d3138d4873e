import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ConnectionState } from '#shared/connection.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { startProxy } from '#support/proxy.ts'
import { cleanUp, profileOf, workstation } from './setting.ts'

dropClinicsAfterAll()
cleanUp()
const folder = mkdtempSync(join(tmpdir(), 'podoskin-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

let clinic: FreshClinic
let secret: string
beforeAll(async () => {
  clinic = await freshClinic()
  secret = clinic.options.password ?? ''
})

describe('testing a connection', () => {
  const test = (change = {}, password: string | null = secret) =>
    workstation()
      .start()
      .handlers['connection.test']({ id: null, profile: profileOf(clinic.options, change), password })

  it('shows what is on the other side and leaves nothing open', async () => {
    const report = await test()
    expect(report).toMatchObject({
      database: clinic.name,
      role: clinic.options.user,
      schema: 'public',
      superuser: true,
      pooler: false,
      tls: { on: false, protocol: null },
      warnings: expect.arrayContaining(['SUPERUSER']),
    })
    expect(report.serverVersion).toMatch(/^18\b/)
    expect(report.tables).toBeGreaterThan(3)
    await vi.waitFor(async () => {
      const { rows } = await clinic.client.query(
        `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'podoskin-admin'`,
      )
      expect(rows).toEqual([{ open: 0 }])
    })
  })

  it('warns of a role that owns the tables, and praises one that only may what it must', async () => {
    const own = await freshClinic()
    const everyday = await own.role('SELECT ON ALL TABLES IN SCHEMA public')
    const test = (options: typeof everyday) =>
      workstation()
        .start()
        .handlers['connection.test']({ id: null, profile: profileOf(options), password: options.password })
    expect((await test(everyday)).warnings).toEqual(['CANNOT_RECORD_LOGIN'])
    await own.client.query(`ALTER TABLE usuarios ADD COLUMN IF NOT EXISTS ultimo_login timestamp`)
    expect((await test(everyday)).warnings).toEqual(['CANNOT_RECORD_LOGIN'])
    await own.client.query(`GRANT UPDATE (ultimo_login) ON usuarios TO ${everyday.user}`)
    expect((await test(everyday)).warnings).toEqual([])
    await own.client.query(`ALTER TABLE usuarios OWNER TO ${everyday.user}`)
    expect((await test(everyday)).warnings).toEqual(['OWNER_ROLE'])
    await own.client.query(`ALTER TABLE usuarios OWNER TO CURRENT_USER`)
    await own.client.query(`DROP OWNED BY ${everyday.user}`)
  })

  it.each([
    ['the port', { port: 1 }, 'CONNECTION_REFUSED'],
    ['the database', { database: 'no_such_database' }, 'DATABASE_NOT_FOUND'],
    ['the user', { user: 'nobody_at_all' }, 'AUTHENTICATION_FAILED'],
    ['the name of the host', { host: 'no-such-host.invalid' }, 'HOST_NOT_FOUND'],
    ['TLS', { tls: 'verify-full' }, 'TLS_NOT_OFFERED'],
    ['the schema', { schema: 'no_such_schema' }, 'NOT_A_CLINIC'],
    ['the CA file', { tls: 'verify-full', caFile: join(folder, 'nowhere.pem') }, 'CA_FILE_UNREADABLE'],
    ['what the CA file holds', { tls: 'verify-full', caFile: 'package.json' }, 'CA_FILE_UNREADABLE'],
  ])('says within five seconds that %s is wrong', async (_what, change, code) => {
    const start = performance.now()
    await expect(test(change)).rejects.toMatchObject({ code })
    expect(performance.now() - start).toBeLessThan(5_500)
  })

  it('says that the password is wrong, or missing', async () => {
    await expect(test({}, 'wrong')).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    await expect(test({}, null)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
  })

  it('gives up after five seconds on a server that says nothing', async () => {
    const proxy = await startProxy(clinic.options)
    proxy.set('swallow')
    const start = performance.now()
    await expect(test({ port: proxy.port, host: proxy.host })).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' })
    expect(performance.now() - start).toBeLessThan(5_500)
    await proxy.close()
  })

  it('uses the stored password for the stored server only', async () => {
    const { handlers } = workstation().start()
    const profile = profileOf(clinic.options)
    const { id } = await handlers['connection.save']({ id: null, profile, password: secret, remember: true })
    const test = (change = {}) =>
      handlers['connection.test']({ id, profile: { ...profile, ...change }, password: null })
    expect((await test({ name: 'Otra' })).database).toBe(clinic.name)
    const proxy = await startProxy(clinic.options)
    await expect(test({ port: proxy.port })).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
    await proxy.close()
  })
})

describe('the connection', () => {
  it('opens, gives the clinic’s database and zone, and remembers the profile', async () => {
    const { start } = workstation()
    const connection = start()
    const heard: ConnectionState['status'][] = []
    let changes = 0
    connection.onChange(({ status }) => heard.at(-1) !== status && heard.push(status))
    connection.onDatabaseChange(() => {
      changes += 1
    })
    expect(() => connection.database()).toThrow('NOT_CONNECTED')
    expect(connection.zone()).toBe('America/Tijuana')
    const profile = profileOf(clinic.options, { zone: 'America/Mexico_City' })
    const { id } = await connection.handlers['connection.save']({ id: null, profile, password: secret, remember: true })
    expect(await connection.handlers['connection.open']({ id, password: null })).toMatchObject({
      status: 'open',
      failure: null,
      currentId: id,
    })
    expect(await connection.database().read((sql) => sql.query('SELECT 1 AS one'))).toEqual([{ one: 1 }])
    expect(connection.zone()).toBe('America/Mexico_City')
    await connection.handlers['connection.close'](undefined)
    expect(() => connection.database()).toThrow('NOT_CONNECTED')
    expect(heard).toEqual(['closed', 'opening', 'open', 'closed'])
    expect(changes).toBe(2)
    const again = start()
    expect(again.state()).toMatchObject({ currentId: id, status: 'closed' })
    await again.reopen()
    expect(again.state().status).toBe('open')
  })

  it('asks for a password that nobody knows, then keeps it until the app closes', async () => {
    const { start, stored } = workstation({ keychain: false })
    const connection = start()
    const profile = profileOf(clinic.options)
    const { id } = await connection.handlers['connection.save']({ id: null, profile, password: null, remember: true })
    const open = (password: string | null) => connection.handlers['connection.open']({ id, password })
    await expect(open(null)).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
    expect(connection.state()).toMatchObject({ status: 'closed', failure: 'PASSWORD_REQUIRED', currentId: id })
    await expect(open('wrong')).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' })
    await open(secret)
    await connection.handlers['connection.close'](undefined)
    expect((await open(null)).status).toBe('open')
    expect(stored.size).toBe(0)
    await expect(start().handlers['connection.open']({ id, password: null })).rejects.toMatchObject({
      code: 'PASSWORD_REQUIRED',
    })
  })

  it('says why the keychain did not help', async () => {
    const here = workstation()
    const profile = profileOf(clinic.options)
    const { id } = await here
      .start()
      .handlers['connection.save']({ id: null, profile, password: secret, remember: true })
    const { createKeychain } = await import('#electron/connection/keychain.ts')
    const keychain = createKeychain({ log: here.log, load: () => new Promise(() => {}), deadline: 20 })
    const { handlers, state } = here.start({ keychain })
    await expect(handlers['connection.open']({ id, password: null })).rejects.toMatchObject({
      code: 'PASSWORD_REQUIRED',
      params: { reason: 'KEYCHAIN_TIMEOUT' },
    })
    expect(state().keychainFailure).toBe('KEYCHAIN_TIMEOUT')
  })

  it('stores the new password when the one in the keychain has become wrong', async () => {
    const { start, stored } = workstation()
    const profile = profileOf(clinic.options)
    const { id } = await start().handlers['connection.save']({ id: null, profile, password: 'old', remember: true })
    const { handlers } = start()
    await expect(handlers['connection.open']({ id, password: null })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    })
    await handlers['connection.open']({ id, password: secret })
    expect(stored.get(id)).toBe(secret)
  })

  it('is lost and found by what becomes of the requests', async () => {
    const proxy = await startProxy(clinic.options)
    const connection = workstation().start()
    const profile = profileOf(clinic.options, { host: proxy.host, port: proxy.port })
    const { id } = await connection.handlers['connection.save']({
      id: null,
      profile,
      password: secret,
      remember: false,
    })
    await connection.handlers['connection.open']({ id, password: null })
    const ask = () => connection.database().read((sql) => sql.query('SELECT 1'))
    proxy.set('cut')
    await expect(ask()).rejects.toThrow()
    expect(connection.state().status).toBe('lost')
    expect(connection.state().failure).toMatch(/^CONNECTION_/)
    proxy.set('pass')
    await ask()
    expect(connection.state()).toMatchObject({ status: 'open', failure: null })
    await expect(connection.database().read((sql) => sql.query('SELECT 1 / 0'))).rejects.toThrow()
    expect(connection.state().status).toBe('open')
    await connection.close()
    await proxy.close()
  })

  it('goes to the profile that was opened last when two are opened at once', async () => {
    const connection = workstation().start()
    const profile = profileOf(clinic.options)
    const save = (name: string) =>
      connection.handlers['connection.save']({
        id: null,
        profile: { ...profile, name },
        password: secret,
        remember: false,
      })
    const [one, two] = [await save('una'), await save('otra')]
    const first = connection.handlers['connection.open']({ id: one.id, password: null })
    const second = connection.handlers['connection.open']({ id: two.id, password: null })
    await expect(first).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    expect(await second).toMatchObject({ status: 'open', currentId: two.id })
  })

  it('stays closed when it is closed while it opens', async () => {
    const connection = workstation().start()
    const profile = profileOf(clinic.options)
    const { id } = await connection.handlers['connection.save']({
      id: null,
      profile,
      password: secret,
      remember: false,
    })
    const opening = connection.handlers['connection.open']({ id, password: null })
    await connection.handlers['connection.close'](undefined)
    await expect(opening).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    expect(connection.state()).toMatchObject({ status: 'closed', failure: null })
  })

  it('closes when its profile is led elsewhere or removed, not when it is renamed', async () => {
    const connection = workstation().start()
    const profile = profileOf(clinic.options)
    const { handlers } = connection
    const { id } = await handlers['connection.save']({ id: null, profile, password: secret, remember: false })
    await handlers['connection.open']({ id, password: null })
    await handlers['connection.save']({ id, profile: { ...profile, name: 'X' }, password: null, remember: false })
    expect(connection.state().status).toBe('open')
    await handlers['connection.save']({ id, profile: { ...profile, port: 1 }, password: null, remember: false })
    expect(connection.state().status).toBe('closed')
    await handlers['connection.save']({ id, profile, password: secret, remember: false })
    await handlers['connection.open']({ id, password: null })
    await handlers['connection.remove']({ id })
    expect(connection.state()).toMatchObject({ status: 'closed', currentId: null, profiles: [] })
  })
})
