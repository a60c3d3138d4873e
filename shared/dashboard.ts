import { z } from 'zod'
import type { WireError } from './errors.ts'

export const trendDaysSchema = z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(365)])
export type TrendDays = z.infer<typeof trendDaysSchema>
export const loadDashboardSchema = z.object({ days: trendDaysSchema }).strict()

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
}
export type FigureName = keyof DashboardFigures

export interface Dashboard {
  /** The clinic's local date and time of the snapshot, `YYYY-MM-DDTHH:MM:SS`, by the server's clock. */
  readonly takenAt: string
  readonly today: Day
  readonly zone: string
  readonly days: TrendDays
  readonly milliseconds: number
  readonly figures: DashboardFigures
}
