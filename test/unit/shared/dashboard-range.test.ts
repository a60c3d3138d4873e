import { describe, expect, it } from 'vitest'
import { loadDashboardSchema, rangeProblem } from '#shared/dashboard.ts'

const wrong: readonly [why: string, rule: string, from: string, to: string][] = [
  ['a day that no calendar has', 'day', '2026-02-29', '2026-03-01'],
  ['a day that was not chosen', 'day', '2026-02-01', ''],
  ['a day written another way', 'day', '01/02/2026', '2026-03-01'],
  ['a day beyond any clinic', 'day', '0001-01-01', '2026-03-01'],
  ['an end before its start', 'order', '2026-03-02', '2026-03-01'],
  ['more than three years', 'tooLong', '2023-11-22', '2026-11-24'],
]

describe('a range of days', () => {
  it.each(wrong)('refuses %s', (_, rule, from, to) => {
    expect(rangeProblem({ from, to })).toBe(rule)
    expect(loadDashboardSchema.safeParse({ from, to }).success).toBe(false)
  })

  it.each([
    ['2026-11-24', '2026-11-24'],
    ['2024-02-29', '2024-03-01'],
    ['2023-11-24', '2026-11-24'],
  ])('takes %s to %s', (from, to) => {
    expect(rangeProblem({ from, to })).toBeNull()
    expect(loadDashboardSchema.parse({ from, to })).toEqual({ from, to })
  })

  it('is either so many days or two of them, never both', () => {
    expect(loadDashboardSchema.safeParse({ days: 30, from: '2026-11-01', to: '2026-11-24' }).success).toBe(false)
    expect(loadDashboardSchema.safeParse({ days: 31 }).success).toBe(false)
    expect(loadDashboardSchema.parse({ days: 30 })).toEqual({ days: 30 })
  })
})
