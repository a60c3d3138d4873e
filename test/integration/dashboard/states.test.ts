import { afterEach, describe, expect, it } from 'vitest'
import type { DashboardFigures, FigureName } from '#shared/dashboard.ts'
import { amount, dashboardOf, type Golden, goldenClinic, sessionThatWaits, withDashboard } from './golden.ts'

let clinic: Golden
afterEach(() => clinic.drop())

const now = '2026-11-24T12:00:00'
const revenueFigures = [
  ...(['revenueToday', 'revenueThisWeek', 'revenueThisMonth', 'revenueThisYear'] as const),
  ...(['revenueByMonth', 'pendingBalance'] as const),
]

/** Every figure's state, with those that differ from the given one named. */
function others(figures: DashboardFigures, state: string): string[] {
  return (Object.keys(figures) as FigureName[]).filter((name) => figures[name].state !== state)
}

describe('a figure is zero', () => {
  it('when its table is there and empty', async () => {
    clinic = await goldenClinic()
    const { figures } = await clinic.load(now)
    expect(others(figures, 'zero')).toEqual(['occupancy'])
    expect(amount(figures.trend)).toHaveLength(7)
    expect(amount(figures.topTreatments)).toEqual([])
    expect(amount(figures.revenueToday)).toBe('0.00')
    expect(amount(figures.pendingBalance)).toBe('0.00')
    for (const months of [figures.revenueByMonth, figures.expensesByMonth]) {
      expect(amount(months)).toHaveLength(12)
      expect(amount(months)?.at(-1)).toEqual({ month: '2026-11-01', amount: '0.00' })
    }
    expect(amount(figures.criticalStock)).toEqual({ count: 0, products: [] })
  })
})

describe('a figure is unavailable, and the others are not', () => {
  const why = (table: string, column?: string) => ({
    state: 'unavailable',
    why: column ? { reason: 'columnMissing', table, column } : { reason: 'tableMissing', table },
  })

  it.each([
    ['pagos', [...revenueFigures]],
    ['detalle_cita', ['topTreatments', 'bestServices']],
    ['tratamientos', ['topTreatments', 'bestServices']],
    ['gastos', ['expensesByMonth', 'expensesByCategory']],
    ['inventario_productos', ['criticalStock']],
    ['horarios_trabajo', ['occupancy']],
  ] as const)('where the installation has no %s', async (table, names) => {
    clinic = await goldenClinic(`;DROP TABLE ${table}`)
    const { figures } = await clinic.load(now)
    for (const name of names) expect(figures[name]).toEqual(why(table))
    expect(new Set(others(figures, 'zero'))).toEqual(new Set([...names, 'occupancy']))
  })

  it('where an old installation only knows when an appointment starts', async () => {
    clinic = await goldenClinic(`;
      ALTER TABLE citas DROP COLUMN fecha_hora_fin;
      ALTER TABLE citas RENAME COLUMN fecha_hora_inicio TO fecha_hora;
      INSERT INTO citas (fecha_hora, estado) VALUES ('2026-11-24 09:00', 'completada')`)
    const { figures } = await clinic.load(now)
    expect(figures.occupancy).toEqual(why('citas', 'fecha_hora_fin'))
    expect(amount(figures.appointmentsToday)).toBe(1)
    expect(figures.topTreatments.state).toBe('zero')
  })

  it('where a column is missing', async () => {
    clinic = await goldenClinic(';ALTER TABLE pacientes DROP COLUMN activo, DROP COLUMN fecha_registro')
    const { figures } = await clinic.load(now)
    expect(figures.activePatients).toEqual(why('pacientes', 'activo'))
    expect(figures.newPatientsThisMonth).toEqual(why('pacientes', 'fecha_registro'))
    expect(figures.totalPatients.state).toBe('zero')
  })

  it.each([
    ['pagos', 'fecha_pago', ['revenueByMonth']],
    ['gastos', 'categoria', ['expensesByCategory']],
    ['detalle_cita', 'precio_final', ['bestServices']],
    ['inventario_productos', 'stock_minimo', ['criticalStock']],
  ] as const)('where %s has no %s', async (table, column, names) => {
    clinic = await goldenClinic(`;ALTER TABLE ${table} DROP COLUMN ${column}`)
    const { figures } = await clinic.load(now)
    for (const name of names) expect(figures[name]).toEqual(why(table, column))
    const siblings = ['pendingBalance', 'expensesByMonth', 'topTreatments', 'totalPatients'] as const
    for (const name of siblings) expect(figures[name].state).toBe('zero')
  })

  it.each([
    ['gastos', ['expensesByMonth', 'expensesByCategory']],
    ['detalle_cita', ['topTreatments', 'bestServices']],
    ['inventario_productos', ['criticalStock']],
  ] as const)('where the right to read %s was taken away between two loads', async (table, names) => {
    clinic = await goldenClinic()
    const role = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
    const everyday = await withDashboard(clinic, role)
    try {
      expect((await everyday.load(now)).figures[names[0]].state).toBe('zero')
      await clinic.client.query(`REVOKE SELECT ON ${table} FROM ${role.user}`)
      const { figures } = await everyday.load(now)
      const closed = { state: 'unavailable', why: { reason: 'privilegeMissing', table } }
      for (const name of names) expect(figures[name]).toEqual(closed)
      expect(new Set(others(figures, 'zero'))).toEqual(new Set([...names, 'occupancy']))
    } finally {
      await everyday.database.close()
    }
  })

  it('where the role may not read its table, from the start or from now on', async () => {
    clinic = await goldenClinic()
    const role = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
    await clinic.client.query(`REVOKE SELECT ON horarios_trabajo FROM ${role.user}`)
    const everyday = await withDashboard(clinic, role)
    try {
      const closed = (table: string) => ({ state: 'unavailable', why: { reason: 'privilegeMissing', table } })
      expect((await everyday.load(now)).figures.occupancy).toEqual(closed('horarios_trabajo'))
      await clinic.client.query(`REVOKE SELECT ON pagos FROM ${role.user}`)
      const { figures } = await everyday.load(now)
      for (const name of revenueFigures) expect(figures[name]).toEqual(closed('pagos'))
      expect(new Set(others(figures, 'zero'))).toEqual(new Set([...revenueFigures, 'occupancy']))
    } finally {
      await everyday.database.close()
    }
  })

  it('until the table comes, or the right to read it', async () => {
    clinic = await goldenClinic(';ALTER TABLE gastos RENAME TO antes')
    const { handlers } = dashboardOf(clinic.database, now)
    const state = async () => (await handlers['dashboard.load']({ days: 7 })).figures.expensesByMonth.state
    expect(await state()).toBe('unavailable')
    await clinic.client.query('ALTER TABLE antes RENAME TO gastos')
    expect(await state()).toBe('zero')
  })

  it('when a table is dropped after the schema was read', async () => {
    clinic = await goldenClinic()
    expect((await clinic.load(now)).figures.revenueToday.state).toBe('zero')
    await clinic.client.query('DROP TABLE pagos')
    expect((await clinic.load(now)).figures.revenueToday).toEqual(why('pagos'))
  })
})

