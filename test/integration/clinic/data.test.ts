import pg from 'pg'
import { expect, test } from 'vitest'
import { createClinic, fillClinic } from '#scripts/clinic/clinic.js'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'

dropClinicsAfterAll()
const { client, options } = await freshClinic({ empty: true })
await createClinic(client)
const day = '2026-11-24'
const progress: number[] = []
await fillClinic(client, { appointments: 4_000, seed: 5, day, onProgress: ({ total }) => progress.push(total) })

const one = async (sql: string, ...parameters: unknown[]) => (await client.query(sql, parameters)).rows[0]

/** Rows that would contradict a rule of the clinic. */
async function none(sql: string, ...parameters: unknown[]): Promise<void> {
  expect((await client.query(sql, parameters)).rows.slice(0, 5)).toEqual([])
}

test('has exactly as many appointments and a tenth of the patients', async () => {
  expect(await one('SELECT count(*)::int AS n FROM citas')).toEqual({ n: 4_000 })
  expect(await one('SELECT count(*)::int AS n FROM pacientes')).toEqual({ n: 400 })
})

test('reports progress that only grows, up to all rows', () => {
  expect(progress).toEqual([...progress].sort((a, b) => a - b))
  expect(progress.at(-1)).toBeGreaterThan(15_000)
})

test('no two appointments of a podiatrist overlap, none lies outside working hours or in a block', async () => {
  await none(`SELECT a.id, b.id FROM citas a JOIN citas b ON b.id_podologo = a.id_podologo AND b.id > a.id
    AND b.fecha_hora_inicio < a.fecha_hora_fin AND a.fecha_hora_inicio < b.fecha_hora_fin`)
  await none(`SELECT c.id FROM citas c WHERE NOT EXISTS (SELECT FROM horarios_trabajo h WHERE h.id_podologo = c.id_podologo
    AND h.dia_semana = extract(dow FROM c.fecha_hora_inicio)
    AND c.fecha_hora_inicio::time >= h.hora_inicio AND c.fecha_hora_fin::time <= h.hora_fin)`)
  await none(`SELECT c.id FROM citas c JOIN bloqueos_agenda b ON b.id_podologo = c.id_podologo
    AND b.fecha_inicio < c.fecha_hora_fin AND b.fecha_fin > c.fecha_hora_inicio`)
  await none('SELECT id FROM citas WHERE periodo IS DISTINCT FROM tsrange(fecha_hora_inicio, fecha_hora_fin)')
})

test('holds what the triggers would have kept', async () => {
  await none(
    'SELECT id FROM detalle_cita WHERE precio_final <> round(precio_aplicado * (1 - descuento_porcentaje / 100), 2)',
  )
  await none('SELECT id FROM pagos WHERE saldo_pendiente <> monto_total - monto_pagado')
  await none('SELECT id FROM signos_vitales WHERE abs(imc - peso_kg / (talla_cm / 100) ^ 2) > 0.01')
  await none(`SELECT v.id FROM conversaciones v
    WHERE numero_mensajes <> (SELECT count(*) FROM mensajes m WHERE m.id_conversacion = v.id)`)
  await none(`SELECT i.id FROM inventario_productos i
    JOIN LATERAL (SELECT stock_nuevo FROM movimientos_inventario m WHERE m.id_producto = i.id ORDER BY id DESC LIMIT 1) m ON true
    WHERE i.stock_actual <> m.stock_nuevo`)
  await none(`SELECT s.id_paciente FROM scoring_pacientes s WHERE (s.total_citas, s.citas_completadas, s.citas_no_asistio) IS DISTINCT FROM
    (SELECT (count(*)::int, count(*) FILTER (WHERE estado = 'Completada')::int, count(*) FILTER (WHERE estado = 'No_Asistio')::int)
     FROM citas c WHERE c.id_paciente = s.id_paciente)`)
})

