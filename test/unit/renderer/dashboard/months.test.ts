import { expect, it } from 'vitest'
import { monthsOfMoney } from '#renderer/dashboard/months.ts'

const months = (state: 'value' | 'zero', ...amounts: string[]) => ({
  state,
  value: amounts.map((amount, at) => ({ month: `2026-0${at + 1}-01`, amount })),
  previous: null,
})
const missing = { state: 'unavailable', why: { reason: 'tableMissing', table: 'gastos' } } as const
const failed = { state: 'error', error: { code: 'LOCK_TIMEOUT', params: {}, ref: 'x' } } as const

it('puts what came in beside what went out, month by month', () => {
  expect(monthsOfMoney(months('value', '5.00', '0.00'), months('zero', '0.00', '0.00'))).toMatchObject({
    state: 'value',
    value: [
      { month: '2026-01-01', revenue: '5.00', expenses: '0.00' },
      { month: '2026-02-01', revenue: '0.00', expenses: '0.00' },
    ],
  })
})

it('is nothing only when both are nothing', () => {
  expect(monthsOfMoney(months('zero', '0.00'), months('zero', '0.00')).state).toBe('zero')
})

it('shows the one that can be read and never takes the other for 0', () => {
  expect(monthsOfMoney(months('value', '5.00'), missing)).toMatchObject({
    state: 'value',
    value: [{ revenue: '5.00', expenses: null }],
  })
  expect(monthsOfMoney(failed, months('value', '7.00'))).toMatchObject({ value: [{ revenue: null, expenses: '7.00' }] })
})

it('says why when neither can be read, the failure before the absence', () => {
  expect(monthsOfMoney(missing, failed)).toBe(failed)
  expect(monthsOfMoney(missing, missing)).toBe(missing)
})