describe('a figure is an error, and the others are not', () => {
  it('when its own question fails, with a reference that the log knows and no word of the server', async () => {
    clinic = await goldenClinic(`;
      ALTER TABLE pagos ALTER COLUMN monto_pagado TYPE text;
      INSERT INTO pagos (fecha_pago, monto_pagado) VALUES ('2026-11-24 09:00', 'Paciente Secreto')`)
    const { figures } = await clinic.load(now)
    expect(figures.revenueToday).toMatchObject({ state: 'error', error: { code: 'SERVER_ERROR' } })
    const { error } = figures.revenueToday as { error: { params: object; ref: string } }
    expect(error.params).toMatchObject({ sqlstate: '22P02' })
    expect(clinic.log.text()).toContain(error.ref)
    expect(clinic.log.text() + JSON.stringify(figures)).not.toContain('Secreto')
    expect(new Set(others(figures, 'zero'))).toEqual(new Set([...revenueFigures, 'occupancy']))
  })

  it.each([
    ['gastos', 'monto', "INSERT INTO gastos (categoria, monto, fecha_gasto) VALUES ('Renta', 'NaN', '2026-11-24')"],
    [
      'pagos',
      'saldo_pendiente',
      "INSERT INTO pagos (fecha_pago, monto_pagado, saldo_pendiente) VALUES ('2020-01-01', 0, 'NaN')",
    ],
  ])('when an amount of %s is no number', async (table, column, insert) => {
    clinic = await goldenClinic(`;ALTER TABLE ${table} ALTER COLUMN ${column} TYPE numeric;${insert}`)
    const { figures } = await clinic.load(now)
    const broken = table === 'gastos' ? figures.expensesByMonth : figures.pendingBalance
    expect(broken).toMatchObject({ state: 'error', error: { code: 'SERVER_ERROR' } })
    expect(figures.appointmentsToday.state).toBe('zero')
    expect(figures.bestServices.state).toBe('zero')
  })

  it.each([
    ['pacientes', 'totalPatients'],
    ['pagos', 'revenueToday'],
  ] as const)('when %s stays locked', async (table, name) => {
    clinic = await goldenClinic()
    await clinic.client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`)
    const { figures } = await clinic.load(now)
    await clinic.client.query('ROLLBACK')
    expect(figures[name]).toMatchObject({ state: 'error', error: { code: 'LOCK_TIMEOUT' } })
    expect(figures.appointmentsToday.state).toBe('zero')
    expect((await clinic.load(now)).figures[name].state).toBe('zero')
  })

  it('when a sum is no number', async () => {
    clinic = await goldenClinic(`;
      ALTER TABLE pagos ALTER COLUMN monto_pagado TYPE numeric;
      INSERT INTO pagos (fecha_pago, monto_pagado) VALUES ('2026-11-24 09:00', 'NaN')`)
    expect((await clinic.load(now)).figures.revenueToday).toMatchObject({ state: 'error' })
  })
})

describe('no figure at all', () => {
  it('comes from a connection that is cut in the middle of a load, and the next load works', async () => {
    clinic = await goldenClinic()
    await clinic.load(now)
    await clinic.client.query('BEGIN; LOCK TABLE pagos IN ACCESS EXCLUSIVE MODE')
    const loading = clinic.load(now)
    loading.catch(() => {})
    await clinic.client.query('SELECT pg_terminate_backend($1)', [await sessionThatWaits(clinic)])
    await expect(loading).rejects.toMatchObject({ code: expect.stringMatching(/^(SERVER_STOPPED|CONNECTION_LOST)$/) })
    await clinic.client.query('ROLLBACK')
    expect((await clinic.load(now)).figures.revenueToday.state).toBe('zero')
  })
})

describe('installations differ', () => {
  it('in the schema that the search path names', async () => {
    clinic = await goldenClinic()
    await clinic.appointments('2026-11-24 09:00')
    await clinic.client.query(`
      CREATE SCHEMA "Clínica"; DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
          EXECUTE format('ALTER TABLE public.%I SET SCHEMA "Clínica"', t);
        END LOOP; END $$`)
    const named = await withDashboard(clinic, { ...clinic.options, schema: 'Clínica' })
    try {
      expect(amount((await named.load(now)).figures.appointmentsToday)).toBe(1)
    } finally {
      await named.database.close()
    }
  })

  it('in the indexes on appointments, never in what is counted', async () => {
    clinic = await goldenClinic()
    await clinic.client.query(`
      INSERT INTO citas (id_podologo, fecha_hora_inicio, fecha_hora_fin, estado)
        SELECT 1 + n % 5, t, t + interval '20 minutes', 'Pendiente'
          FROM (SELECT n, timestamp '2026-10-20' + n * interval '97 minutes' AS t FROM generate_series(1, 900) AS n) AS row`)
    const before = (await clinic.load(now, 30)).figures
    await clinic.client.query('DROP INDEX citas_id_podologo_fecha_hora_inicio_idx')
    expect((await clinic.load(now, 30)).figures).toEqual(before)
    await clinic.client.query('CREATE INDEX ON citas (fecha_hora_inicio) INCLUDE (id, estado)')
    expect((await clinic.load(now, 30)).figures).toEqual(before)
  })

  it('in whether an appointment must have a podiatrist', async () => {
    clinic = await goldenClinic(`;ALTER TABLE citas ALTER COLUMN id_podologo DROP NOT NULL`)
    await clinic.appointments('2026-11-24 09:00')
    await clinic.client.query('UPDATE citas SET id_podologo = NULL')
    expect(amount((await clinic.load(now)).figures.appointmentsToday)).toBe(1)
  })

  it('in columns that know their zone', async () => {
    clinic = await goldenClinic()
    await clinic.client.query(`
      SET TimeZone = 'UTC'; ALTER TABLE citas ALTER COLUMN fecha_hora_inicio TYPE timestamptz;
      INSERT INTO citas (fecha_hora_inicio, fecha_hora_fin) VALUES ('2026-11-25 06:30+00', '2026-11-25'), ('2026-11-24 06:30+00', '2026-11-25')`)
    expect(amount((await clinic.load(now)).figures.appointmentsToday)).toBe(1)
  })
})

describe('the moment of a dashboard', () => {
  it('is the server’s clock in the clinic’s zone', async () => {
    clinic = await goldenClinic()
    const clock = async () => {
      const { rows } = await clinic.client.query(
        `SELECT to_char(clock_timestamp() AT TIME ZONE 'America/Tijuana', 'YYYY-MM-DD"T"HH24:MI:SS') AS now`,
      )
      return rows[0].now as string
    }
    const before = await clock()
    const dashboard = await dashboardOf(clinic.database).handlers['dashboard.load']({ days: 30 })
    expect(dashboard.takenAt >= before && dashboard.takenAt <= (await clock())).toBe(true)
    expect(dashboard).toMatchObject({
      today: dashboard.takenAt.slice(0, 10),
      zone: 'America/Tijuana',
      range: { days: 30 },
    })
    expect(amount(dashboard.figures.trend)).toHaveLength(30)
    expect(amount(dashboard.figures.trend)?.at(-1)?.day).toBe(dashboard.today)
  })
})
