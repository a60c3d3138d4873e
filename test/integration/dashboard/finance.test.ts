import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { amount, type Golden, goldenClinic } from './golden.ts'

const now = '2026-11-24T12:00:00'

let clinic: Golden
beforeEach(async () => {
  clinic = await goldenClinic()
})
afterEach(() => clinic.drop())

async function spend(...rows: readonly (readonly [date: string, amount: string, category?: string])[]): Promise<void> {
  for (const [date, money, category = 'Renta'] of rows) {
    await clinic.client.query('INSERT INTO gastos (fecha_gasto, monto, categoria) VALUES ($1, $2, $3)', [
      date,
      money,
      category,
    ])
  }
}

async function owe(...rows: readonly (readonly [owed: string | null, state?: string | null])[]): Promise<void> {
  for (const [owed, state = 'Parcial'] of rows) {
    await clinic.client.query(
      `INSERT INTO pagos (fecha_pago, monto_pagado, saldo_pendiente, estado_pago) VALUES ('2021-05-05 10:00', 1, $1, $2)`,
      [owed, state],
    )
  }
}

/** The months that have an amount, as `2026-11 7.30`. */
function filled(figure: { readonly state: string; readonly value?: readonly { month: string; amount: string }[] }) {
  return amount(figure)?.flatMap(({ month, amount: sum }) => (sum === '0.00' ? [] : [`${month.slice(0, 7)} ${sum}`]))
}

describe('revenue and expenses by month', () => {
  it('cover twelve months with this one, from the first minute of the oldest to the last of the newest', async () => {
    await clinic.payments(
      ['2025-11-30 23:59:59.999999', '1.00'],
      ['2025-12-01 00:00:00', '2.00'],
      ['2026-11-30 23:59:59.999999', '4.00'],
      ['2026-12-01 00:00:00', '8.00'],
    )
    await spend(['2025-11-30 23:59:59.999999', '10.00'], ['2025-12-01 00:00', '20.00'], ['2026-12-01 00:00', '80.00'])
    const { figures } = await clinic.load(now)
    expect(amount(figures.revenueByMonth)).toHaveLength(12)
    expect(filled(figures.revenueByMonth)).toEqual(['2025-12 2.00', '2026-11 4.00'])
    expect(filled(figures.expensesByMonth)).toEqual(['2025-12 20.00'])
    expect(amount(figures.expensesByMonth)?.map(({ month }) => month)).toEqual(
      amount(figures.revenueByMonth)?.map(({ month }) => month),
    )
  })

  it.each([
    ['at the end of a year', '2026-12-31T23:59:59', '2026-01-01', '2026-12-01'],
    ['on New Year’s Day', '2027-01-01T00:00:00', '2026-02-01', '2027-01-01'],
    ['on a leap day', '2028-02-29T12:00:00', '2027-03-01', '2028-02-01'],
    ['on the 31st', '2026-03-31T12:00:00', '2025-04-01', '2026-03-01'],
  ])('begin and end with the right month %s', async (_, moment, first, last) => {
    const months = amount((await clinic.load(moment)).figures.revenueByMonth)?.map(({ month }) => month)
    expect([months?.[0], months?.at(-1), new Set(months).size]).toEqual([first, last, 12])
  })

  it('keep a leap day and the days on which the clock changes in their months', async () => {
    await clinic.payments(['2028-02-29 23:30', '5.00'], ['2028-03-12 02:30', '6.00'])
    expect(filled((await clinic.load('2028-03-31T10:00:00')).figures.revenueByMonth)).toEqual([
      '2028-02 5.00',
      '2028-03 6.00',
    ])
    await spend(['2026-11-01 01:30', '7.00'], ['2026-10-31 23:59', '9.00'])
    expect(filled((await clinic.load(now)).figures.expensesByMonth)).toEqual(['2026-10 9.00', '2026-11 7.00'])
  })

  it('leave cancelled payments out and are exact', async () => {
    await clinic.payments(
      ['2026-11-01 00:00', '0.10'],
      ['2026-11-02 00:00', '0.20', null],
      ['2026-11-03 00:00', '900.00', 'CANCELADO'],
      ['2026-11-04 00:00', '99999999.99', 'Pendiente'],
    )
    expect(filled((await clinic.load(now)).figures.revenueByMonth)).toEqual(['2026-11 100000000.29'])
  })

  it('are the same whatever index there is', async () => {
    await clinic.client.query(`
      INSERT INTO pagos (fecha_pago, monto_pagado, saldo_pendiente, estado_pago)
        SELECT timestamp '2025-10-15' + n * interval '13 hours', n, n % 3, (ARRAY['Pagado', 'cancelado', NULL])[1 + n % 3]
          FROM generate_series(1, 900) AS n`)
    const before = (await clinic.load(now)).figures
    for (const index of ['(estado_pago)', '(fecha_pago) INCLUDE (monto_pagado, estado_pago)', '(saldo_pendiente)']) {
      await clinic.client.query(`CREATE INDEX ON pagos ${index}`)
      const { figures } = await clinic.load(now)
      expect(figures.revenueByMonth).toEqual(before.revenueByMonth)
      expect(figures.pendingBalance).toEqual(before.pendingBalance)
    }
    expect(before.pendingBalance).toMatchObject({ state: 'value', value: '600.00' })
  })
})

