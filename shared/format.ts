import type { Day, Money } from './dashboard.ts'
import type { Language } from './settings.ts'

const locales = { es: 'es-MX', en: 'en-US' } as const satisfies Record<Language, string>
const moneyPattern = /^-?\d+(\.\d+)?$/
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/
const momentPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})/

/** Cents of an exact amount; digits beyond cents are cut. Throws `RangeError` when `amount` is no decimal number. */
export function cents(amount: Money): bigint {
  if (!moneyPattern.test(amount)) throw new RangeError('not an amount')
  const negative = amount.startsWith('-')
  const [whole = '0', fraction = ''] = (negative ? amount.slice(1) : amount).split('.')
  const value = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2))
  return negative ? -value : value
}

/** The exact amount of some cents, `-12.30`. */
export function fromCents(value: bigint): Money {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The exact sum of amounts. */
export function addUp(amounts: readonly Money[]): Money {
  return fromCents(amounts.reduce((sum, amount) => sum + cents(amount), 0n))
}

/** How much `now` differs from `before`, as a fraction (0.06 is 6 % more); null when `before` is 0: there is no percentage of nothing. */
export function change(now: number | Money, before: number | Money): number | null {
  const [from, to] = [Number(before), Number(now)]
  if (from === 0 || !Number.isFinite(from) || !Number.isFinite(to)) return null
  return (to - from) / Math.abs(from)
}

/** Midnight UTC of a day, only ever formatted in UTC, so that no zone can move it to a neighbour. */
function dateOf(day: Day): Date {
  const [, year, month, date] = dayPattern.exec(day) ?? []
  if (!year) throw new RangeError('not a day')
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)))
}

const ageSteps = [
  { unit: 'second', seconds: 1, below: 60 },
  { unit: 'minute', seconds: 60, below: 3600 },
  { unit: 'hour', seconds: 3600, below: 86_400 },
  { unit: 'day', seconds: 86_400, below: Number.POSITIVE_INFINITY },
] as const

const sizes = { 1: 'kB', 2: 'MB', 3: 'GB' } as const

/** Everything that turns a value into text, in one language. */
export interface Format {
  /** Pesos from an exact decimal string, `$84,250.00`; no float is involved. */
  money(amount: Money): string
  /** Pesos in round figures for an axis, `$250 k`. */
  roundMoney(value: number): string
  /** A whole number with its thousands separated, `1,204`. */
  integer(value: number): string
  /** A number with `digits` decimals at most, `3.2`. */
  decimal(value: number, digits: number): string
  /** `ratio` 0.714 is `71 %`; `digits` decimals at most. */
  percent(ratio: number, digits?: number): string
  /** A day as `24/11/2026`, in both languages: the clinic writes it so. */
  day(day: Day): string
  /** A day without its year, `24 nov`, for axes. */
  shortDay(day: Day): string
  /** `martes 24 de noviembre`. */
  longDay(day: Day): string
  /** `martes 24 de noviembre de 2026`. */
  fullDay(day: Day): string
  /** The month of a day, `nov 2026`. */
  month(day: Day): string
  /** The month of a day without its year, `nov`, for axes. */
  shortMonth(day: Day): string
  /** The clock of a local moment `YYYY-MM-DDTHH:MM:SS`, `14:05`. */
  clock(moment: string): string
  /** The clock of an instant (seconds since the epoch) in this workstation's zone, `14:05` or `14:05:10`. */
  clockOf(seconds: number, withSeconds?: boolean): string
  /** An age in whole units, `hace 12 s`, `hace 3 min`. Negative ages count as zero. */
  age(seconds: number): string
  /**
   * A day and its clock of an instant (seconds since the epoch), `24/11/2026 14:05`: in `zone`, as what belongs to the
   * clinic is told, or in this workstation's.
   */
  instant(seconds: number, zone?: string): string
  /** A size in bytes in the unit that suits it, `348 MB`; a kilobyte has 1024. */
  bytes(size: number): string
  /** `a, b y c`. */
  list(items: readonly string[]): string
}

/** The formats of one language; Mexican conventions for amounts and days in both. */
export function createFormat(language: Language): Format {
  const locale = locales[language]
  const money = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'MXN',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    roundingMode: 'trunc',
  } as Intl.NumberFormatOptions)
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const long = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const shortMonth = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const round = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const fullClock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' })
  // Days are written the Mexican way in both languages.
  const instantIn = (timeZone: string | undefined) =>
    new Intl.DateTimeFormat('es-MX', {
      ...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ hourCycle: 'h23', timeZone },
    } as Intl.DateTimeFormatOptions)
  const instants = new Map([[undefined as string | undefined, instantIn(undefined)]])
  const relative = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'always' })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const decimal = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)

  return {
    money(amount) {
      if (!moneyPattern.test(amount)) throw new RangeError('not an amount')
      // Intl takes decimal text as it is: 9007199254740993.01 keeps its cent, a number would not.
      return money.format(amount as `${number}`)
    },
    // The sign of pesos by hand: some versions of Intl put it behind a round figure.
    roundMoney: (value) => `${value < 0 ? '-' : ''}$${round.format(Math.abs(value))}`,
    integer: (value) => integer.format(value),
    decimal,
    percent(ratio, digits = 0) {
      const value = decimal(ratio * 100, digits)
      return language === 'es' ? `${value} %` : `${value}%`
    },
    day(day) {
      dateOf(day)
      return day.split('-').reverse().join('/')
    },
    shortDay: (day) => short.format(dateOf(day)),
    longDay: (day) => (language === 'es' ? long.format(dateOf(day)).replace(',', '') : long.format(dateOf(day))),
    fullDay: (day) => (language === 'es' ? full.format(dateOf(day)).replace(',', '') : full.format(dateOf(day))),
    month: (day) => month.format(dateOf(day)),
    shortMonth: (day) => shortMonth.format(dateOf(day)),
    clock(moment) {
      const time = momentPattern.exec(moment)?.[2]
      if (!time) throw new RangeError('not a moment')
      return time
    },
    clockOf: (seconds, withSeconds = false) => (withSeconds ? fullClock : clock).format(new Date(seconds * 1000)),
    age(seconds) {
      const age = Math.max(0, Math.floor(seconds))
      const step = ageSteps.find((candidate) => age < candidate.below) ?? ageSteps[3]
      return relative.format(-Math.floor(age / step.seconds), step.unit)
    },
    instant(seconds, zone) {
      const format = instants.get(zone) ?? instantIn(zone)
      instants.set(zone, format)
      return format.format(new Date(seconds * 1000)).replace(',', '')
    },
    bytes(size) {
      const power = size < 1024 ** 2 ? 1 : size < 1024 ** 3 ? 2 : 3
      return `${decimal(size / 1024 ** power, power === 1 ? 0 : 1)} ${sizes[power]}`
    },
    list: (items) => list.format(items),
  }
}
