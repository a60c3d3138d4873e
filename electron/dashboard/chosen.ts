import type { DashboardRange, Day } from '#shared/dashboard.ts'
import { addDays, type Period } from './periods.ts'

/** A chosen stretch of days, both included, as a period too. */
export interface ChosenPeriod extends Period {
  readonly first: Day
  readonly last: Day
}

/** The days that a person asked about, as they are today. */
export function chosenPeriod(range: DashboardRange, today: Day): ChosenPeriod {
  const [first, last] = 'days' in range ? [addDays(today, 1 - range.days), today] : [range.from, range.to]
  return { first, last, from: `${first}T00:00:00`, to: `${addDays(last, 1)}T00:00:00` }
}
