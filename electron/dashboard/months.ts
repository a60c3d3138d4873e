import type { Day, Figure, Money, MonthAmount } from '#shared/dashboard.ts'
import { addDays, type Period } from './periods.ts'
import { listed, summed } from './question.ts'

/** This month and the eleven before it, the oldest first, by their first days; and all of them as one period. */
export interface TwelveMonths extends Period {
  readonly months: readonly Day[]
}

export function twelveMonths(today: Day): TwelveMonths {
  const [year = 0, month = 0] = today.split('-').map(Number)
  const months = Array.from({ length: 12 }, (_, at) => {
    const count = year * 12 + month - 1 - 11 + at
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-01`
  })
  const next = `${addDays(months.at(-1) ?? '', 31).slice(0, 7)}-01`
  return { months, from: `${months[0]}T00:00:00`, to: `${next}T00:00:00` }
}

/** The sums of twelve months from those that have any; the others are 0. Throws `SERVER_ERROR` for what is no sum. */
export function monthly(
  { months }: TwelveMonths,
  rows: readonly { readonly month: string | null; readonly amount: unknown }[],
): Figure<readonly MonthAmount[]> {
  const list = months.map((month) => ({
    month,
    amount: amountOf(rows.find((row) => row.month === month)?.amount ?? '0.00'),
  }))
  return listed(
    list,
    list.every(({ amount }) => !/[1-9]/.test(amount)),
  )
}

/** An exact sum of pesos from the server. Throws `SERVER_ERROR` for one that is no number (`NaN`, `Infinity`). */
export function amountOf(sum: unknown): Money {
  const figure = summed(sum)
  return 'value' in figure ? figure.value : ''
}