describe('the pending balance', () => {
  it('adds up what is owed, of any age, and neither what was cancelled nor what was overpaid', async () => {
    await owe(['100.10'], ['0.20', null], ['50.00', 'Cancelado'], ['50.00', 'cancelado'], ['-30.00'], [null], ['0.00'])
    expect((await clinic.load(now)).figures.pendingBalance).toEqual({ state: 'value', value: '100.30', previous: null })
  })

  it('is what was charged less what was paid, where the installation does not keep it', async () => {
    await clinic.client.query(`
      ALTER TABLE pagos DROP COLUMN saldo_pendiente;
      INSERT INTO pagos (fecha_pago, monto_total, monto_pagado, estado_pago) VALUES
        ('2026-11-01', 500, 200.50, 'Parcial'), ('2020-01-01', 10, 0, NULL), ('2026-11-01', 70, 0, 'CANCELADO'),
        ('2026-11-01', 5, 9, 'Pagado'), ('2026-11-01', NULL, 9, 'Pagado')`)
    const { figures } = await clinic.load(now)
    expect(amount(figures.pendingBalance)).toBe('309.50')
    await clinic.client.query('CREATE INDEX ON pagos (fecha_pago)')
    expect((await clinic.load(now)).figures.pendingBalance).toEqual(figures.pendingBalance)
  })
})

describe('expenses by category', () => {
  it('follow the chosen days, the largest first, blanks around a category folded', async () => {
    await spend(
      ['2026-11-17 23:59', '1000.00', 'Nómina'],
      ['2026-11-18 00:00', '10.00', 'Renta'],
      ['2026-11-24 23:59', '20.00', ' Renta '],
      ['2026-11-20 10:00', '30.00', 'Luz'],
      ['2026-11-20 10:00', '-3.00', 'Devolución'],
      ['2026-11-25 00:00', '1000.00', 'Nómina'],
    )
    const { figures } = await clinic.load(now, 7)
    expect(amount(figures.expensesByCategory)).toEqual([
      { category: 'Luz', amount: '30.00' },
      { category: 'Renta', amount: '30.00' },
      { category: 'Devolución', amount: '-3.00' },
    ])
    const past = await clinic.load(now, { from: '2026-11-17', to: '2026-11-17' })
    expect(amount(past.figures.expensesByCategory)).toEqual([{ category: 'Nómina', amount: '1000.00' }])
    expect(past.figures.expensesByMonth).toEqual(figures.expensesByMonth)
  })

  it('are zero where nothing was spent in those days, although the year has expenses', async () => {
    await spend(['2026-05-05 10:00', '10.00'])
    const { figures } = await clinic.load(now, 7)
    expect(figures.expensesByCategory).toEqual({ state: 'zero', value: [], previous: null })
    expect(figures.expensesByMonth.state).toBe('value')
  })
})

