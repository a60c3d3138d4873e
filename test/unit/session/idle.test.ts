import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createIdleWatch, type IdleWatch } from '#electron/session/idle.ts'

const minute = 60_000
let minutes: number
let fired: number
let watch: IdleWatch

beforeEach(() => {
  vi.useFakeTimers()
  minutes = 10
  fired = 0
  watch = createIdleWatch({
    minutes: () => minutes,
    now: () => Date.now(),
    onIdle: () => {
      fired += 1
    },
  })
})
afterEach(() => vi.useRealTimers())

describe('the idle watch', () => {
  it('fires by itself, once, when the minutes are up', () => {
    watch.start()
    vi.advanceTimersByTime(10 * minute - 1)
    expect(fired).toBe(0)
    vi.advanceTimersByTime(1)
    expect(fired).toBe(1)
    vi.advanceTimersByTime(60 * minute)
    expect(fired).toBe(1)
  })

  it('begins anew with each touch', () => {
    watch.start()
    for (let touches = 0; touches < 5; touches++) {
      vi.advanceTimersByTime(9 * minute)
      watch.touch()
    }
    expect(fired).toBe(0)
    vi.advanceTimersByTime(10 * minute)
    expect(fired).toBe(1)
  })

  it('follows a setting that changes while it counts', () => {
    watch.start()
    vi.advanceTimersByTime(3 * minute)
    minutes = 2
    vi.advanceTimersByTime(10_000)
    expect(fired).toBe(1)
  })

  it('counts the hours that the laptop slept, and a touch does not save it', () => {
    watch.start()
    vi.setSystemTime(Date.now() + 8 * 60 * minute)
    watch.touch()
    expect(fired).toBe(1)
  })

  it('does not wait longer when the clock is set back', () => {
    watch.start()
    vi.setSystemTime(Date.now() - 60 * minute)
    vi.advanceTimersByTime(10 * minute + 10_000)
    expect(fired).toBe(1)
  })

  it('is silent once stopped, and nothing starts it but a start', () => {
    watch.start()
    watch.stop()
    watch.touch()
    watch.look()
    vi.advanceTimersByTime(60 * minute)
    expect(fired).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
