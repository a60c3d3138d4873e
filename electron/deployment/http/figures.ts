import type { Dashboard, Figure } from '#shared/dashboard.ts'
import { isObject } from './backend-api.ts'

export interface FigureComparison {
  /** Fields that both sides have, and so could be compared. */
  readonly compared: number
  /** Fields where the database has data; without one, zeros prove nothing. */
  readonly telling: number
  /** Fields that the backend gives as 0 although the database has data. */
  readonly zeros: readonly string[]
  /** Fields that are missing or no number. */
  readonly missing: readonly string[]
  /** Fields that differ otherwise, as `name: theirs / ours`. */
  readonly different: readonly string[]
}

/** Fields of the backend's `GET /stats/dashboard` and what they are here. */
const fields = [
  ['total_patients', 'totalPatients'],
  ['active_patients', 'activePatients'],
  ['new_patients_this_month', 'newPatientsThisMonth'],
  ['total_appointments_today', 'appointmentsToday'],
  ['total_appointments_week', 'appointmentsThisWeek'],
  ['total_appointments_month', 'appointmentsThisMonth'],
  ['revenue_today', 'revenueToday'],
  ['revenue_week', 'revenueThisWeek'],
  ['revenue_month', 'revenueThisMonth'],
  ['revenue_year', 'revenueThisYear'],
  ['upcoming_appointments', 'upcomingAppointments'],
] as const
const states = ['pendiente', 'confirmada', 'completada', 'cancelada', 'no_asistio'] as const

/** Sets the backend's figures beside ours: a zero where the database has data is a query that failed in silence. */
export function compareFigures(theirs: unknown, { figures }: Pick<Dashboard, 'figures'>): FigureComparison {
  const said = isObject(theirs) ? theirs : {}
  const pairs: (readonly [name: string, theirs: unknown, ours: number | null])[] = fields.map(([name, own]) => [
    name,
    said[name],
    numberIn(figures[own]),
  ])
  const byState = figures.appointmentsByState
  const counts = byState.state === 'value' || byState.state === 'zero' ? byState.value : null
  const statuses = isObject(said.appointments_by_status) ? said.appointments_by_status : {}
  for (const state of states) {
    const count = counts?.find((one) => one.state === state)?.count
    pairs.push([`appointments_by_status.${state}`, statuses[state], count ?? null])
  }
  const top = figures.topTreatments
  const treatments = top.state === 'value' || top.state === 'zero' ? top.value.length : null
  const list = said.top_treatments
  pairs.push(['top_treatments', Array.isArray(list) ? Math.min(list.length, treatments ?? 0) : undefined, treatments])

  const known = pairs.flatMap(([name, value, ours]) =>
    ours === null
      ? []
      : [{ name, theirs: typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN, ours }],
  )
  const sound = known.filter(({ theirs }) => Number.isFinite(theirs))
  return {
    compared: sound.length,
    telling: known.filter(({ ours }) => ours > 0).length,
    zeros: sound.filter(({ theirs, ours }) => theirs === 0 && ours > 0).map(({ name }) => name),
    missing: known.filter(({ theirs }) => !Number.isFinite(theirs)).map(({ name }) => name),
    different: sound
      .filter(({ theirs, ours }) => theirs !== 0 && Math.abs(theirs - ours) > 0.005)
      .concat(sound.filter(({ theirs, ours }) => theirs === 0 && ours < 0))
      .map(({ name, theirs, ours }) => `${name}: ${theirs} / ${ours}`),
  }
}

function numberIn(figure: Figure<number> | Figure<string>): number | null {
  return figure.state === 'value' || figure.state === 'zero' ? Number(figure.value) : null
}
