import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { amount, dashboardOf, type Golden, goldenClinic, sessionThatWaits } from './golden.ts'

const now = '2026-11-24T12:00:00'
const long = process.env.PODOSKIN_LONG === '1'

let clinic: Golden
beforeEach(async () => {
  clinic = await goldenClinic()
})
afterEach(() => clinic.drop())

async function writer(): Promise<pg.Client> {
  const { host, port, user, database, password } = clinic.options
  const client = new pg.Client({ host, port, user, database, password: password ?? '' })
  await client.connect()
  return client
}

describe('all figures of a load come from one snapshot', () => {
  it('also when money moves between two of its questions', async () => {
    await clinic.appointments('2026-11-24 09:00')
    const client = await writer()
    // The load reads appointments, then waits for `pagos`; meanwhile the appointment becomes a payment.
    await client.query('BEGIN; LOCK TABLE pagos IN ACCESS EXCLUSIVE MODE')
    const loading = clinic.load(now)
    await sessionThatWaits(clinic)
    await client.query(
      `DELETE FROM citas; INSERT INTO pagos (fecha_pago, monto_pagado) VALUES ('2026-11-24 09:30', 500); COMMIT`,
    )
    const { figures } = await loading
    expect([amount(figures.appointmentsToday), amount(figures.revenueToday)]).toEqual([1, '0.00'])
    const after = (await clinic.load(now)).figures
    expect([amount(after.appointmentsToday), amount(after.revenueToday)]).toEqual([0, '500.00'])
    await client.end()
  })

  it('while a writer never rests', async () => {
    await clinic.client.query(`
      INSERT INTO pacientes (activo, fecha_registro) SELECT true, '2026-11-02' FROM generate_series(1, 50);
      INSERT INTO pagos (fecha_pago, monto_pagado) SELECT '2026-11-24 09:00', 1 FROM generate_series(1, 50)`)
    const client = await writer()
    let busy = true
    const writing = (async () => {
      for (let turn = 0; busy; turn++) {
        // Each pass takes a patient for a peso, or gives it back: together they stay a hundred.
        await client.query(
          turn % 40 < 20
            ? `BEGIN; DELETE FROM pacientes WHERE id = (SELECT min(id) FROM pacientes);
               INSERT INTO pagos (fecha_pago, monto_pagado) VALUES ('2026-11-24 09:00', 1); COMMIT`
            : `BEGIN; INSERT INTO pacientes (activo, fecha_registro) VALUES (true, '2026-11-02');
               DELETE FROM pagos WHERE id = (SELECT max(id) FROM pagos); COMMIT`,
        )
      }
    })()
    const seen = new Set<number>()
    for (let turn = 0; turn < 60; turn++) {
      const { figures } = await clinic.load(now)
      seen.add(amount(figures.totalPatients) ?? 0)
      expect((amount(figures.totalPatients) ?? 0) + Number(amount(figures.revenueToday))).toBe(100)
    }
    busy = false
    await writing
    await client.end()
    expect(seen.size).toBeGreaterThan(1)
  })
})

describe('loads do not leak', () => {
  it(`after ${long ? '10 000' : '200'} in a row and 20 at once`, async () => {
    const figuresBefore = clinic.database.figures()
    for (let turn = 0; turn < (long ? 10_000 : 200); turn++) await clinic.load(now)
    // Different zones are different loads: twenty that cannot share an answer.
    const zones = Intl.supportedValuesOf('timeZone')
      .filter((zone) => zone.startsWith('America/'))
      .slice(0, 20)
    const loads = zones.map((zone) =>
      dashboardOf(clinic.database, now, undefined, zone).handlers['dashboard.load']({ days: 7 }),
    )
    expect((await Promise.all(loads)).map((dashboard) => dashboard.zone)).toEqual(zones)
    const figures = clinic.database.figures()
    expect(figures).toMatchObject({ leaks: 0, timeouts: 0, failures: figuresBefore.failures })
    expect(figures.now).toMatchObject({ waiting: 0, idle: figures.now.total })
    const { rows } = await clinic.client.query(
      `SELECT count(*)::int AS open FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'podoskin-admin' AND xact_start IS NOT NULL`,
    )
    expect(rows[0].open).toBe(0)
  }, 600_000)
})

describe('equal loads in flight', () => {
  it('share one answer, and a later load reads again', async () => {
    await clinic.load(now)
    const { handlers } = dashboardOf(clinic.database, now)
    const before = clinic.database.figures().requests
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => handlers['dashboard.load']({ days: 7 })))
    expect(new Set(answers).size).toBe(1)
    expect(clinic.database.figures().requests).toBe(before + 1)
    await Promise.all([handlers['dashboard.load']({ days: 7 }), handlers['dashboard.load']({ days: 30 })])
    expect(clinic.database.figures().requests).toBe(before + 3)
  })
})
