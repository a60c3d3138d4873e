import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { startProxy } from '#support/proxy.ts'
import { cleanUp, fields, profileOf, workstation } from './setting.ts'

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

const envFile = (text: string) => {
  const path = join(folder, '.env')
  writeFileSync(path, text)
  return path
}

describe('the demo clinic', () => {
  const id = '5f9c1f1e-7d5b-4b8e-9a55-0d1c3a1f0001'
  const demo = () => ({
    profile: { ...profileOf(clinic.options), id },
    password: secret,
    credentials: [{ user: 'demo', password: 'demo', role: 'Admin' }],
  })

  it('opens by itself and is never stored, changed or removed', async () => {
    const { start, file } = workstation()
    const path = join(folder, 'demo.json')
    writeFileSync(path, JSON.stringify(demo()))
    const connection = start({ demoFile: path })
    await connection.reopen()
    expect(connection.state()).toMatchObject({
      status: 'open',
      currentId: id,
      profiles: [{ id, kind: 'demo' }],
      demo: { profileId: id, credentials: [{ user: 'demo' }] },
    })
    expect(JSON.stringify(connection.state())).not.toContain(secret)
    const { handlers } = connection
    await expect(handlers['connection.remove']({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      handlers['connection.save']({ id, profile: fields, password: null, remember: false }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(start().state()).toMatchObject({ profiles: [], demo: null, currentId: null })
    expect(existsSync(file)).toBe(false)
  })

  it('is left out when its file is not what it should be', () => {
    const path = join(folder, 'bad.json')
    writeFileSync(path, JSON.stringify({ ...demo(), profile: { host: 'x' } }))
    expect(workstation().start({ demoFile: path }).state().demo).toBeNull()
    expect(
      workstation()
        .start({ demoFile: join(folder, 'nowhere') })
        .state().demo,
    ).toBeNull()
  })
})

describe('the import of a backend’s .env', () => {
  const text = () => `DB_HOST=${clinic.options.host}
DB_PORT=${clinic.options.port}
DB_NAME=${clinic.name}
DB_USER=${clinic.options.user}
DB_PASSWORD=${secret}`

  it('fills the fields and keeps the password in main, for that database only', async () => {
    const { start, stored, log } = workstation()
    const { handlers } = start()
    const profile = profileOf(clinic.options)
    const imported = await handlers['connection.importEnv']({ path: envFile(text()) })
    const { host, port, database, user } = profile
    expect(imported).toEqual({
      fields: { host, port, database, user },
      hasPassword: true,
      variables: ['DB_HOST', 'DB_PORT', 'DB_NAME', 'DB_USER', 'DB_PASSWORD'],
    })
    const test = (change = {}) =>
      handlers['connection.test']({ id: null, profile: { ...profile, ...change }, password: null })
    expect((await test()).database).toBe(clinic.name)
    await expect(test({ database: 'postgres' })).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
    const proxy = await startProxy(clinic.options)
    await expect(test({ port: proxy.port })).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
    await proxy.close()
    const { id } = await handlers['connection.save']({ id: null, profile, password: null, remember: true })
    expect(stored.get(id)).toBe(secret)
    await expect(test()).rejects.toMatchObject({ code: 'PASSWORD_REQUIRED' })
    expect(log.text()).not.toContain(secret)
  })

  it('says so when there is no database in it', async () => {
    const { handlers } = workstation().start()
    await expect(handlers['connection.importEnv']({ path: envFile('SECRET_KEY=x') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      params: { reason: 'noDatabaseInEnv' },
    })
  })
})
