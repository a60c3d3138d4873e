import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DashboardFigures, FigureName } from '#shared/dashboard.ts'
import { freshClinic } from '#support/clinic.ts'
import { amount, type Golden, pair, withDashboard } from './golden.ts'
import { askIndependently, askListsIndependently } from './independent.ts'

let clinic: Golden
beforeAll(async () => {
  clinic = await withDashboard(await freshClinic())
})
afterAll(() => clinic.drop())

/** The day that the template clinic was made for, at noon. */
const today = '2026-11-24T12:00:00'
const lists = [
  ...(['trend', 'topTreatments', 'appointmentsByState', 'revenueByMonth', 'expensesByMonth'] as const),
  ...(['expensesByCategory', 'bestServices', 'criticalStock'] as const),
]

/** Value and previous of each single-valued figure; null where there is none. */
function singles(figures: DashboardFigures): Record<string, readonly unknown[]> {
  const names = (Object.keys(figures) as FigureName[]).filter((name) => !lists.some((list) => list === name))
  return Object.fromEntries(names.map((name) => [name, pair(figures[name]).map((value) => value ?? null)]))
}

describe('every figure of the demo clinic equals a count that was written apart from it', () => {
  it.each([
    ['today', today],
    ['on a Monday, in its first minute', '2026-11-23T00:00:00'],
    ['on a Sunday, in its last', '2026-11-22T23:59:59'],
    ['at the end of a month', '2026-10-31T18:00:00'],
    ['after a longer month', '2026-03-31T12:00:00'],
    ['on a leap day', '2024-02-29T13:00:00'],
    ['a year after a leap day', '2025-02-28T13:00:00'],
    ['when the clock goes forward', '2026-03-08T12:00:00'],
    ['when the clock goes back', '2026-11-01T01:30:00'],
    ['on New Year’s Day', '2026-01-01T09:00:00'],
    ['before the clinic opened', '2019-05-05T09:00:00'],
  ])('%s', async (_, now) => {
    const { figures } = await clinic.load(now, 30)
    expect(singles(figures)).toEqual(await askIndependently(clinic.client, now))
    const apart = await askListsIndependently(clinic.client, now, 30)
    for (const list of lists) expect(amount<unknown>(figures[list])).toEqual(apart[list])
  })

  it.each([
    ['of the past', { from: '2025-02-01', to: '2025-02-28' }],
    ['over a leap day', { from: '2024-02-28', to: '2024-03-01' }],
    ['of one day on which the clock changes', { from: '2026-11-01', to: '2026-11-01' }],
    ['that touches the weeks around today', { from: '2026-10-20', to: '2026-10-31' }],
    ['that is still to come', { from: '2026-11-20', to: '2026-12-31' }],
    ['of three years', { from: '2023-11-24', to: '2026-11-24' }],
  ])('over chosen days %s', async (_, range) => {
    const dashboard = await clinic.load(today, range)
    expect(dashboard).toMatchObject({ range, period: range })
    expect(singles(dashboard.figures)).toEqual(await askIndependently(clinic.client, today))
    const apart = await askListsIndependently(clinic.client, today, range)
    for (const list of lists) expect(amount<unknown>(dashboard.figures[list])).toEqual(apart[list])
  })

  it('at any other moment', async () => {
    const moment = fc
      .date({ min: new Date('2023-12-01T00:00:00Z'), max: new Date('2026-12-15T23:59:59Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 19))
    await fc.assert(
      fc.asyncProperty(moment, fc.constantFrom(7, 90, 365), async (now, days) => {
        const { figures } = await clinic.load(now, days as 7 | 90 | 365)
        expect(singles(figures)).toEqual(await askIndependently(clinic.client, now))
        expect(amount(figures.trend)).toEqual((await askListsIndependently(clinic.client, now, days)).trend)
      }),
      { seed: 2026, numRuns: process.env.PODOSKIN_LONG === '1' ? 300 : 40 },
    )
  })

  it('with figures that are not all zero', async () => {
    const { figures } = await clinic.load(today, 30)
    const zero = Object.entries(figures).filter(([, { state }]) => state !== 'value')
    expect(zero.map(([name]) => name)).toEqual([])
  })
})

describe('lower-case states', () => {
  it('change no figure', async () => {
    const before = (await clinic.load(today, 90)).figures
    await clinic.client.query('ALTER TABLE citas DISABLE TRIGGER USER; UPDATE citas SET estado = lower(estado)')
    expect((await clinic.load(today, 90)).figures).toEqual(before)
  })
})