describe('the best services', () => {
  it('are the eight that bring most in the chosen days, without cancelled and missed appointments', async () => {
    await clinic.client.query(`
      INSERT INTO tratamientos SELECT n, 'T' || n FROM generate_series(1, 9) AS n;
      INSERT INTO citas (fecha_hora_inicio, fecha_hora_fin, estado) VALUES
        ('2026-11-18 00:00', '2026-11-18 00:30', 'completada'), ('2026-11-24 23:59', '2026-11-25 00:30', NULL),
        ('2026-11-20 09:00', '2026-11-20 09:30', 'CANCELADA'), ('2026-11-20 10:00', '2026-11-20 10:30', 'No_Asistio'),
        ('2026-11-17 23:59', '2026-11-18 00:30', 'Completada'), ('2026-11-25 00:00', '2026-11-25 00:30', 'Pendiente');
      INSERT INTO detalle_cita (id_cita, id_tratamiento, precio_final)
        SELECT c, t, t * 100.10 FROM generate_series(1, 6) AS c, generate_series(2, 9) AS t UNION ALL
        SELECT 1, 1, 5000 UNION ALL SELECT 2, 9, NULL`)
    const list = amount((await clinic.load(now, 7)).figures.bestServices)
    expect(list).toHaveLength(8)
    expect(list?.slice(0, 3)).toEqual([
      { name: 'T1', count: 1, amount: '5000.00' },
      { name: 'T9', count: 3, amount: '1801.80' },
      { name: 'T8', count: 2, amount: '1601.60' },
    ])
    const past = await clinic.load(now, { from: '2026-11-17', to: '2026-11-17' })
    expect(amount(past.figures.bestServices)?.map(({ count }) => count)).toEqual(Array(8).fill(1))
  })
})

describe('critical stock', () => {
  it('is active products at or under their minimum, the emptiest first; those without a minimum are not judged', async () => {
    await clinic.client.query(`
      INSERT INTO inventario_productos (nombre, stock_actual, stock_minimo, unidad_medida, activo) VALUES
        ('Gasas', 10, 10, 'paquete', true), ('Guantes', 1, 20, 'caja', true), ('Alcohol', 0, 5, ' ', true),
        ('Vendas', 11, 10, 'pieza', true), ('Viejo', 0, 5, 'pieza', false), ('Nulo', 0, 5, 'pieza', NULL),
        ('Sin mínimo', 0, NULL, 'pieza', true), ('Sin conteo', NULL, 5, 'pieza', true), ('Último', 0, 0, NULL, true)`)
    expect(amount((await clinic.load(now)).figures.criticalStock)).toEqual({
      count: 4,
      products: [
        { name: 'Alcohol', stock: 0, minimum: 5, unit: null },
        { name: 'Último', stock: 0, minimum: 0, unit: null },
        { name: 'Guantes', stock: 1, minimum: 20, unit: 'caja' },
        { name: 'Gasas', stock: 10, minimum: 10, unit: 'paquete' },
      ],
    })
  })

  it('counts all of a long list and names the fifty worst', async () => {
    await clinic.client.query(`
      INSERT INTO inventario_productos (nombre, stock_actual, stock_minimo, activo)
        SELECT 'P' || n, n, 100, true FROM generate_series(1, 60) AS n`)
    const value = amount((await clinic.load(now)).figures.criticalStock)
    expect([value?.count, value?.products.length, value?.products[0]?.name]).toEqual([60, 50, 'P1'])
  })
})
