import type { Day } from '#shared/dashboard.ts'

/** A half-open stretch of the clinic's civil time: `from` belongs to it, `to` does not. Both are timestamps without zone. */
export interface Period {
  readonly from: string
  readonly to: string
}

/**
 * The calendar periods around one moment of the clinic, on civil dates only: no host zone, no clock
 * change can move them. Weeks begin on Monday.
 */
export interface Periods {
  readonly now: string
  readonly today: Day
  readonly day: Period
  readonly week: Period
  readonly month: Period
  readonly year: Period
  /** From now to the same time seven days later. */
  readonly nextSevenDays: Period
  /** Whole periods before, to compare what is planned with what was planned. */
  readonly whole: { readonly day: Period; readonly week: Period }
  /**
   * The part of the period before that had passed by the same moment, to compare what has come in
   * so far. A day compares with the same weekday a week earlier: clinics live by weekdays.
   */
  readonly elapsed: { readonly day: Period; readonly week: Period; readonly month: Period }
}

/** The day `count` days after (before, when negative) a civil day. */
export function addDays(day: Day, count: number): Day {
  const { year, month, date } = parts(day)
  return format(year, month, date + count)
}

/** Every day from the first to the last, both included. */
export function daysBetween(first: Day, last: Day): Day[] {
  const days: Day[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** The periods around `now`, a civil time `YYYY-MM-DDTHH:MM:SS`. */
export function periodsAround(now: string): Periods {
  const today = now.slice(0, 10)
  const time = now.slice(10)
  const { year, month, date } = parts(today)
  const monday = addDays(today, -((new Date(Date.UTC(year, month, date)).getUTCDay() + 6) % 7))
  const firstOfMonth = format(year, month, 1)
  const firstOfYear = format(year, 0, 1)
  const monthBefore = format(year, month - 1, 1)
  return {
    now,
    today,
    day: period(today, addDays(today, 1)),
    week: period(monday, addDays(monday, 7)),
    month: period(firstOfMonth, format(year, month + 1, 1)),
    year: period(firstOfYear, format(year + 1, 0, 1)),
    nextSevenDays: { from: now, to: addDays(today, 7) + time },
    whole: {
      day: period(addDays(today, -7), addDays(today, -6)),
      week: period(addDays(monday, -7), monday),
    },
    elapsed: {
      day: { from: midnight(addDays(today, -7)), to: addDays(today, -7) + time },
      week: { from: midnight(addDays(monday, -7)), to: addDays(today, -7) + time },
      month: { from: midnight(monthBefore), to: sameMoment(year, month - 1, date, time) },
    },
  }
}

/** The same day and time in another month; where the month has no such day, its end. */
function sameMoment(year: number, month: number, date: number, time: string): string {
  const end = format(year, month + 1, 1)
  const day = format(year, month, date)
  return day < end ? day + time : midnight(end)
}

function period(from: Day, to: Day): Period {
  return { from: midnight(from), to: midnight(to) }
}

function midnight(day: Day): string {
  return `${day}T00:00:00`
}

function parts(day: Day): { year: number; month: number; date: number } {
  const [year, month, date] = day.split('-').map(Number)
  return { year: year ?? Number.NaN, month: (month ?? Number.NaN) - 1, date: date ?? Number.NaN }
}

function format(year: number, month: number, date: number): Day {
  return new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10)
}
