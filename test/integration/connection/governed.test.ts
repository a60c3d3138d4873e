import { describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { cleanUp, fields, workstation } from './setting.ts'

cleanUp()
const secret = 'contraseña de la base 🦶'
const fixed = { ...fields, name: 'La de sistemas', host: '127.0.0.1' }
const closed = { close: async () => undefined, onChange: () => () => undefined } as unknown as Database
const openDatabase = async () => closed

describe('a connection that the machine’s policy fixes', () => {
  it('is the only one, and is neither changed, removed, added to nor tried elsewhere', async () => {
    const station = workstation()
    await station.start().handlers['connection.save']({ id: null, profile: fields, password: secret, remember: true })
    const { handlers, state } = station.start({ fixed })
    expect(state().profiles).toMatchObject([{ ...fixed, kind: 'managed', passwordStored: false }])
    const id = state().profiles[0]?.id ?? ''
    const refused = { code: 'MANAGED_BY_POLICY' }
    for (const profileId of [id, null]) {
      const save = { id: profileId, profile: fields, password: secret, remember: true }
      await expect(handlers['connection.save'](save)).rejects.toMatchObject(refused)
      await expect(
        handlers['connection.test']({ profile: fields, id: profileId, password: secret }),
      ).rejects.toMatchObject(refused)
    }
    await expect(handlers['connection.remove']({ id })).rejects.toMatchObject(refused)
    await expect(handlers['connection.importEnv']({ path: '/tmp/.env' })).rejects.toMatchObject(refused)
  })

  it('remembers its password in the keychain, until the policy leads elsewhere', async () => {
    const { start, stored } = workstation()
    const { handlers, state } = start({ fixed, openDatabase })
    const id = state().profiles[0]?.id ?? ''
    await handlers['connection.open']({ id, password: secret })
    expect([...stored.values()]).toEqual([secret])
    expect(start({ fixed, openDatabase }).state().profiles).toMatchObject([{ passwordStored: true }])
    const elsewhere = { ...fixed, host: 'otro.example' }
    expect(start({ fixed: elsewhere, openDatabase }).state().profiles).toMatchObject([{ passwordStored: false }])
  })

  it('leaves what a person had stored unseen, and gives it back when there is no policy any more', async () => {
    const station = workstation()
    const own = await station
      .start()
      .handlers['connection.save']({ id: null, profile: fields, password: secret, remember: true })
    const governed = station.start({ fixed, openDatabase })
    await expect(governed.handlers['connection.open']({ id: own.id, password: null })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(station.start().state().profiles).toMatchObject([{ id: own.id, passwordStored: true }])
  })

  it('is none at all when nobody knows which one was meant', async () => {
    const station = workstation()
    const own = await station
      .start()
      .handlers['connection.save']({ id: null, profile: fields, password: secret, remember: true })
    const locked = station.start({ fixed: 'locked', openDatabase })
    expect(locked.state().profiles).toEqual([])
    await locked.reopen()
    expect(locked.state().status).toBe('closed')
    await expect(locked.handlers['connection.open']({ id: own.id, password: secret })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
