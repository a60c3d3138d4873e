import { describe, expect, it } from 'vitest'
import { foldState } from '#electron/dashboard/agenda.ts'
import { segments } from '#electron/dashboard/paid.ts'
import { counted, missing, summed } from '#electron/dashboard/question.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'

describe('a figure', () => {
  it('tells a zero from a value, whatever type the count arrives in', () => {
    expect(counted(0, 4)).toEqual({ state: 'zero', value: 0, previous: 4 })
    expect(counted('12')).toEqual({ state: 'value', value: 12, previous: null })
  })

  it('keeps money as the digits that the server sent', () => {
    expect(summed('90071992547409931.07', '0.00')).toEqual({
      state: 'value',
      value: '90071992547409931.07',
      previous: '0.00',
    })
    expect(summed('0.00', '10.00')).toMatchObject({ state: 'zero', value: '0.00' })
    expect(summed('-15.50', '0.00')).toMatchObject({ state: 'value', value: '-15.50' })
  })

  it.each(['NaN', 'Infinity', null, undefined, 12])('refuses %s as an amount of money', (sum) => {
    expect(() => summed(sum, '0.00')).toThrow('SERVER_ERROR')
  })
})

describe('the state of an appointment', () => {
  it.each([
    ['Completada', 'completada'],
    ['completada', 'completada'],
    ['NO_ASISTIO', 'no_asistio'],
    ['En_Curso', 'en_curso'],
    ['Reprogramada', 'otro'],
    ['', 'otro'],
    [null, 'otro'],
  ])('%s is counted as %s', (raw, folded) => {
    expect(foldState(raw)).toBe(folded)
  })
})

describe('what an installation lacks', () => {
  const table = (name: string, readable: boolean, ...columns: string[]) =>
    [name, { name, schema: 'public', readable, columns: new Map(columns.map((column) => [column, {}])) }] as const
  const tables = new Map([table('pagos', true, 'fecha_pago'), table('gastos', false, 'monto')])
  const schema = { table: (name: string) => tables.get(name) ?? null } as unknown as ClinicSchema

  it('is told by table, right and column, in that order', () => {
    expect(missing(schema, { pagos: ['fecha_pago'] })).toBeNull()
    expect(missing(schema, { facturas: ['total'] })).toEqual({ reason: 'tableMissing', table: 'facturas' })
    expect(missing(schema, { gastos: ['otra'] })).toEqual({ reason: 'privilegeMissing', table: 'gastos' })
    expect(missing(schema, { pagos: ['fecha_pago', 'monto_pagado'] })).toEqual({
      reason: 'columnMissing',
      table: 'pagos',
      column: 'monto_pagado',
    })
  })
})

describe('the segments of overlapping periods', () => {
  it('cover what the periods cover, once, and cross no bound', () => {
    const year = { from: '2026-01-01', to: '2027-01-01' }
    const month = { from: '2026-11-01', to: '2026-12-01' }
    const before = { from: '2025-10-01', to: '2025-10-24' }
    expect(segments([year, month, before])).toEqual([
      before,
      { from: '2026-01-01', to: '2026-11-01' },
      month,
      { from: '2026-12-01', to: '2027-01-01' },
    ])
  })
})
