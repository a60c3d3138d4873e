import { appointmentStates, type StateCount, type TrendDay } from '#shared/dashboard.ts'
import { type Group, within } from './agenda.ts'
import { daysBetween, type Period } from './periods.ts'
import { counted, type Figures, listed, missing, type Question, type Snapshot, unavailable } from './question.ts'

const figures = [
  'appointmentsToday',
  'appointmentsThisWeek',
  'appointmentsThisMonth',
  'upcomingAppointments',
  'appointmentsByState',
  'trend',
] as const
type Name = (typeof figures)[number]

/** States that still expect the patient. */
const expected: readonly string[] = ['pendiente', 'confirmada']

/** Every figure of appointments. One belongs to the day on which it starts, in the clinic's civil time. */
export const appointments: Question<Name> = {
  figures,
  tables: ['citas'],
  async ask(snapshot) {
    const start = snapshot.schema.appointmentStart ?? 'fecha_hora_inicio'
    const why = missing(snapshot.schema, { citas: [start, 'estado'] })
    if (why) return Object.fromEntries(figures.map((name) => [name, unavailable(why)])) as Figures<Name>
    return figuresOf(await snapshot.agenda(), snapshot)
  },
}

function figuresOf(groups: readonly Group[], snapshot: Snapshot): Figures<Name> {
  const { periods } = snapshot
  return {
    /** Starting today, whatever their state. Before: the same weekday a week earlier. */
    appointmentsToday: counted(totalWithin(groups, periods.day), totalWithin(groups, periods.whole.day)),
    /** Starting from Monday to Sunday of this week, past and planned. Before: the whole previous week. */
    appointmentsThisWeek: counted(totalWithin(groups, periods.week), totalWithin(groups, periods.whole.week)),
    /** Starting in this calendar month, past and planned. A month still being booked has no fair base before it. */
    appointmentsThisMonth: counted(totalWithin(groups, periods.month)),
    /** Pending or confirmed, starting after now and up to the same time seven days later. */
    upcomingAppointments: counted(
      sum(groups.filter((group) => expected.includes(group.state)).map((group) => group.upcoming)),
    ),
    appointmentsByState: byState(groups.filter((group) => within(group.day, periods.month))),
    trend: trend(groups, snapshot),
  }
}

/** The appointments of this calendar month by state; the clinic's six always, others only when there are any. */
function byState(groups: readonly Group[]): Figures<Name>['appointmentsByState'] {
  const counts: StateCount[] = [...appointmentStates, 'otro' as const].map((state) => ({
    state,
    count: sum(groups.filter((group) => group.state === state).map((group) => group.total)),
  }))
  const shown = counts.filter(({ state, count }) => state !== 'otro' || count > 0)
  return listed(shown, sum(shown.map(({ count }) => count)) === 0)
}

/** For each day of the chosen period: all appointments, the completed and the cancelled ones. */
function trend(groups: readonly Group[], snapshot: Snapshot): Figures<Name>['trend'] {
  const days = new Map<string, { total: number; completed: number; cancelled: number }>()
  for (const day of daysBetween(snapshot.chosen.first, snapshot.chosen.last)) {
    days.set(day, { total: 0, completed: 0, cancelled: 0 })
  }
  for (const group of groups) {
    const day = days.get(group.day)
    if (!day) continue
    day.total += group.total
    if (group.state === 'completada') day.completed += group.total
    if (group.state === 'cancelada') day.cancelled += group.total
  }
  const list: TrendDay[] = [...days].map(([day, counts]) => ({ day, ...counts }))
  return listed(list, sum(list.map(({ total }) => total)) === 0)
}

function totalWithin(groups: readonly Group[], period: Period): number {
  return sum(groups.filter((group) => within(group.day, period)).map((group) => group.total))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
