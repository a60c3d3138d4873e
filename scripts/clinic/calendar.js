/**
 * The clinic's calendar. A day is a whole number (days since 1970-01-01), an hour is minutes since midnight: local
 * time of the clinic without a zone, as its database keeps it.
 */

/** @param {string} text 'YYYY-MM-DD' */
export function dayNumber(text) {
  const time = Date.parse(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(time)) throw new Error(`not a day: ${text}`)
  return time / 86_400_000
}

/** @param {number} day */
const parts = (day) => {
  const date = new Date(day * 86_400_000)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() }
}

/** @type {Map<number, string>} */
const days = new Map()

/** @param {number} day */
export function dayText(day) {
  let text = days.get(day)
  if (text === undefined) {
    text = new Date(day * 86_400_000).toISOString().slice(0, 10)
    days.set(day, text)
  }
  return text
}

const hours = Array.from({ length: 1440 }, (_, minute) => {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0')
  return ` ${two(Math.floor(minute / 60))}:${two(minute % 60)}:00`
})

/**
 * 'YYYY-MM-DD HH:MM:00'; minutes may run over into neighbouring days.
 * @param {number} day
 * @param {number} minute
 */
export function timeText(day, minute) {
  const whole = Math.floor(minute)
  const over = Math.floor(whole / 1440)
  return dayText(day + over) + hours[whole - over * 1440]
}

/** @param {number} day 0 Sunday … 6 Saturday */
export const weekday = (day) => (day + 4) % 7

/** The first day of the month that lies `offset` months from the one of `day`. @param {number} day @param {number} offset */
export function monthStart(day, offset = 0) {
  const { year, month } = parts(day)
  return Date.UTC(year, month - 1 + offset, 1) / 86_400_000
}

/** @param {number} year */
function easter(year) {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / 86_400_000
}

/** @type {Map<number, Set<number>>} */
const holidays = new Map()

/**
 * Mexico's obligatory days of rest, and the two days of Holy Week on which the clinic closes.
 * @param {number} day
 */
export function isHoliday(day) {
  const { year } = parts(day)
  let closed = holidays.get(year)
  if (!closed) {
    /** @param {number} month @param {number} date */
    const on = (month, date) => Date.UTC(year, month - 1, date) / 86_400_000
    /** @param {number} month @param {number} nth */
    const monday = (month, nth) => {
      const first = on(month, 1)
      return first + ((8 - weekday(first)) % 7) + (nth - 1) * 7
    }
    const sunday = easter(year)
    closed = new Set([
      ...[on(1, 1), monday(2, 1), monday(3, 3), sunday - 3, sunday - 2],
      ...[on(5, 1), on(9, 16), monday(11, 3), on(12, 25)],
    ])
    holidays.set(year, closed)
  }
  return closed.has(day)
}

/** @param {number} day */
export const isOpen = (day) => weekday(day) !== 0 && !isHoliday(day)

/** January to December: Mexicali empties in the heat and fills before the holidays. */
const seasons = [0.94, 1.0, 1.06, 1.02, 1.1, 0.98, 0.82, 0.68, 0.92, 1.06, 1.12, 1.18]
const week = [0, 1.08, 1.0, 0.94, 1.0, 1.12, 0.58]

/**
 * How busy a day is compared with an ordinary one; 0 when closed.
 * @param {number} day
 */
export function demand(day) {
  if (!isOpen(day)) return 0
  const { month, date } = parts(day)
  let weight = (week[weekday(day)] ?? 0) * (seasons[month - 1] ?? 1)
  if (isHoliday(day + 1) || isHoliday(day + 2) || isHoliday(day + 3)) weight *= 1.22
  if ((month === 12 && date > 25) || (month === 1 && date < 6)) weight *= 0.55
  return weight
}

/** The stretches in which appointments may lie, in minutes: a break at noon, Saturdays until two. */
export const shifts = {
  weekday: /** @type {const} */ ([
    [540, 840],
    [960, 1140],
  ]),
  saturday: /** @type {const} */ ([[540, 840]]),
}

/** @param {number} day */
export const shiftsOf = (day) => (weekday(day) === 6 ? shifts.saturday : shifts.weekday)
