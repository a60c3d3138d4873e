import { describe, expect, test } from 'vitest'
import { appointments } from '#scripts/clinic/agenda.js'
import { dayNumber, dayText, demand, isHoliday, isOpen, shiftsOf, timeText, weekday } from '#scripts/clinic/calendar.js'
import { createPlan } from '#scripts/clinic/plan.js'

describe('the calendar of the clinic', () => {
  test('knows the days of rest that move: Holy Week and the long weekends', () => {
    const closed = ['2026-02-02', '2026-03-16', '2026-04-02', '2026-04-03', '2026-11-16', '2027-03-25', '2027-03-26']
    for (const day of closed) expect(isHoliday(dayNumber(day)), day).toBe(true)
    for (const day of ['2026-02-03', '2026-04-04', '2026-11-17']) expect(isHoliday(dayNumber(day)), day).toBe(false)
  })

  test('closes on Sundays, slows in the heat of August and fills before a holiday', () => {
    expect(weekday(dayNumber('2026-11-22'))).toBe(0)
    expect(isOpen(dayNumber('2026-11-22'))).toBe(false)
    expect(demand(dayNumber('2026-08-12'))).toBeLessThan(0.7 * demand(dayNumber('2026-05-13')))
    expect(demand(dayNumber('2026-09-15'))).toBeGreaterThan(demand(dayNumber('2026-09-08')))
  })

  test('writes minutes that run over midnight as the neighbouring day', () => {
    const day = dayNumber('2026-03-01')
    expect(timeText(day, -60)).toBe('2026-02-28 23:00:00')
    expect(timeText(day, 1500)).toBe('2026-03-02 01:00:00')
  })

  test('refuses what is no day', () => {
    for (const text of ['2026-13-01', '24/11/2026', 'today']) expect(() => dayNumber(text)).toThrow('not a day')
  })
})

describe.each([
  [12_000, '2026-11-24'],
  [900, '2024-02-29'],
  [20_000, '2026-01-05'],
])('the agenda of %i appointments on %s', (count, day) => {
  const plan = createPlan({ appointments: count, seed: 11, day })
  const all = [...appointments(plan)].length
  const today = dayNumber(day)

  test('has exactly as many appointments, over three years up to two weeks ahead', () => {
    expect(all).toBe(count)
    expect(plan.last - today).toBe(14)
    expect(Math.abs(plan.last - plan.start - 3 * 365)).toBeLessThan(3)
  })

  test('keeps to working hours and never lays two of a podiatrist over each other', () => {
    const busyUntil = new Map<number, number>()
    for (const a of appointments(plan)) {
      expect(isOpen(a.day), dayText(a.day)).toBe(true)
      expect(shiftsOf(a.day).some(([from, to]) => a.start >= from && a.end <= to)).toBe(true)
      const from = a.day * 1440 + a.start
      expect(from).toBeGreaterThanOrEqual(busyUntil.get(a.podiatrist) ?? 0)
      busyUntil.set(a.podiatrist, a.day * 1440 + a.end)
      expect(a.podiatrist).toBeLessThanOrEqual(plan.podiatrists)
    }
  })

  test('has states that agree with time', () => {
    const allowed = {
      past: ['Completada', 'Cancelada', 'No_Asistio'],
      future: ['Pendiente', 'Confirmada', 'Cancelada'],
    }
    const counts: Record<string, number> = {}
    for (const a of appointments(plan)) {
      const over = a.day < today || (a.day === today && a.end <= plan.now)
      const ahead = a.day > today || (a.day === today && a.start > plan.now)
      if (over) expect(allowed.past).toContain(a.state)
      if (ahead) expect(allowed.future).toContain(a.state)
      counts[a.state] = (counts[a.state] ?? 0) + 1
    }
    expect((counts.No_Asistio ?? 0) / count).toBeGreaterThan(0.04)
    expect((counts.No_Asistio ?? 0) / count).toBeLessThan(0.08)
  })

  test('introduces each new patient on the day of the first appointment or shortly before', () => {
    const met = new Set<number>()
    for (const a of appointments(plan)) {
      if (a.first) {
        expect(met.has(a.patient)).toBe(false)
        const registered = plan.registered(a.patient - 1)
        expect(registered).toBeLessThanOrEqual(Math.min(a.day, today))
      }
      met.add(a.patient)
      expect(a.patient).toBeLessThanOrEqual(plan.patients)
    }
  })
})
