import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isLoopback, suggestedTls } from '#shared/connection.ts'
import { cleanUp, fields, workstation } from './setting.ts'

cleanUp()
const secret = 'contraseña de la base 🦶'
const save = { id: null, profile: fields, password: secret, remember: true }

describe('a connection profile', () => {
  it('outlives the app, its password only in the keychain', async () => {
    const { start, stored, file, log } = workstation()
    const profile = await start().handlers['connection.save'](save)
    expect(profile).toEqual({ ...fields, id: profile.id, kind: 'server' })
    expect(stored.get(profile.id)).toBe(secret)
    expect(start().state()).toMatchObject({
      profiles: [{ ...profile, passwordStored: true }],
      status: 'closed',
      currentId: null,
      demo: null,
    })
    for (const text of [readFileSync(file, 'utf8'), readFileSync(`${file}.bak`, 'utf8'), log.text()]) {
      expect(text).not.toContain(secret)
    }
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('says that its password is not stored where there is no keychain', async () => {
    const { start, file } = workstation({ keychain: false })
    const connection = start()
    await connection.handlers['connection.save'](save)
    expect(connection.state()).toMatchObject({
      profiles: [{ passwordStored: false }],
      keychain: 'unavailable',
      keychainFailure: 'KEYCHAIN_UNAVAILABLE',
    })
    expect(readFileSync(file, 'utf8')).not.toContain(secret)
  })

  it('tells of the keychain when the state is first asked for', async () => {
    expect(await workstation().start().handlers['connection.state'](undefined)).toMatchObject({
      keychain: 'available',
    })
    expect(await workstation({ keychain: false }).start().handlers['connection.state'](undefined)).toMatchObject({
      keychain: 'unavailable',
    })
  })

  it('keeps its stored password when only its name, label or zone change', async () => {
    const { start, stored } = workstation()
    const { handlers, state } = start()
    const { id } = await handlers['connection.save'](save)
    const renamed = { ...fields, name: 'Otra', environment: 'production', zone: 'America/Mexico_City' } as const
    await handlers['connection.save']({ id, profile: renamed, password: null, remember: true })
    expect(stored.get(id)).toBe(secret)
    expect(state().profiles).toMatchObject([{ name: 'Otra', passwordStored: true }])
  })

  it.each([
    ['host', { host: 'otro.example' }],
    ['port', { port: 2 }],
    ['user', { user: 'otro' }],
  ])('drops its password when the %s changes and none is given', async (_what, change) => {
    const { start, stored } = workstation()
    const { handlers, state } = start()
    const { id } = await handlers['connection.save'](save)
    await handlers['connection.save']({ id, profile: { ...fields, ...change }, password: null, remember: true })
    expect(stored.size).toBe(0)
    expect(state().profiles).toMatchObject([{ ...change, passwordStored: false }])
  })

  it('drops its password when the link is protected less, not when it is protected more', async () => {
    const { start, stored } = workstation()
    const { handlers } = start()
    const safe = { ...fields, tls: 'verify-full' } as const
    const { id } = await handlers['connection.save']({ ...save, profile: safe })
    await handlers['connection.save']({ id, profile: { ...safe, tls: 'require' }, password: null, remember: true })
    expect(stored.size).toBe(0)
    await handlers['connection.save']({ id, profile: { ...safe, tls: 'require' }, password: secret, remember: true })
    await handlers['connection.save']({ id, profile: safe, password: null, remember: true })
    expect(stored.get(id)).toBe(secret)
    await handlers['connection.save']({ id, profile: { ...safe, caFile: '/ca.pem' }, password: null, remember: true })
    expect(stored.size).toBe(0)
  })

  it('moves its password out of the keychain when it shall not be remembered any more, and back', async () => {
    const { start, stored } = workstation()
    const { handlers, state } = start()
    const { id } = await handlers['connection.save'](save)
    await handlers['connection.save']({ id, profile: fields, password: null, remember: false })
    expect(stored.size).toBe(0)
    expect(state().profiles).toMatchObject([{ passwordStored: false }])
    await handlers['connection.save']({ id, profile: fields, password: null, remember: true })
    expect(stored.get(id)).toBe(secret)
  })

  it('goes with its entry in the keychain', async () => {
    const { start, stored } = workstation()
    const { handlers } = start()
    const { id } = await handlers['connection.save'](save)
    await handlers['connection.remove']({ id })
    expect(stored.size).toBe(0)
    expect(start().state().profiles).toEqual([])
    await expect(handlers['connection.remove']({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(handlers['connection.open']({ id, password: null })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(handlers['connection.save']({ ...save, id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('comes from the last good copy when the file is damaged; from nowhere when that is too', async () => {
    const { start, file, log } = workstation()
    await start().handlers['connection.save'](save)
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, good.replace('"port": 1', '"port": "1; DROP"'))
    expect(start().state().profiles).toHaveLength(1)
    expect(existsSync(`${file}.damaged`)).toBe(true)
    rmSync(`${file}.bak`)
    expect(start().state().profiles).toEqual([])
    expect(log.entries.map(({ event }) => event)).toContain('file.damaged')
  })

  it('holds until the app closes when the disk refuses, and the person is told', async () => {
    const { start, file } = workstation()
    writeFileSync(dirname(file), '')
    const { handlers, state } = start({ file: join(file, 'connections.json') })
    await expect(handlers['connection.save'](save)).rejects.toMatchObject({ code: 'SETTINGS_NOT_SAVED' })
    expect(state().profiles).toMatchObject([fields])
  })

  it('is one of a hundred at most', async () => {
    const { start } = workstation({ keychain: false })
    const { handlers } = start()
    const add = () => handlers['connection.save']({ ...save, remember: false })
    await Promise.all(Array.from({ length: 100 }, add))
    await expect(add()).rejects.toMatchObject({ code: 'INVALID_INPUT', params: { reason: 'tooManyProfiles' } })
  })
})

describe('the protection of a link', () => {
  it.each([
    ['localhost', 'disable'],
    ['127.0.0.1', 'disable'],
    ['127.3.2.1', 'disable'],
    ['::1', 'disable'],
    ['[::1]', 'disable'],
    ['/var/run/postgresql', 'disable'],
    ['10.0.0.5', 'verify-full'],
    ['db.clinica.example', 'verify-full'],
    ['localhost.evil.example', 'verify-full'],
    ['127.0.0.1.evil.example', 'verify-full'],
  ])('proposed for %s is %s', (host, mode) => {
    expect(suggestedTls(host)).toBe(mode)
    expect(isLoopback(host)).toBe(mode === 'disable')
  })
})
