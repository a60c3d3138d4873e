import { describe, expect, it, vi } from 'vitest'
import { createKeychain, type Keytar, keychainService } from '#electron/connection/keychain.ts'
import { recordedLog } from '#support/log.ts'

/** A keychain whose door stays shut until `open` is called. */
function shutKeytar() {
  const stored = new Map<string, string>()
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const keytar: Keytar = {
    getPassword: async (_service, account) => stored.get(account) ?? null,
    async setPassword(service, account, password) {
      await opened
      stored.set(`${service}/${account}`, password)
    },
    deletePassword: async (service, account) => stored.delete(`${service}/${account}`),
  }
  return { keytar, stored, open }
}

describe('the keychain', () => {
  it('is unavailable, not a crash, where its native part is missing', async () => {
    const load = () => Promise.reject(new Error('Failed to load keytar native addon'))
    const keychain = createKeychain({ log: recordedLog(), load })
    expect(await keychain.probe()).toBe('unavailable')
    await expect(keychain.set('a', 'b')).rejects.toMatchObject({ code: 'KEYCHAIN_UNAVAILABLE' })
    expect(keychain.failure()).toBe('KEYCHAIN_UNAVAILABLE')
  })

  it('takes out again what is stored after it was given up, so that “not stored” stays true', async () => {
    const { keytar, stored, open } = shutKeytar()
    const removed = vi.spyOn(keytar, 'deletePassword')
    const keychain = createKeychain({ log: recordedLog(), load: async () => keytar, deadline: 20 })
    await expect(keychain.set('id', 'secret')).rejects.toMatchObject({ code: 'KEYCHAIN_TIMEOUT' })
    await expect(keychain.get('id')).rejects.toMatchObject({ code: 'KEYCHAIN_TIMEOUT' })
    open()
    await vi.waitFor(() => expect(removed).toHaveBeenCalledWith(keychainService, 'id'))
    expect(stored.size).toBe(0)
    await vi.waitFor(async () => expect(await keychain.get('id')).toBeNull())
  })

  it('tells who listens when it stops working and when it works again', async () => {
    const { keytar, open } = shutKeytar()
    const keychain = createKeychain({ log: recordedLog(), load: async () => keytar, deadline: 20 })
    const heard: string[] = []
    keychain.onChange(() => heard.push(`${keychain.state()} ${keychain.failure()}`))
    await keychain.probe()
    await keychain.probe()
    await keychain.set('id', 'secret').catch(() => undefined)
    open()
    await vi.waitFor(() => keychain.set('id', 'secret'))
    expect(heard).toEqual(['available null', 'unavailable KEYCHAIN_TIMEOUT', 'available null'])
  })

  it('says nothing of a password in the log', async () => {
    const log = recordedLog()
    const load = () => Promise.reject(new Error('secret'))
    await createKeychain({ log, load })
      .set('id', 'secret')
      .catch(() => undefined)
    expect(log.text()).toContain('KEYCHAIN_UNAVAILABLE')
    expect(log.text()).not.toContain('secret')
  })
})
