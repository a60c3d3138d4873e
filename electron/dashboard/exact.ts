import type { Money } from '#shared/dashboard.ts'

const decimal = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * The sum of decimal texts of any scale, rounded to cents as PostgreSQL rounds a numeric (halves away from zero). Of
 * texts that are no decimals (`NaN`) it gives back the first.
 */
export function sumExactly(amounts: readonly string[]): Money {
  const parsed = amounts.map((amount) => decimal.exec(amount))
  const odd = parsed.indexOf(null)
  if (odd >= 0) return amounts[odd] ?? ''
  const scale = Math.max(2, ...parsed.map((match) => match?.[3]?.length ?? 0))
  const total = parsed.reduce((sum, match) => {
    const [, sign = '', whole = '', fraction = ''] = match ?? []
    return sum + BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`)
  }, 0n)
  const unit = 10n ** BigInt(scale - 2)
  const size = (total < 0n ? -total : total) + unit / 2n
  const digits = (size / unit).toString().padStart(3, '0')
  return `${total < 0n && size >= unit ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