test('money agrees: a payment per completed appointment at most its price, daily cuts the sum of their payments', async () => {
  await none(`SELECT p.id_cita FROM pagos p JOIN citas c ON c.id = p.id_cita WHERE c.estado <> 'Completada'`)
  await none(`SELECT id_cita FROM pagos p WHERE estado_pago <> 'Cancelado' GROUP BY id_cita
    HAVING sum(monto_pagado) > (SELECT sum(precio_final) FROM detalle_cita d WHERE d.id_cita = p.id_cita)`)
  await none(`SELECT k.fecha_corte FROM cortes_caja k WHERE total_ingresos <> coalesce((SELECT sum(monto_pagado) FROM pagos
    WHERE estado_pago <> 'Cancelado' AND fecha_pago >= k.fecha_corte AND fecha_pago < k.fecha_corte + 1), 0)`)
  await none(
    `SELECT f.id FROM facturas f JOIN pagos p ON p.id = f.id_pago WHERE f.total <> p.monto_pagado OR f.total <> f.subtotal + f.iva`,
  )
  expect((await one(`SELECT count(DISTINCT estado_pago)::int AS n FROM pagos`)).n).toBe(4)
})

test('nothing but the agenda lies in the future of the day', async () => {
  for (const [table, column] of [
    ['pagos', 'fecha_pago'],
    ['gastos', 'fecha_gasto'],
    ['pacientes', 'fecha_registro'],
    ['mensajes', 'fecha_envio'],
    ['auditoria', 'fecha_hora'],
    ['nota_clinica', 'fecha_elaboracion'],
    ['citas', 'fecha_creacion'],
  ]) {
    const { late } = await one(`SELECT max(${column})::date > $1::date AS late FROM ${table}`, day)
    expect(late, `${table}.${column}`).toBe(false)
  }
})

test('has low stock, fictional folios, and expenses in every month and category', async () => {
  expect((await one('SELECT count(*)::int AS n FROM v_stock_critico')).n).toBeGreaterThan(0)
  await none(`SELECT id FROM facturas WHERE folio_fiscal NOT LIKE 'DE000000-%'`)
  await none(`SELECT m FROM generate_series('2024-01-01'::date, '2026-11-01', '1 month') m, (SELECT DISTINCT categoria FROM gastos) c
    WHERE NOT EXISTS (SELECT FROM gastos g WHERE g.categoria = c.categoria AND date_trunc('month', g.fecha_gasto) = m)`)
})

test('goes on counting where the loaded rows end', async () => {
  const { rows } = await client.query<{ table: string }>(
    `SELECT attrelid::regclass::text AS table FROM pg_attribute JOIN pg_class t ON t.oid = attrelid
     WHERE attname = 'id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  expect(rows.length).toBeGreaterThan(60)
  for (const { table } of rows) {
    const { next, most } = await one(
      `SELECT nextval(pg_get_serial_sequence($1, 'id'))::int AS next, (SELECT max(id)::int FROM ${table}) AS most`,
      table,
    )
    expect(next, table).toBe((most ?? 0) + 1)
  }
})

test('filling again replaces everything, puts every key and index back, and keeps a trigger off that was off', async () => {
  const definitions = `SELECT md5(string_agg(d, '|' ORDER BY d)) AS all FROM (
    SELECT conrelid::regclass::text || conname::text || pg_get_constraintdef(oid) AS d FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class t ON t.oid = indrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal) x`
  await client.query('ALTER TABLE pagos DISABLE TRIGGER pagos_saldo')
  const before = await one(definitions)
  await fillClinic(client, { appointments: 300, seed: 5, day })
  expect(await one(definitions)).toEqual(before)
  expect(await one('SELECT count(*)::int AS n FROM citas')).toEqual({ n: 300 })
})

test('a load that fails leaves what was there', async () => {
  const before = await one('SELECT count(*)::int AS n FROM pagos')
  const { host, port, user, password, database } = options
  const other = new pg.Client({ host, port, user, password: String(password), database })
  await other.connect()
  const failing = fillClinic(other, {
    appointments: 20_000,
    day,
    onProgress: ({ table }) => {
      if (table === 'citas') throw new Error('stop here')
    },
  })
  await expect(failing).rejects.toThrow('stop here')
  await other.end()
  expect(await one('SELECT count(*)::int AS n FROM pagos')).toEqual(before)
})
