import { afterEach, describe, expect, it, vi } from 'vitest'
import { createDashboard } from '#electron/dashboard/dashboard.ts'
import { openDatabase } from '#electron/database/open.ts'
import { applyDrift } from '#scripts/clinic/drifts.js'
import { adviceIds } from '#shared/indexes.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'
import { type Advice, adviceOn, largeTables } from './setting.ts'

dropClinicsAfterAll()
let advice: Advice | undefined
afterEach(async () => {
  await advice?.close()
  advice = undefined
})

async function of(clinic: FreshClinic, prepare = ''): Promise<Advice> {
  if (prepare) await clinic.client.query(prepare)
  advice = await adviceOn(clinic)
  return advice
}

const large = async (prepare = '') => {
  const clinic = await freshClinic({ empty: true })
  await clinic.client.query(largeTables + prepare)
  await clinic.client.query('VACUUM ANALYZE')
  return clinic
}

describe('the advice', () => {
  it('names what a usual clinic lacks, with the statement, its size and its owner', async () => {
    const clinic = await freshClinic()
    const indexes = await of(clinic)
    expect(await indexes.find('payments')).toMatchObject({
      name: 'podoskin_admin_pagos_fecha',
      status: { state: 'missing' },
      statement:
        'CREATE INDEX CONCURRENTLY "podoskin_admin_pagos_fecha" ON "public"."pagos" USING btree ("fecha_pago") INCLUDE ("monto_pagado", "estado_pago")',
      owner: clinic.options.user,
      mayCreate: true,
    })
    expect(await indexes.find('details')).toMatchObject({
      status: { state: 'present', name: 'detalle_cita_id_cita_id_tratamiento_idx', bytes: expect.any(Number) },
    })
    for (const id of ['appointments', 'patients'] as const) {
      expect((await indexes.find(id)).status).toEqual({ state: 'missing' })
    }
  })

  it('tells a role that owns nothing whose credentials are needed', async () => {
    const clinic = await freshClinic()
    const everyday = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
    advice = await adviceOn(clinic, { everyday })
    expect(await advice.find('payments')).toMatchObject({
      status: { state: 'missing' },
      owner: clinic.options.user,
      mayCreate: false,
      estimatedBytes: expect.any(Number),
    })
  })

  it.each([
    ['one that carries more', 'CREATE INDEX other ON pagos (fecha_pago, estado_pago) INCLUDE (id, monto_pagado)', true],
    ['one that lacks a column', 'CREATE INDEX other ON pagos (fecha_pago) INCLUDE (estado_pago)', false],
    ['one of some rows', `CREATE INDEX other ON pagos (fecha_pago, monto_pagado, estado_pago) WHERE id > 5`, false],
    ['one that begins otherwise', 'CREATE INDEX other ON pagos (estado_pago, fecha_pago, monto_pagado)', false],
    ['one of expressions', 'CREATE INDEX other ON pagos ((fecha_pago::date), monto_pagado, estado_pago)', false],
    ['a hash', 'CREATE INDEX other ON pagos USING hash (fecha_pago)', false],
    [
      'one that is not whole',
      `CREATE INDEX other ON pagos (fecha_pago) INCLUDE (monto_pagado, estado_pago);
       UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'other'::regclass`,
      false,
    ],
  ])('takes an index of the clinic for as good only when it is: %s', async (_which, sql, good) => {
    const { status } = await (await of(await freshClinic(), sql)).find('payments')
    expect(status).toEqual(good ? { state: 'present', name: 'other', bytes: expect.any(Number) } : { state: 'missing' })
  })

  it('says what an installation cannot have, and why', async () => {
    const clinic = await freshClinic()
    await applyDrift(clinic.client, 'no-payments')
    const indexes = await of(clinic, 'ALTER TABLE pacientes DROP COLUMN activo CASCADE')
    expect(await indexes.find('payments')).toMatchObject({
      status: { state: 'impossible', why: { reason: 'tableMissing', table: 'pagos' } },
      statement: null,
      mayCreate: false,
    })
    expect((await indexes.find('patients')).status).toEqual({
      state: 'impossible',
      why: { reason: 'columnMissing', table: 'pacientes', column: 'activo' },
    })
  })

  it('leaves a name alone that something else of the clinic has', async () => {
    const taken = 'CREATE INDEX podoskin_admin_pagos_fecha ON pacientes (id)'
    const indexes = await of(await freshClinic(), taken)
    expect((await indexes.find('payments')).status).toEqual({
      state: 'impossible',
      why: { reason: 'nameTaken', name: 'podoskin_admin_pagos_fecha' },
    })
    await expect(indexes.dropIndex('payments')).rejects.toMatchObject({ code: 'INDEX_CHANGED' })
  })

  it('follows the names of an old installation in a schema of its own', async () => {
    const clinic = await freshClinic()
    await applyDrift(clinic.client, 'single-start')
    await applyDrift(clinic.client, 'other-schema')
    const indexes = await of(clinic)
    const found = await indexes.find('appointments')
    expect(found).toMatchObject({ columns: ['fecha_hora'], includes: ['id', 'estado', 'id_podologo'] })
    expect(found.statement).toContain('ON "clinica"."citas"')
    expect((await indexes.create('appointments')).state).toBe('done')
    expect((await indexes.find('appointments')).status.state).toBe('ours')
    expect((await indexes.dropIndex('appointments')).state).toBe('done')
  })

  it('does not guess a size that the server has never measured', async () => {
    const clinic = await freshClinic({ empty: true })
    await clinic.client.query(largeTables)
    expect(await (await of(clinic)).find('payments')).toMatchObject({ rows: null, estimatedBytes: null })
  })
})

