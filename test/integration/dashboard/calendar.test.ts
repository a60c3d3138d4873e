import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { amount, type Golden, goldenClinic, pair } from './golden.ts'

let clinic: Golden
beforeEach(async () => {
  clinic = await goldenClinic()
})
afterEach(() => clinic.drop())

describe('appointments belong to the civil day on which they start', () => {
  it('from its first minute to its last', async () => {
    await clinic.appointments(
      '2026-11-23 23:59:59.999999',
      '2026-11-24 00:00',
      '2026-11-24 23:59:59.999999',
      '2026-11-25 00:00',
    )
    const { figures } = await clinic.load('2026-11-24T12:00:00')
    expect(pair(figures.appointmentsToday)).toEqual([2, 0])
    expect(pair(figures.appointmentsThisWeek)).toEqual([4, 0])
    expect(figures.trend).toMatchObject({ state: 'value' })
    expect(amount(figures.trend)?.slice(-2)).toEqual([
      { day: '2026-11-23', total: 1, completed: 0, cancelled: 0 },
      { day: '2026-11-24', total: 2, completed: 0, cancelled: 0 },
    ])
  })

  it('in the week that begins on Monday, seen from Monday and from Sunday', async () => {
    await clinic.appointments('2026-11-22 23:59', '2026-11-23 00:00', '2026-11-29 23:59', '2026-11-30 00:00')
    for (const now of ['2026-11-23T00:00:00', '2026-11-29T23:59:59']) {
      expect(pair((await clinic.load(now)).figures.appointmentsThisWeek)).toEqual([2, 1])
    }
  })

  it('at the end of a month and of a year', async () => {
    await clinic.appointments('2026-12-31 23:59', '2027-01-01 00:00', '2026-12-01 00:00', '2026-11-30 23:59')
    const december = (await clinic.load('2026-12-31T23:59:59')).figures
    expect(pair(december.appointmentsThisMonth)).toEqual([2, null])
    const january = (await clinic.load('2027-01-01T00:00:00')).figures
    expect(pair(january.appointmentsThisMonth)).toEqual([1, null])
    expect(pair(january.appointmentsToday)).toEqual([1, 0])
  })

  it('on a leap day', async () => {
    await clinic.appointments('2028-02-28 23:59', '2028-02-29 09:00', '2028-03-01 00:00')
    const { figures } = await clinic.load('2028-02-29T10:00:00')
    expect(amount(figures.appointmentsToday)).toBe(1)
    expect(amount(figures.appointmentsThisMonth)).toBe(2)
    expect(amount(figures.trend)?.map(({ day }) => day)).toContain('2028-02-29')
  })

  it.each([
    [
      'forward',
      '2026-03-08',
      '2026-03-07 23:59',
      ['2026-03-08 00:00', '2026-03-08 01:59', '2026-03-08 03:00', '2026-03-08 23:59'],
    ],
    [
      'back',
      '2026-11-01',
      '2026-10-31 23:59',
      ['2026-11-01 00:00', '2026-11-01 01:30', '2026-11-01 02:00', '2026-11-01 23:59'],
    ],
  ])('on the day the clock goes %s in Tijuana', async (_, day, before, within) => {
    await clinic.appointments(before, ...within)
    const { figures } = await clinic.load(`${day}T12:00:00`)
    expect(amount(figures.appointmentsToday)).toBe(4)
    expect(amount(figures.trend)?.at(-1)).toEqual({ day, total: 4, completed: 0, cancelled: 0 })
    expect(amount(figures.trend)?.at(-2)?.total).toBe(1)
  })
})

describe('the next seven days', () => {
  it('begin after now, end with the same minute a week later, and only hold who is still expected', async () => {
    await clinic.appointments(
      '2026-11-24 12:00:00',
      '2026-11-24 12:00:01',
      ['2026-12-01 12:00:00', 'confirmada'],
      '2026-12-01 12:00:01',
      ['2026-11-25 09:00', 'Cancelada'],
      ['2026-11-25 10:00', 'En_Curso'],
      ['2026-11-25 11:00', null],
    )
    expect((await clinic.load('2026-11-24T12:00:00')).figures.upcomingAppointments).toEqual({
      state: 'value',
      value: 2,
      previous: null,
    })
  })
})

