import { describe, expect, it } from 'vitest'
import { exceeds } from '#electron/shell/size.ts'

describe('the size of what crosses the bridge', () => {
  it('adds up strings, keys and binary data', () => {
    expect(exceeds({ text: 'x'.repeat(100) }, 1000)).toBe(false)
    expect(exceeds({ text: 'x'.repeat(1000) }, 1000)).toBe(true)
    expect(exceeds({ ['k'.repeat(1000)]: 1 }, 1000)).toBe(true)
    expect(exceeds([new Uint8Array(1000)], 1000)).toBe(true)
    expect(exceeds(new Map([['a', 'x'.repeat(1000)]]), 1000)).toBe(true)
    expect(exceeds(new Set(['x'.repeat(1000)]), 1000)).toBe(true)
  })

  it('survives cycles and a depth that would overflow the stack', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    expect(exceeds(cycle, 1000)).toBe(false)
    let deep: unknown = 1
    for (let level = 0; level < 200_000; level += 1) deep = [deep]
    expect(exceeds(deep, 1_000_000)).toBe(true)
    expect(exceeds(deep, 100_000_000)).toBe(false)
  })

  it('does not walk a list that is too long, however sparse', () => {
    expect(exceeds(new Array(2 ** 31), 1024 * 1024)).toBe(true)
  })
})
