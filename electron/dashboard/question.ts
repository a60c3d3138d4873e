import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { DashboardFigures, Figure, FigureName, Money, Unavailable } from '#shared/dashboard.ts'
import { AppError } from '#shared/errors.ts'
import type { Group } from './agenda.ts'
import type { ChosenPeriod } from './chosen.ts'
import type { DateIndexes } from './moment.ts'
import type { Periods } from './periods.ts'

/** What every question rests on: one transaction, one snapshot, one moment. */
export interface Snapshot {
  readonly transaction: Transaction
  readonly schema: ClinicSchema
  readonly periods: Periods
  /** The period of the charts. */
  readonly chosen: ChosenPeriod
  readonly indexes: DateIndexes
  /** The appointments around today and of the chosen period in groups, read once for all questions that ask. */
  agenda(): Promise<readonly Group[]>
}

export type Figures<F extends FigureName> = Pick<DashboardFigures, F>

/** One statement to the database, and the figures that its answer holds. */
export interface Question<F extends FigureName> {
  readonly figures: readonly F[]
  /** Every table it reads. */
  readonly tables: readonly string[]
  ask(snapshot: Snapshot): Promise<Figures<F>>
}

/** Tables and the columns of them that a figure rests on. */
export type Needs = Readonly<Record<string, readonly string[]>>

/** Why a figure cannot exist on this installation; null when it can. */
export function missing(schema: ClinicSchema, needs: Needs): Unavailable | null {
  for (const [name, columns] of Object.entries(needs)) {
    const table = schema.table(name)
    if (!table) return { reason: 'tableMissing', table: name }
    if (!table.readable) return { reason: 'privilegeMissing', table: name }
    const column = columns.find((needed) => !table.columns.has(needed))
    if (column !== undefined) return { reason: 'columnMissing', table: name, column }
  }
  return null
}

/** A figure that says why it does not exist. */
export function unavailable(why: Unavailable): { readonly state: 'unavailable'; readonly why: Unavailable } {
  return { state: 'unavailable', why }
}

/** A figure of a count, from what the server sent: a bigint beyond 2^53 comes as text. */
export function counted(count: unknown, previous: unknown = null): Figure<number> {
  const value = Number(count)
  return { state: value === 0 ? 'zero' : 'value', value, previous: previous === null ? null : Number(previous) }
}

/** A figure of an exact sum of pesos. Throws `SERVER_ERROR` for a sum that is no number (`NaN`, `Infinity`). */
export function summed(sum: unknown, previous: unknown = null): Figure<Money> {
  const value = money(sum)
  return { state: /[1-9]/.test(value) ? 'value' : 'zero', value, previous: previous === null ? null : money(previous) }
}

/** A figure of a list, which is zero when nothing in it counts. */
export function listed<T>(value: readonly T[], empty: boolean): Figure<readonly T[]> {
  return { state: empty ? 'zero' : 'value', value, previous: null }
}

function money(sum: unknown): Money {
  if (typeof sum !== 'string' || !/^-?\d+\.\d\d$/.test(sum)) throw new AppError('SERVER_ERROR', { sqlstate: '22003' })
  return sum
}
