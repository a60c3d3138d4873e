import { z } from 'zod'
import type { WireError } from './errors.ts'

export const trendDaysSchema = z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)])
export type TrendDays = z.infer<typeof trendDaysSchema>

/** A day that exists, within the years that a clinic may ask about. */
const daySchema = z.iso.date().refine((day) => day >= '2000-01-01' && day <= '2099-12-31')
/** The longest range of days that may be chosen. */
export const mostRangeDays = 3 * 366

/** What is wrong with two chosen days, in the order in which a person would put it right; null when nothing is. */
export function rangeProblem({
  from,
  to,
}: {
  readonly from: Day
  readonly to: Day
}): 'day' | 'order' | 'tooLong' | null {
  if (![from, to].every((day) => daySchema.safeParse(day).success)) return 'day'
  if (from > to) return 'order'
  return (Date.parse(to) - Date.parse(from)) / 86_400_000 >= mostRangeDays ? 'tooLong' : null
}

const chosenDaysSchema = z
  .object({ from: z.string().max(10), to: z.string().max(10) })
  .strict()
  .superRefine((days, context) => {
    const rule = rangeProblem(days)
    if (rule) context.addIssue({ code: 'custom', path: [rule === 'day' ? 'from' : 'to'], params: { rule } })
  })

/** The period of the charts: so many days up to today, or from one day of the clinic to another, both included. */
export const loadDashboardSchema = z.union([z.object({ days: trendDaysSchema }).strict(), chosenDaysSchema])
export type DashboardRange = z.infer<typeof loadDashboardSchema>

/** Why a figure cannot exist on this installation; the names are the database's. */
export type Unavailable =
  | { readonly reason: 'tableMissing'; readonly table: string }
  | { readonly reason: 'columnMissing'; readonly table: string; readonly column: string }
  | { readonly reason: 'privilegeMissing'; readonly table: string }
  | { readonly reason: 'noSchedule' }

/**
 * A figure is never a bare number: a zero is known to be a zero, and what could not be read says why.
 * The fifth state, stale, belongs to the page: an old value whose refresh failed.
 */
export type Figure<T> =
  | { readonly state: 'value'; readonly value: T; readonly previous: T | null }
  | { readonly state: 'zero'; readonly value: T; readonly previous: T | null }
  | { readonly state: 'unavailable'; readonly why: Unavailable }
  | { readonly state: 'error'; readonly error: WireError }

/** An exact amount of pesos: a decimal string such as `84250.00`, never a float. */
export type Money = string
/** A day of the clinic, `YYYY-MM-DD`. */
export type Day = string

/** The states of an appointment, whatever their capitals in the database. */
export const appointmentStates = [
  'pendiente',
  'confirmada',
  'en_curso',
  'completada',
  'cancelada',
  'no_asistio',
] as const
export type AppointmentState = (typeof appointmentStates)[number]

export interface StateCount {
  /** `otro` gathers states that are not the clinic's six. */
  readonly state: AppointmentState | 'otro'
  readonly count: number
}
export interface TrendDay {
  readonly day: Day
  readonly total: number
  readonly completed: number
  readonly cancelled: number
}
export interface TopTreatment {
  readonly name: string
  readonly count: number
}
export interface MonthAmount {
  /** The first day of the month. */
  readonly month: Day
  readonly amount: Money
}
export interface CategoryAmount {
  readonly category: string
  readonly amount: Money
}
export interface ServiceAmount {
  readonly name: string
  readonly count: number
  readonly amount: Money
}
export interface StockProduct {
  readonly name: string
  readonly stock: number
  readonly minimum: number
  /** How the clinic counts it (`pieza`, `caja`); null where it does not say. */
  readonly unit: string | null
}
export interface CriticalStock {
  /** All of them; the list may be shorter. */
  readonly count: number
  readonly products: readonly StockProduct[]
}

/** Keys of the single-valued figures, as the guide's `/stats/dashboard` endpoint names them. */
export interface DashboardFigures {
  readonly totalPatients: Figure<number>
  readonly activePatients: Figure<number>
  readonly newPatientsThisMonth: Figure<number>
  readonly appointmentsToday: Figure<number>
  readonly appointmentsThisWeek: Figure<number>
  readonly appointmentsThisMonth: Figure<number>
  readonly upcomingAppointments: Figure<number>
  readonly appointmentsByState: Figure<readonly StateCount[]>
  readonly revenueToday: Figure<Money>
  readonly revenueThisWeek: Figure<Money>
  readonly revenueThisMonth: Figure<Money>
  readonly revenueThisYear: Figure<Money>
  /** Percent, one decimal. */
  readonly occupancy: Figure<number>
  readonly topTreatments: Figure<readonly TopTreatment[]>
  readonly trend: Figure<readonly TrendDay[]>
  readonly pendingBalance: Figure<Money>
  readonly revenueByMonth: Figure<readonly MonthAmount[]>
  readonly expensesByMonth: Figure<readonly MonthAmount[]>
  readonly expensesByCategory: Figure<readonly CategoryAmount[]>
  readonly bestServices: Figure<readonly ServiceAmount[]>
  readonly criticalStock: Figure<CriticalStock>
}
export type FigureName = keyof DashboardFigures

export interface Dashboard {
  /** The clinic's local date and time of the snapshot, `YYYY-MM-DDTHH:MM:SS`, by the server's clock. */
  readonly takenAt: string
  readonly today: Day
  readonly zone: string
  /** As it was asked for. */
  readonly range: DashboardRange
  /** Its first and last day, both included. */
  readonly period: { readonly from: Day; readonly to: Day }
  readonly milliseconds: number
  readonly figures: DashboardFigures
}
