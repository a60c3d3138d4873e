import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'

dropClinicsAfterAll()
const { client } = await freshClinic()

beforeEach(() => client.query('BEGIN'))
afterEach(() => client.query('ROLLBACK'))

/** A Wednesday far ahead of all data, at ten. */
const [from, to] = ['2031-03-05 10:00', '2031-03-05 10:30']

async function book(start: string, end: string, { podiatrist = 1, state = 'Pendiente' } = {}): Promise<number> {
  const { rows } = await client.query(
    `INSERT INTO citas (id_paciente, id_podologo, fecha_hora_inicio, fecha_hora_fin, estado, creado_por)
     VALUES (1, $1, $2, $3, $4, 3) RETURNING id::int, periodo::text`,
    [podiatrist, start, end, state],
  )
  expect(rows[0].periodo).toBe(`["${start}:00","${end}:00")`)
  return rows[0].id
}

const one = async (sql: string, ...parameters: unknown[]) => (await client.query(sql, parameters)).rows[0]

describe('an appointment', () => {
  test.each([
    ['before the clinic opens', '2031-03-05 08:30', '2031-03-05 09:30'],
    ['over the break at noon', '2031-03-05 13:30', '2031-03-05 14:30'],
    ['on a Sunday', '2031-03-09 10:00', '2031-03-09 10:30'],
    ['on a Saturday afternoon', '2031-03-08 16:00', '2031-03-08 16:30'],
  ])('is refused %s', async (_, start, end) => {
    await expect(book(start, end)).rejects.toMatchObject({ code: '23514' })
  })

  test('is refused over another one of the same podiatrist, not of another, nor over a cancelled one', async () => {
    await book(from, to)
    await book(from, to, { podiatrist: 2 })
    await client.query('SAVEPOINT before')
    await expect(book('2031-03-05 10:15', '2031-03-05 10:45')).rejects.toMatchObject({ code: '23P01' })
    await client.query('ROLLBACK TO before')
    await book('2031-03-05 10:30', '2031-03-05 11:00')
    await book('2031-03-05 11:00', '2031-03-05 11:30', { state: 'Cancelada' })
    await book('2031-03-05 11:00', '2031-03-05 11:30')
  })

  test('is refused over another one by the exclusion constraint too, when no trigger looks', async () => {
    await client.query('ALTER TABLE citas DISABLE TRIGGER citas_03_traslape')
    await book(from, to)
    await expect(book(from, to)).rejects.toMatchObject({ code: '23P01', constraint: 'citas_sin_traslape' })
  })

  test('is refused where the agenda is blocked', async () => {
    await client.query(
      `INSERT INTO bloqueos_agenda (id_podologo, fecha_inicio, fecha_fin, tipo_bloqueo) VALUES (1, $1, $2, 'Vacaciones')`,
      ['2031-03-05 09:00', '2031-03-05 12:00'],
    )
    await expect(book(from, to)).rejects.toMatchObject({ code: '23514' })
  })

  test('plans two reminders, which go when it is cancelled', async () => {
    const id = await book(from, to)
    const planned =
      'SELECT array_agg(estado ORDER BY fecha_envio_programada) AS states FROM recordatorios_programados WHERE id_cita = $1'
    expect(await one(planned, id)).toEqual({ states: ['Pendiente', 'Pendiente'] })
    const before = await one('SELECT citas_canceladas AS n FROM scoring_pacientes WHERE id_paciente = 1')
    await client.query(`UPDATE citas SET estado = 'Cancelada', cancelado_por = 3 WHERE id = $1`, [id])
    expect(await one(planned, id)).toEqual({ states: ['Cancelado', 'Cancelado'] })
    const after = await one('SELECT citas_canceladas AS n FROM scoring_pacientes WHERE id_paciente = 1')
    expect(after.n).toBe(before.n + 1)
  })
})

test('keeps the final price, the balance and the body mass index', async () => {
  const id = await book(from, to)
  const price = await one(
    `INSERT INTO detalle_cita (id_cita, id_tratamiento, precio_aplicado, descuento_porcentaje, precio_final)
     VALUES ($1, 1, 450, 15, 0) RETURNING precio_final`,
    id,
  )
  expect(price.precio_final).toBe('382.50')
  const payment = await one(
    `INSERT INTO pagos (id_cita, fecha_pago, monto_total, monto_pagado, metodo_pago)
     VALUES ($1, '2031-03-05 10:30', 450, 200, 'Efectivo') RETURNING saldo_pendiente, estado_pago`,
    id,
  )
  expect(payment).toEqual({ saldo_pendiente: '250.00', estado_pago: 'Parcial' })
  const signs = await one(
    `INSERT INTO signos_vitales (id_paciente, fecha_registro, peso_kg, talla_cm) VALUES (1, now(), 80, 160) RETURNING imc`,
  )
  expect(signs.imc).toBe('31.25')
})

test('moves stock with a movement and refuses to go below zero', async () => {
  const move = (kind: string, count: number) =>
    one(
      `INSERT INTO movimientos_inventario (id_producto, tipo_movimiento, cantidad, stock_anterior, stock_nuevo, motivo, registrado_por)
       VALUES (1, $1, $2, -1, -1, 'prueba', 1) RETURNING stock_anterior, stock_nuevo`,
      kind,
      count,
    )
  const stock = async () => (await one('SELECT stock_actual AS n FROM inventario_productos WHERE id = 1')).n
  const before = await stock()
  expect(await move('Entrada', 5)).toEqual({ stock_anterior: before, stock_nuevo: before + 5 })
  expect(await stock()).toBe(before + 5)
  await expect(move('Salida', before + 6)).rejects.toMatchObject({ code: '23514' })
})

test('counts the messages of a conversation', async () => {
  const before = await one('SELECT numero_mensajes AS n FROM conversaciones WHERE id = 1')
  await client.query(
    `INSERT INTO mensajes (id_conversacion, direccion, enviado_por_tipo, contenido) VALUES (1, 'Entrante', 'Contacto', 'Hola')`,
  )
  expect(await one('SELECT numero_mensajes AS n FROM conversaciones WHERE id = 1')).toEqual({ n: before.n + 1 })
})
