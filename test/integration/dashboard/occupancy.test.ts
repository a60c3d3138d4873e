import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Golden, goldenClinic, pair } from './golden.ts'

let clinic: Golden
beforeEach(async () => {
  clinic = await goldenClinic()
})
afterEach(() => clinic.drop())

const tuesday = '2026-11-24T12:00:00'
const hours = (rows: string) =>
  clinic.client.query(`INSERT INTO horarios_trabajo VALUES ${rows.replaceAll('…', "'09:00', '19:00', true")}`)
const taken = (podiatrist: number, start: string, end: string, state = 'Confirmada') =>
  clinic.client.query(
    'INSERT INTO citas (id_podologo, fecha_hora_inicio, fecha_hora_fin, estado) VALUES ($1, $2, $3, $4)',
    [podiatrist, start, end, state],
  )

describe('occupancy', () => {
  it('is this week’s appointments over this week’s working hours', async () => {
    await hours('(1, 1, …), (1, 2, …), (2, 2, …)')
    await taken(1, '2026-11-23 09:00', '2026-11-23 14:00')
    await taken(2, '2026-11-24 18:00', '2026-11-24 19:00', 'completada')
    await taken(2, '2026-11-17 09:00', '2026-11-17 12:00')
    expect((await clinic.load(tuesday)).figures.occupancy).toEqual({ state: 'value', value: 20, previous: 10 })
  })

  it('does not count what was cancelled or missed, nor the hours of who is not active', async () => {
    await hours('(1, 1, …), (3, 1, …)')
    await taken(1, '2026-11-23 09:00', '2026-11-23 10:00')
    await taken(1, '2026-11-23 11:00', '2026-11-23 12:00', 'CANCELADA')
    await taken(1, '2026-11-23 12:00', '2026-11-23 13:00', 'no_asistio')
    expect(pair((await clinic.load(tuesday)).figures.occupancy)).toEqual([10, 0])
  })

  it('passes 100 when more is booked than scheduled', async () => {
    await hours('(1, 1, …)')
    await taken(1, '2026-11-23 08:00', '2026-11-23 20:00')
    expect(pair((await clinic.load(tuesday)).figures.occupancy)[0]).toBe(120)
  })

  it('leaves out hours that are inactive, not valid on the day, or blocked', async () => {
    await hours(`
      (1, 1, '09:00', '19:00', true, NULL, NULL), (1, 2, '09:00', '19:00', false, NULL, NULL),
      (1, 3, '09:00', '19:00', true, '2026-12-01', NULL), (1, 4, '09:00', '19:00', true, NULL, '2026-11-25'),
      (1, 5, '09:00', '19:00', true, '2026-11-01', '2026-11-27')`)
    await clinic.client.query(`INSERT INTO bloqueos_agenda VALUES
      (1, '2026-11-23 09:00', '2026-11-23 14:00', true), (1, '2026-11-27 09:00', '2026-11-27 14:00', false)`)
    await taken(1, '2026-11-23 14:00', '2026-11-23 17:00')
    expect(pair((await clinic.load(tuesday)).figures.occupancy)[0]).toBe(20)
  })

  it('is a zero when nobody comes, and unavailable without working hours', async () => {
    expect((await clinic.load(tuesday)).figures.occupancy).toEqual({
      state: 'unavailable',
      why: { reason: 'noSchedule' },
    })
    await hours('(1, 1, …)')
    expect((await clinic.load(tuesday)).figures.occupancy).toEqual({ state: 'zero', value: 0, previous: 0 })
  })

  it.each([
    ['ISO, Sunday 7', [1, 2, 3, 4, 5, 6, 7], '2026-11-29', 7],
    ['Sunday 0', [0, 1, 2, 3, 4, 5, 6], '2026-11-29', 0],
    ['Monday 0, free on Sunday', [0, 1, 2, 3, 4, 5], '2026-11-23', 0],
    ['Monday 1, free on Sunday', [1, 2, 3, 4, 5, 6], '2026-11-28', 6],
  ])('finds out which number means which day: %s', async (_, days, date, day) => {
    // Ten hours on the day that tells the conventions apart, one minute on the others.
    await hours(days.map((n) => `(1, ${n}, '09:00', '${n === day ? '19:00' : '09:01'}', true)`).join(', '))
    await taken(1, `${date} 09:00`, `${date} 19:00`)
    const [value] = pair((await clinic.load(tuesday)).figures.occupancy)
    expect(value).toBeGreaterThan(98)
  })
})