describe('states', () => {
  it('are counted for this month whatever their capitals, strangers apart', async () => {
    await clinic.appointments(
      ['2026-11-01 09:00', 'COMPLETADA'],
      ['2026-11-02 09:00', 'completada'],
      ['2026-11-02 10:00', 'No_Asistio'],
      ['2026-11-03 09:00', 'Reprogramada'],
      ['2026-11-03 10:00', null],
      ['2026-10-31 09:00', 'Completada'],
    )
    expect(amount((await clinic.load('2026-11-24T12:00:00')).figures.appointmentsByState)).toEqual([
      { state: 'pendiente', count: 0 },
      { state: 'confirmada', count: 0 },
      { state: 'en_curso', count: 0 },
      { state: 'completada', count: 2 },
      { state: 'cancelada', count: 0 },
      { state: 'no_asistio', count: 1 },
      { state: 'otro', count: 2 },
    ])
  })
})

describe('revenue', () => {
  it('is exact, leaves cancelled payments out and counts those without a state', async () => {
    await clinic.payments(
      ['2026-11-24 00:00', '0.10'],
      ['2026-11-24 23:59:59', '0.20', null],
      ['2026-11-24 10:00', '1000.00', 'Cancelado'],
      ['2026-11-24 10:00', '1000.00', 'CANCELADO'],
      ['2026-11-24 10:00', '7.00', 'Pendiente'],
      ['2026-11-23 00:00', '99999999.99'],
      ['2026-01-01 00:00', '99999999.99'],
    )
    const { figures } = await clinic.load('2026-11-24T12:00:00')
    expect(amount(figures.revenueToday)).toBe('7.30')
    expect(amount(figures.revenueThisWeek)).toBe('100000007.29')
    expect(amount(figures.revenueThisMonth)).toBe('100000007.29')
    expect(amount(figures.revenueThisYear)).toBe('200000007.28')
  })

  it('compares with the part of the period before that had passed by this time', async () => {
    await clinic.payments(
      ['2026-11-17 11:59:59', '1.00'],
      ['2026-11-17 12:00:00', '2.00'],
      ['2026-11-16 00:00', '4.00'],
      ['2026-11-18 08:00', '8.00'],
      ['2026-10-24 11:00', '16.00'],
      ['2026-10-24 13:00', '32.00'],
    )
    const { figures } = await clinic.load('2026-11-24T12:00:00')
    expect(pair(figures.revenueToday)).toEqual(['0.00', '1.00'])
    expect(figures.revenueToday.state).toBe('zero')
    expect(pair(figures.revenueThisWeek)).toEqual(['0.00', '5.00'])
    expect(pair(figures.revenueThisMonth)).toEqual(['15.00', '16.00'])
    expect(pair(figures.revenueThisYear)).toEqual(['63.00', null])
  })
})

describe('patients', () => {
  it('are all rows, the active ones only where that is said', async () => {
    await clinic.client.query(`
      INSERT INTO pacientes (activo, fecha_registro) VALUES
        (true, '2026-11-01 00:00'), (false, '2026-11-30 23:59:59'), (NULL, '2026-12-01 00:00'),
        (true, '2026-10-24 11:00'), (true, '2026-10-24 12:00'), (true, NULL)`)
    const { figures } = await clinic.load('2026-11-24T12:00:00')
    expect(amount(figures.totalPatients)).toBe(6)
    expect(amount(figures.activePatients)).toBe(4)
    expect(pair(figures.newPatientsThisMonth)).toEqual([2, 1])
  })
})

describe('treatments', () => {
  it('are the five most used this month, without cancelled and missed appointments', async () => {
    await clinic.client.query(`
      INSERT INTO tratamientos SELECT n, 'T' || n FROM generate_series(1, 7) AS n;
      INSERT INTO citas (fecha_hora_inicio, fecha_hora_fin, estado) VALUES
        ('2026-11-01 00:00', '2026-11-01 00:30', 'completada'), ('2026-11-30 23:00', '2026-11-30 23:30', NULL),
        ('2026-11-05 09:00', '2026-11-05 09:30', 'cancelada'), ('2026-11-05 10:00', '2026-11-05 10:30', 'NO_ASISTIO'),
        ('2026-10-31 23:59', '2026-11-01 00:30', 'Completada'), ('2026-12-01 00:00', '2026-12-01 00:30', 'Pendiente');
      INSERT INTO detalle_cita (id_cita, id_tratamiento)
        SELECT c, t FROM generate_series(1, 6) AS c, generate_series(2, 7) AS t UNION ALL SELECT 1, 7;`)
    expect(amount((await clinic.load('2026-11-24T12:00:00')).figures.topTreatments)).toEqual([
      { name: 'T7', count: 3 },
      { name: 'T2', count: 2 },
      { name: 'T3', count: 2 },
      { name: 'T4', count: 2 },
      { name: 'T5', count: 2 },
    ])
  })
})
