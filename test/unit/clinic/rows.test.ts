import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { tables } from '#scripts/clinic/fill.js'
import { createPlan } from '#scripts/clinic/plan.js'

const options = { appointments: 1_500, seed: 3, day: '2026-11-24' }

/** One digest per table, of every line that COPY would be given. */
function digests(changes: Partial<typeof options> = {}): Record<string, string> {
  const plan = createPlan({ ...options, ...changes })
  return Object.fromEntries(
    tables.map(({ table, rows }) => {
      const hash = createHash('sha256')
      for (const line of rows(plan)) hash.update(line)
      return [table, hash.digest('hex')]
    }),
  )
}

test('the same size, seed and day give the same rows in every table', () => {
  expect(digests()).toEqual(digests())
})

test('another seed gives other patients, appointments and payments', () => {
  const one = digests()
  const other = digests({ seed: 4 })
  for (const table of ['pacientes', 'citas', 'detalle_cita', 'pagos', 'gastos', 'mensajes']) {
    expect(other[table], table).not.toBe(one[table])
  }
})

test('another day gives another agenda', () => {
  expect(digests({ day: '2026-11-25' }).citas).not.toBe(digests().citas)
})

test.each([0, 1, 7, 60])('a clinic of %i appointments is as well formed as a big one', (appointments) => {
  const plan = createPlan({ ...options, appointments })
  for (const { table, columns, rows } of tables) {
    for (const line of rows(plan)) {
      expect(line.endsWith('\n'), table).toBe(true)
      expect(line.slice(0, -1).split('\t'), table).toHaveLength(columns.length)
      expect(line, table).not.toMatch(/undefined|NaN|Invalid/)
    }
  }
  const citas = tables.find(({ table }) => table === 'citas')
  expect([...(citas?.rows(plan) ?? [])]).toHaveLength(appointments)
})
