import type { Day, Figure, Money, MonthAmount } from '#shared/dashboard.ts'

/** What came in and what went out in one month; null where that figure could not be read. */
export interface MonthOfMoney {
  readonly month: Day
  readonly revenue: Money | null
  readonly expenses: Money | null
}

type Months = Figure<readonly MonthAmount[]>

/** Both figures as one: whichever can be read is shown, and only when neither can there is no chart. */
export function monthsOfMoney(revenue: Months, expenses: Months): Figure<readonly MonthOfMoney[]> {
  if (!('value' in revenue) && !('value' in expenses)) return revenue.state === 'error' ? revenue : expenses
  const read = [revenue, expenses].flatMap((figure) => ('value' in figure ? [figure] : []))
  const amount = (figure: Months, month: Day) =>
    'value' in figure ? (figure.value.find((entry) => entry.month === month)?.amount ?? null) : null
  const value = (read[0]?.value ?? []).map(({ month }) => ({
    month,
    revenue: amount(revenue, month),
    expenses: amount(expenses, month),
  }))
  return { state: read.every(({ state }) => state === 'zero') ? 'zero' : 'value', value, previous: null }
}
