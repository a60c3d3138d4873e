import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFigures, type Figures } from '#electron/database/figures.ts'

const hour = 3_600_000
let now = 0
let counts = { total: 0, idle: 0, waiting: 0, busy: 0 }
let figures: Figures

beforeEach(() => {
  now = Date.UTC(2026, 10, 24, 8)
  counts = { total: 0, idle: 0, waiting: 0, busy: 0 }
  figures = createFigures(
    { max: 20, warm: 5 },
    () => counts,
    () => now,
  )
})
afterEach(() => figures.stop())

test('counts what it is told', () => {
  figures.request()
  figures.request()
  figures.leak()
  figures.timeout()
  figures.reconnect()
  figures.failure()
  expect(figures.read(true)).toMatchObject({
    ...{ open: true, max: 20, warm: 5, requests: 2, leaks: 1, timeouts: 1, reconnects: 1, failures: 1 },
    wait: { p50: 0, p95: 0 },
  })
})

test('remembers the most clients that were in use at once', () => {
  for (const busy of [1, 7, 2]) {
    counts = { total: 7, idle: 7 - busy, waiting: 0, busy }
    figures.sample()
  }
  expect(figures.read(true).highWater).toBe(7)
})

test('keeps at most one reading in ten seconds, for an hour', () => {
  for (let second = 0; second < 2 * 3600; second++) {
    counts = { ...counts, total: second }
    figures.sample()
    now += 1000
  }
  const { history } = figures.read(true)
  expect(history.length).toBeLessThanOrEqual(360)
  expect(history.length).toBeGreaterThan(355)
  expect(history.every(({ at }, index) => index === 0 || at - (history[index - 1]?.at ?? 0) >= 10)).toBe(true)
  expect((history.at(-1)?.at ?? 0) - (history[0]?.at ?? 0)).toBeLessThanOrEqual(3600)
  expect(history.at(-1)?.total).toBeGreaterThan(7180)
})

test('a clock that is set back does not stop the readings', () => {
  figures.sample()
  now -= 5 * hour
  figures.sample()
  expect(figures.read(true).history.length).toBeGreaterThan(1)
})

test('the waits are those of the last hour', () => {
  figures.waited(900)
  now += 2 * hour
  for (let wait = 1; wait <= 100; wait++) figures.waited(wait)
  expect(figures.read(true).wait).toEqual({ p50: 50, p95: 95 })
  now += 2 * hour
  expect(figures.read(true).wait).toEqual({ p50: 0, p95: 0 })
})

test('a million waits take no more memory than two thousand', () => {
  for (let index = 0; index < 1_000_000; index++) figures.waited(3)
  expect(figures.read(true).wait).toEqual({ p50: 3, p95: 3 })
})
