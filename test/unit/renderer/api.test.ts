import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, call, subscribe, wireError } from '#renderer/api.ts'

function bridge(answer: unknown) {
  const call = vi.fn(async () => {
    if (answer instanceof Error) throw answer
    return answer
  })
  const off = vi.fn()
  const on = vi.fn(() => off)
  vi.stubGlobal('window', { podoskin: { call, on } })
  return { call, on, off }
}

afterEach(() => vi.unstubAllGlobals())

describe('calling main', () => {
  it('gives back the value of an answer that is ok', async () => {
    const { call: sent } = bridge({ ok: true, value: { status: 'out' } })
    await expect(call('session.login', { name: 'ivette', password: 'x' })).resolves.toEqual({ status: 'out' })
    expect(sent).toHaveBeenCalledWith('session.login', { name: 'ivette', password: 'x' })
  })

  it('throws what main refused with, as it came', async () => {
    const error = { code: 'TOO_MANY_TRIES', params: { seconds: 42 }, ref: 'a1' } as const
    bridge({ ok: false, error })
    const thrown: unknown = await call('session.current').catch((reason: unknown) => reason)
    expect(thrown).toBeInstanceOf(ApiError)
    expect(wireError(thrown)).toEqual(error)
  })

  it.each([[new Error('secret of the channel')], [undefined], ['text'], [null]])(
    'takes %o for a bug, without its text',
    async (answer) => {
      bridge(answer)
      const thrown: unknown = await call('session.current').catch((reason: unknown) => reason)
      expect(wireError(thrown)).toEqual({ code: 'INTERNAL', params: {}, ref: 'session.current' })
    },
  )
})

it('hears a topic until it is told to stop', () => {
  const { on, off } = bridge(null)
  const heard: unknown[] = []
  const stop = subscribe('session.changed', (state) => heard.push(state))
  const listener = (on.mock.calls as unknown as [[string, (payload: unknown) => void]])[0][1]
  listener({ status: 'out' })
  expect(heard).toEqual([{ status: 'out' }])
  stop()
  expect(off).toHaveBeenCalledOnce()
})
