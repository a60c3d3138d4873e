import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshClinic } from '#support/clinic.ts'
import { type Golden, withDashboard } from './golden.ts'

let clinic: Golden
beforeAll(async () => {
  clinic = await withDashboard(await freshClinic())
})
afterAll(() => clinic.drop())

const changes = [
  'CREATE INDEX por_pago ON pagos (fecha_pago) INCLUDE (monto_pagado, estado_pago)',
  'CREATE INDEX por_registro ON pacientes (fecha_registro)',
  'CREATE INDEX por_inicio ON citas (fecha_hora_inicio) INCLUDE (id, estado, id_podologo, fecha_hora_fin)',
  "UPDATE pagos SET estado_pago = upper(estado_pago) WHERE estado_pago = 'Cancelado' AND id % 2 = 0",
  'DROP INDEX por_pago',
  'DROP INDEX pagos_estado_pago_idx',
  'DROP INDEX por_inicio',
  'DROP INDEX citas_id_podologo_fecha_hora_inicio_idx',
]

/** What the server believes of the tables decides whether they are read as small ones. */
const pages = [1, 100_000]

it('counts the same whatever indexes an administrator adds or drops, in small tables and in large ones', async () => {
  const moments = ['2026-11-24T12:00:00', '2026-03-31T23:59:59', '2025-01-01T00:00:00']
  const figures = async () => {
    const loads = []
    for (const size of pages) {
      await clinic.client.query(
        `UPDATE pg_class SET relpages = $1 WHERE oid IN ('citas'::regclass, 'pagos'::regclass, 'pacientes'::regclass)`,
        [size],
      )
      for (const now of moments) loads.push((await clinic.load(now, 90)).figures)
    }
    return loads
  }
  const before = await figures()
  expect(before.slice(moments.length)).toEqual(before.slice(0, moments.length))
  expect(before[0]?.revenueThisYear.state).toBe('value')
  for (const change of changes) {
    await clinic.client.query(change)
    expect(await figures(), change).toEqual(before)
  }
})
