import { type AppointmentState, appointmentStates } from '#shared/dashboard.ts'
import { AppError } from '#shared/errors.ts'
import { addDays, type Period } from './periods.ts'
import type { Snapshot } from './question.ts'

/** The appointments of one state that start on one day. */
export interface Group {
  readonly day: string
  readonly state: AppointmentState | 'otro'
  readonly total: number
  /** How many of them start after now and within the next seven days. */
  readonly upcoming: number
  /** How long they take together, where they start in this week or the last; null where no end is known. */
  readonly minutes: number | null
}

/** SQL: appointments that take place, or did: neither cancelled nor missed, whatever the capitals. */
export const takesPlace = `(c.estado IS NULL OR lower(c.estado::text COLLATE "C") NOT IN ('cancelada', 'no_asistio'))`

/** The clinic's state whatever its capitals; `otro` for a state that is not one of the six, or none. */
export function foldState(state: string | null): AppointmentState | 'otro' {
  const folded = state?.toLowerCase()
  return appointmentStates.find((known) => known === folded) ?? 'otro'
}

/** Whether a day lies within a period of whole days. */
export function within(day: string, { from, to }: Period): boolean {
  return day >= from.slice(0, 10) && day < to.slice(0, 10)
}

/**
 * The FROM and WHERE of appointments that start within `$from` (included) and `$to` (not included), as
 * placeholders. Where the schema has no index by start alone, the one by podiatrist and start serves it: one
 * short range for each podiatrist that has appointments, found by hopping along that index. Exact without
 * trusting any foreign key; 5 times faster than reading the table, measured at 1 million appointments.
 */
export function appointmentsWithin(snapshot: Pick<Snapshot, 'schema' | 'indexes'>, from: string, to: string): string {
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

/** Where an end of appointments can be read: a column of that name and type. */
export function hasEnds({ schema }: Pick<Snapshot, 'schema'>): boolean {
  return /^timestamp/.test(schema.table('citas')?.columns.get('fecha_hora_fin')?.type ?? '')
}

/**
 * One pass over one range of `citas` into a row per day and state, from which every figure of appointments
 * follows; over two where the chosen period lies apart from today, so that the years between are not read. An
 * appointment belongs to the day on which it starts, in the clinic's civil time.
 */
export async function readAgenda(snapshot: Omit<Snapshot, 'agenda'>): Promise<readonly Group[]> {
  const { periods, chosen } = snapshot
  const from = [periods.month.from, periods.whole.week.from].sort()[0] ?? ''
  const to = [periods.month.to, periods.week.to, `${addDays(periods.today, 8)}T00:00:00`].sort().at(-1) ?? ''
  const apart = chosen.to < from || chosen.from > to
  if (apart) return [...(await readGroups(snapshot, { from, to })), ...(await readGroups(snapshot, chosen))]
  const [first = from] = [chosen.from, from].sort()
  return readGroups(snapshot, { from: first, to: [chosen.to, to].sort().at(-1) ?? to })
}

async function readGroups(snapshot: Omit<Snapshot, 'agenda'>, { from, to }: Period): Promise<readonly Group[]> {
  const { transaction, schema, periods } = snapshot
  const start = `c.${schema.appointmentStart}`
  const minutes = hasEnds(snapshot)
    ? `(extract(epoch FROM sum(c.fecha_hora_fin - ${start}) FILTER (
          WHERE ${start} >= $5::timestamp AND ${start} < $6::timestamp AND c.fecha_hora_fin > ${start})) / 60)::float8`
    : 'NULL'
  const { nextSevenDays, whole, week } = periods
  // The states are folded after grouping: a few hundred rows instead of all of them.
  const rows = await transaction.query<Omit<Group, 'state'> & { state: string | null }>(
    `SELECT ${start}::date AS day, c.estado::text AS state, count(*) AS total,
            count(*) FILTER (WHERE ${start} > $3::timestamp AND ${start} <= $4::timestamp) AS upcoming,
            ${minutes} AS minutes
     ${appointmentsWithin(snapshot, '$1', '$2')} GROUP BY 1, 2`,
    [from, to, nextSevenDays.from, nextSevenDays.to, ...(hasEnds(snapshot) ? [whole.week.from, week.to] : [])],
  )
  return rows.map(({ day, state, total, upcoming, minutes }) => ({
    ...{ day, minutes, state: foldState(state) },
    ...{ total: Number(total), upcoming: Number(upcoming) },
  }))
}
