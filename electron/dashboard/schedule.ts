import type { Row } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { addDays } from './periods.ts'
import type { Snapshot } from './question.ts'

/** A row of `horarios_trabajo`; times of day in minutes since midnight. */
export interface Hours {
  readonly podiatrist: string
  readonly weekday: number
  /** Whether it is active, its podiatrist too, and it ends after it begins. */
  readonly open: boolean
  readonly since: number
  readonly until: number
  /** The days between which it is valid, both included; null without end. */
  readonly first: string | null
  readonly last: string | null
}

/** A row of `bloqueos_agenda`, in minutes since the first of two weeks began, cut at their ends. */
export interface Block {
  readonly podiatrist: string
  readonly since: number
  readonly until: number
}

/** SQL: every row of `horarios_trabajo`, since also those that do not count tell how days are numbered. */
export function hoursStatement(schema: ClinicSchema): string {
  const validity = (column: string) => (schema.has('horarios_trabajo', column) ? `h.${column}::date` : 'NULL::date')
  const minutes = (column: string) => `date_part('epoch', h.${column}) / 60`
  return `
    SELECT h.id_podologo::text AS podiatrist, h.dia_semana::int AS weekday,
           coalesce(h.activo AND p.activo AND h.hora_fin > h.hora_inicio, false) AS open,
           ${minutes('hora_inicio')} AS since, ${minutes('hora_fin')} AS until,
           ${validity('fecha_inicio_vigencia')} AS first, ${validity('fecha_fin_vigencia')} AS last
      FROM ${schema.quoted('horarios_trabajo')} h LEFT JOIN ${schema.quoted('podologos')} p ON p.id = h.id_podologo`
}

/** The active blocks of this week and the last. */
export function readBlocks({ transaction, schema, periods }: Snapshot): Promise<(Block & Row)[]> {
  const minutes = (moment: string) => `date_part('epoch', ${moment} - $1::timestamp) / 60`
  return transaction.query<Block & Row>(
    `SELECT id_podologo::text AS podiatrist, ${minutes('greatest(fecha_inicio::timestamp, $1::timestamp)')} AS since,
            ${minutes('least(fecha_fin::timestamp, $2::timestamp)')} AS until
       FROM ${schema.quoted('bloqueos_agenda')}
      WHERE activo AND fecha_inicio < $2::timestamp AND fecha_fin > $1::timestamp`,
    [periods.whole.week.from, periods.week.to],
  )
}

/**
 * The minutes of working hours of two weeks, less what is blocked of them, of all podiatrists together. Where blocks lie
 * over each other, each takes its time.
 */
export function scheduledMinutes(
  hours: readonly Hours[],
  blocks: readonly Block[],
  monday: string,
): readonly [last: number, current: number] {
  const minutes: [number, number] = [0, 0]
  const isoDay = convention(hours)
  for (let at = 0; at < 14; at++) {
    const day = addDays(monday, at)
    const midnight = at * 1440
    for (const row of hours) {
      if (!row.open || isoDay(row.weekday) !== (at % 7) + 1) continue
      if ((row.first !== null && row.first > day) || (row.last !== null && row.last < day)) continue
      const [since, until] = [midnight + row.since, midnight + row.until]
      const blocked = blocks
        .filter(({ podiatrist }) => podiatrist === row.podiatrist)
        .reduce((sum, block) => sum + Math.max(0, Math.min(until, block.until) - Math.max(since, block.since)), 0)
      minutes[at < 7 ? 0 : 1] += until - since - blocked
    }
  }
  return minutes
}

/**
 * Which day (Monday 1, Sunday 7) a number of `dia_semana` means, as this clinic's own rows show. A 7 means ISO, a 0
 * together with a 6 PostgreSQL's `dow` (Sunday 0, Monday 1), a 0 without a 6 a week that begins with Monday 0 and whose
 * Sunday is free. Where there is neither 0 nor 7, the first two agree.
 */
function convention(hours: readonly Hours[]): (weekday: number) => number {
  const [zero, six, seven] = [0, 6, 7].map((day) => hours.some(({ weekday }) => weekday === day))
  if (zero && !six && !seven) return (weekday) => weekday + 1
  return (weekday) => (weekday === 0 && zero && six && !seven ? 7 : weekday)
}