describe('an advised index of some rows', () => {
  it.each([
    ['CREATE INDEX other ON pagos (saldo_pendiente, estado_pago) WHERE saldo_pendiente > 0', 'present'],
    ['CREATE INDEX other ON pagos (saldo_pendiente) INCLUDE (estado_pago)', 'present'],
    ['CREATE INDEX other ON pagos (saldo_pendiente, estado_pago) WHERE saldo_pendiente > 500', 'missing'],
  ])('finds that %s is %s', async (sql, state) => {
    expect((await (await of(await freshClinic(), sql)).find('balance')).status.state).toBe(state)
  })
})

describe('an advised index', () => {
  it('weighs what was estimated, within a tenth, and serves the dashboard from far fewer pages', async () => {
    const clinic = await large()
    const indexes = await of(clinic)
    const database = await openDatabase({ ...clinic.options, pool: { warm: 1, max: 1 } })
    const { handlers } = createDashboard({
      ...{ database: () => database, zone: () => 'America/Tijuana', log: recordedLog() },
      now: '2026-05-24T12:00:00',
    })
    /** Pages of the tables and indexes that one load has touched. The server publishes its counts at times. */
    const load = async () => {
      const counted = `SELECT coalesce(sum(heap_blks_hit + heap_blks_read + coalesce(idx_blks_hit + idx_blks_read, 0)), 0)::int AS n
                         FROM pg_statio_user_tables`
      await clinic.client.query('SELECT pg_stat_reset()')
      await handlers['dashboard.load']({ days: 7 })
      // The product's session publishes when it ends at the latest.
      await database.read((transaction) => transaction.query('SELECT pg_stat_force_next_flush()'))
      return vi.waitFor(async () => {
        const { rows } = await clinic.client.query<{ n: number }>(counted)
        expect(rows[0]?.n).toBeGreaterThan(0)
        return rows[0]?.n ?? 0
      })
    }
    try {
      const before = await load()
      for (const id of adviceIds) {
        const { estimatedBytes } = await indexes.find(id)
        expect((await indexes.create(id)).state, id).toBe('done')
        const { status } = await indexes.find(id)
        if (status.state !== 'ours') throw new Error(`${id} is ${status.state}`)
        // A small index is a handful of pages of 8 kB: one more or less is within what an estimate can know.
        const allowed = Math.max(status.bytes * 0.1, 2 * 8192)
        expect(Math.abs((estimatedBytes ?? 0) - status.bytes), id).toBeLessThanOrEqual(allowed)
      }
      await clinic.client.query('VACUUM')
      const after = await load()
      const { rows } = await clinic.client.query<{ name: string }>(
        `SELECT indexrelname AS name FROM pg_stat_user_indexes
          WHERE indexrelname LIKE 'podoskin_admin%' AND idx_scan = 0`,
      )
      expect(rows, 'indexes that nothing used').toEqual([])
      expect(after).toBeLessThan(before / 2)
    } finally {
      await database.close()
    }
  })
})
