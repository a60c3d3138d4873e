import { afterEach, describe, expect, it, vi } from 'vitest'
import { createUpdates, type UpdateEngine, type UpdateOptions } from '#electron/updates/updates.ts'
import { recordedLog } from '#support/log.ts'

afterEach(() => void vi.useRealTimers())
const day = 24 * 3_600_000

function updates(own: Partial<UpdateOptions> = {}, engine: Partial<UpdateEngine> = {}) {
  const did: string[] = []
  const whole: UpdateEngine = {
    check: async () => '2.0.0',
    download: async () => undefined,
    install: () => undefined,
    ...engine,
  }
  const log = recordedLog()
  const noted: UpdateEngine = {
    check() {
      did.push('check')
      return whole.check()
    },
    download() {
      did.push('download')
      return whole.download()
    },
    install() {
      did.push('install')
      whole.install()
    },
  }
  const created = createUpdates({
    ...{ off: null, how: 'install', busy: () => false, log, engine: async () => noted },
    ...own,
  })
  return { ...created, did, log }
}

const failing = (code: string) => async () => {
  throw Object.assign(new Error('x'), { code })
}

describe('newer versions', () => {
  it('are looked for once a day', async () => {
    vi.useFakeTimers()
    const { did, state } = updates({}, { check: async () => null })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(did).toEqual(['check'])
    expect(state().status).toBe('none')
    await vi.advanceTimersByTimeAsync(3 * day)
    expect(did).toHaveLength(4)
  })

  it('are downloaded, and installed only when a person says so', async () => {
    vi.useFakeTimers()
    const { did, state, handlers } = updates()
    await vi.advanceTimersByTimeAsync(2 * day)
    expect(did).toEqual(['check', 'download'])
    expect(state()).toMatchObject({ status: 'ready', version: '2.0.0' })
    await handlers['updates.install'](undefined)
    expect(did.at(-1)).toBe('install')
  })

  it('wait for a job, and are not installed while one runs', async () => {
    vi.useFakeTimers()
    let busy = true
    const { did, handlers, state } = updates({ busy: () => busy })
    await vi.advanceTimersByTimeAsync(day / 2)
    expect(did).toEqual([])
    busy = false
    await vi.advanceTimersByTimeAsync(11 * 60_000)
    expect(state().status).toBe('ready')
    busy = true
    await expect(handlers['updates.install'](undefined)).rejects.toMatchObject({ code: 'JOB_RUNNING' })
    expect(did).not.toContain('install')
  })

  it('are fetched after a job that began while they were looked for', async () => {
    vi.useFakeTimers()
    let busy = false
    const { did, state } = updates(
      { busy: () => busy },
      {
        check: async () => {
          busy = did.length === 1
          return '2.0.0'
        },
      },
    )
    await vi.advanceTimersByTimeAsync(61_000)
    expect(state().status).toBe('available')
    busy = false
    await vi.advanceTimersByTimeAsync(11 * 60_000)
    expect(state().status).toBe('ready')
  })

  it('are only told of where the system installs them', async () => {
    const { did, handlers } = updates({ how: 'notify' })
    expect(await handlers['updates.check'](undefined)).toMatchObject({ status: 'available', version: '2.0.0' })
    expect(did).toEqual(['check'])
    await expect(handlers['updates.install'](undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('are never looked for where the policy says so', async () => {
    vi.useFakeTimers()
    const { did, handlers } = updates({ off: 'policy' })
    await vi.advanceTimersByTimeAsync(3 * day)
    expect(await handlers['updates.check'](undefined)).toMatchObject({ status: 'off', off: 'policy' })
    expect(did).toEqual([])
  })

  it.each([
    ['ERR_CHECKSUM_MISMATCH', 'signature'],
    ['ERR_UPDATER_INVALID_SIGNATURE', 'signature'],
    ['ECONNREFUSED', 'network'],
  ])('that fail with %s are not ready, and the reason is %s', async (code, failure) => {
    const { handlers, log } = updates({}, { download: failing(code) })
    expect(await handlers['updates.check'](undefined)).toMatchObject({ status: 'failed', failure })
    expect(log.text()).toContain(code)
    await expect(handlers['updates.install'](undefined)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
