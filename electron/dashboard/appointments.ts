import { type AppointmentState, appointmentStates, type StateCount, type TrendDay } from '#shared/dashboard.ts'
import { AppError } from '#shared/errors.ts'
import { addDays, daysBetween, type Period } from './periods.ts'
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

/** How many appointments of one state start on one day, and how many of those within the next seven days. */
interface Group {
  readonly day: string
  readonly state: AppointmentState | 'otro'
  readonly total: number
  readonly upcoming: number
}

/** States that still expect the patient. */
const expected: readonly string[] = ['pendiente', 'confirmada']

/**
 * Every figure of appointments, from one pass over one range of `citas` into a row per day and state.
 * An appointment belongs to the day on which it starts, in the clinic's civil time.
 */
export const appointments: Question<Name> = {
  figures,
  tables: ['citas'],
  async ask(snapshot) {
    const start = snapshot.schema.appointmentStart ?? 'fecha_hora_inicio'
    const why = missing(snapshot.schema, { citas: [start, 'estado'] })
    if (why) return Object.fromEntries(figures.map((name) => [name, unavailable(why)])) as Figures<Name>
    return figuresOf(await readGroups(snapshot), snapshot)
  },
}

/**
 * The FROM and WHERE of appointments that start within `$from` (included) and `$to` (not included), as
 * placeholders. Where the schema has no index by start alone, the one by podiatrist and start serves it: one
 * short range for each podiatrist that has appointments, found by hopping along that index. Exact without
 * trusting any foreign key; 5 times faster than reading the table, measured at 1 million appointments.
 */
export function appointmentsWithin(snapshot: Snapshot, from: string, to: string): string {
  const { schema, indexes } = snapshot
  if (schema.appointmentStart === null) throw new AppError('SCHEMA_CHANGED', { table: 'citas' })
  const citas = schema.quoted('citas')
  const range = `c.${schema.appointmentStart} >= ${from}::timestamp AND c.${schema.appointmentStart} < ${to}::timestamp`
  if (indexes.appointments !== 'podiatrist') return `FROM ${citas} c WHERE ${range}`
  return `FROM ${citas} c WHERE ${range} AND c.id_podologo = ANY (ARRAY(
    WITH RECURSIVE podiatrist(id) AS (
      (SELECT min(id_podologo) FROM ${citas})
      UNION ALL
      SELECT (SELECT min(id_podologo) FROM ${citas} WHERE id_podologo > p.id) FROM podiatrist p WHERE p.id IS NOT NULL
    ) SELECT id FROM podiatrist WHERE id IS NOT NULL))`
}

async function readGroups(snapshot: Snapshot): Promise<Group[]> {
  const { transaction, schema, periods } = snapshot
  const start = `c.${schema.appointmentStart}`
  const from = [trendStart(snapshot), periods.whole.month.from, periods.whole.week.from].sort()[0] ?? ''
  const to = [periods.month.to, periods.week.to, addDays(periods.today, 8)].sort().at(-1) ?? ''
  // The states are folded after grouping: a few hundred rows instead of all of them.
  const rows = await transaction.query<{ day: string; state: string | null; total: unknown; upcoming: unknown }>(
    `SELECT ${start}::date AS day, c.estado::text AS state, count(*) AS total,
            count(*) FILTER (WHERE ${start} > $3::timestamp AND ${start} <= $4::timestamp) AS upcoming
     ${appointmentsWithin(snapshot, '$1', '$2')} GROUP BY 1, 2`,
    [from, to, periods.nextSevenDays.from, periods.nextSevenDays.to],
  )
  return rows.map((row) => ({
    day: row.day,
    state: foldState(row.state),
    total: Number(row.total),
    upcoming: Number(row.upcoming),
  }))
}

function figuresOf(groups: readonly Group[], snapshot: Snapshot): Figures<Name> {
  const { periods } = snapshot
  return {
    /** Starting today, whatever their state. Before: the same weekday a week earlier. */
    appointmentsToday: counted(totalWithin(groups, periods.day), totalWithin(groups, periods.whole.day)),
    /** Starting from Monday to Sunday of this week, past and planned. Before: the whole previous week. */
    appointmentsThisWeek: counted(totalWithin(groups, periods.week), totalWithin(groups, periods.whole.week)),
    /** Starting in this calendar month, past and planned. Before: the whole previous month. */
    appointmentsThisMonth: counted(totalWithin(groups, periods.month), totalWithin(groups, periods.whole.month)),
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

/** For each of the last `days` days, today included: all appointments, the completed and the cancelled ones. */
function trend(groups: readonly Group[], snapshot: Snapshot): Figures<Name>['trend'] {
  const days = new Map<string, { total: number; completed: number; cancelled: number }>()
  for (const day of daysBetween(trendStart(snapshot), snapshot.periods.today)) {
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

/** The clinic's state whatever its capitals; `otro` for a state that is not one of the six, or none. */
export function foldState(state: string | null): AppointmentState | 'otro' {
  const folded = state?.toLowerCase()
  return appointmentStates.find((known) => known === folded) ?? 'otro'
}

function trendStart({ periods, days }: Snapshot): string {
  return addDays(periods.today, 1 - days)
}

function totalWithin(groups: readonly Group[], period: Period): number {
  return sum(groups.filter((group) => within(group.day, period)).map((group) => group.total))
}

function within(day: string, { from, to }: Period): boolean {
  return day >= from.slice(0, 10) && day < to.slice(0, 10)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
