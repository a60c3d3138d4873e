import { expect, it } from 'vitest'
import { sumExactly } from '#electron/dashboard/exact.ts'

it.each([
  [[], '0.00'],
  [['0'], '0.00'],
  [['12'], '12.00'],
  [['0.1', '0.2'], '0.30'],
  [['9007199254740993.01', '0.02'], '9007199254740993.03'],
  [['10.005'], '10.01'],
  [['0.0025', '0.0025'], '0.01'],
  [['-10.005'], '-10.01'],
  [['-0.004'], '0.00'],
  [['5.00', '-5.01'], '-0.01'],
])('adds %j up to %s, rounding once', (amounts, sum) => {
  expect(sumExactly(amounts)).toBe(sum)
})

it.each(['NaN', 'Infinity', '1e3', ''])('gives back what is no decimal: %j', (odd) => {
  expect(sumExactly(['1.00', odd, '2.00'])).toBe(odd)
})
