import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, daysBetween, periodsAround } from '#electron/dashboard/periods.ts'

const midnight = (day: string) => `${day}T00:00:00`
const period = (from: string, to: string) => ({ from: midnight(from), to: midnight(to) })

describe('the calendar around a moment of the clinic', () => {
  it('begins the week on Monday, seen from a Tuesday', () => {
    const periods = periodsAround('2026-11-24T12:00:00')
    expect(periods).toMatchObject({
      today: '2026-11-24',
      day: period('2026-11-24', '2026-11-25'),
      week: period('2026-11-23', '2026-11-30'),
      month: period('2026-11-01', '2026-12-01'),
      year: period('2026-01-01', '2027-01-01'),
    })
    expect(periods.whole).toEqual({
      day: period('2026-11-17', '2026-11-18'),
      week: period('2026-11-16', '2026-11-23'),
    })
    expect(periods.nextSevenDays).toEqual({ from: '2026-11-24T12:00:00', to: '2026-12-01T12:00:00' })
  })

  it('keeps Monday and Sunday in the same week', () => {
    expect(periodsAround('2026-11-23T00:00:00').week).toEqual(period('2026-11-23', '2026-11-30'))
    expect(periodsAround('2026-11-29T23:59:59').week).toEqual(period('2026-11-23', '2026-11-30'))
  })

  it('crosses the year with its week and its month', () => {
    const periods = periodsAround('2027-01-01T08:30:00')
    expect(periods.week).toEqual(period('2026-12-28', '2027-01-04'))
    expect(periods.elapsed.month).toEqual({ from: '2026-12-01T00:00:00', to: '2026-12-01T08:30:00' })
  })

  it('compares with the part that had passed by the same day and time', () => {
    expect(periodsAround('2026-11-24T12:34:56').elapsed).toEqual({
      day: { from: '2026-11-17T00:00:00', to: '2026-11-17T12:34:56' },
      week: { from: '2026-11-16T00:00:00', to: '2026-11-17T12:34:56' },
      month: { from: '2026-10-01T00:00:00', to: '2026-10-24T12:34:56' },
    })
  })

  it('takes the whole month before where that month has no such day', () => {
    expect(periodsAround('2026-03-31T12:00:00').elapsed.month).toEqual(period('2026-02-01', '2026-03-01'))
    expect(periodsAround('2028-03-29T12:00:00').elapsed.month.to).toBe('2028-02-29T12:00:00')
  })

  it('knows the leap day', () => {
    expect(periodsAround('2028-02-29T10:00:00').month).toEqual(period('2028-02-01', '2028-03-01'))
    expect(periodsAround('2028-03-01T10:00:00').whole.day).toEqual(period('2028-02-23', '2028-02-24'))
    expect(periodsAround('2028-02-28T10:00:00').day.to).toBe('2028-02-29T00:00:00')
  })

  it('gives a day of the clock change its whole civil day', () => {
    expect(periodsAround('2026-03-08T03:00:00').day).toEqual(period('2026-03-08', '2026-03-09'))
    expect(periodsAround('2026-11-01T01:30:00').day).toEqual(period('2026-11-01', '2026-11-02'))
  })
})

describe('any moment', () => {
  const anyMoment = fc
    .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19))

  it('lies within its own day, week, month and year, and never within the parts before', () => {
    fc.assert(
      fc.property(anyMoment, (now) => {
        const { day, week, month, year, whole, elapsed } = periodsAround(now)
        for (const { from, to } of [day, week, month, year]) expect(from <= now && now < to).toBe(true)
        for (const { from, to } of [...Object.values(whole), ...Object.values(elapsed)]) {
          expect(from <= to && to <= now).toBe(true)
        }
        expect(new Date(`${week.from}Z`).getUTCDay()).toBe(1)
        expect(whole.week.to).toBe(week.from)
        expect(elapsed.month.to <= month.from).toBe(true)
      }),
      { seed: 2026, numRuns: 2_000 },
    )
  })

  it('counts days without gaps or repetitions', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 800 }), (now, count) => {
        const first = now.slice(0, 10)
        const days = daysBetween(first, addDays(first, count - 1))
        expect(days).toHaveLength(count)
        expect(new Set(days).size).toBe(count)
      }),
      { seed: 2026, numRuns: 100 },
    )
  })
})
