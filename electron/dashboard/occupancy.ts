import { type Group, hasEnds, within } from './agenda.ts'
import type { Period } from './periods.ts'
import { missing, type Question, type Snapshot, unavailable } from './question.ts'

/** Appointments in these states take nobody's time. */
const free: readonly string[] = ['cancelada', 'no_asistio']

/**
 * Which part of this week's working time is taken: the minutes of its appointments over the minutes of the active
 * podiatrists' working hours, Monday to Sunday, past and planned; over 100 when more is booked than scheduled.
 * Working hours are the active rows of `horarios_trabajo` on days within their validity, less the active rows of
 * `bloqueos_agenda` where the installation has that table. Appointments that were cancelled or missed take no time.
 * Before: the whole previous week.
 */
export const occupancy: Question<'occupancy'> = {
  figures: ['occupancy'],
  tables: ['citas', 'horarios_trabajo', 'podologos', 'bloqueos_agenda'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const why = missing(schema, {
      horarios_trabajo: ['id_podologo', 'dia_semana', 'hora_inicio', 'hora_fin', 'activo'],
      podologos: ['id', 'activo'],
      citas: [
        schema.appointmentStart ?? 'fecha_hora_inicio',
        'estado',
        ...(hasEnds(snapshot) ? [] : ['fecha_hora_fin']),
      ],
    })
    const blocks = missing(schema, { bloqueos_agenda: [] })
    const blind = why ?? (blocks?.reason === 'privilegeMissing' ? blocks : null)
    if (blind) return { occupancy: unavailable(blind) }
    const groups = await snapshot.agenda()
    const rows = await transaction.query<{ current: boolean; minutes: number }>(statement(schema), [
      periods.whole.week.from,
      periods.week.to,
      periods.week.from,
    ])
    const percentOf = (current: boolean, week: Period): number | null => {
      const scheduled = rows.find((row) => row.current === current)?.minutes ?? 0
      return scheduled > 0 ? Math.round((1000 * bookedIn(groups, week)) / scheduled) / 10 : null
    }
    const value = percentOf(true, periods.week)
    if (value === null) return { occupancy: unavailable({ reason: 'noSchedule' }) }
    return {
      occupancy: { state: value === 0 ? 'zero' : 'value', value, previous: percentOf(false, periods.whole.week) },
    }
  },
}

function bookedIn(groups: readonly Group[], week: Period): number {
  return groups
    .filter((group) => within(group.day, week) && !free.includes(group.state))
    .reduce((sum, { minutes }) => sum + (minutes ?? 0), 0)
}

/** The minutes of working hours of this week (`current`) and the last, of all active podiatrists together. */
function statement(schema: Snapshot['schema']): string {
  return `
    WITH day AS MATERIALIZED (
      SELECT d::date AS day, d >= $3::timestamp AS current, extract(isodow FROM d)::int AS weekday
        FROM generate_series($1::timestamp, $2::timestamp - interval '1 day', interval '1 day') AS d
    ), open AS MATERIALIZED (${workingHours(schema)}
    ), scheduled AS (
      SELECT current, sum(until - since) AS time FROM open GROUP BY 1
    ), blocked AS (${blockedTime(schema)}
    )
    SELECT s.current, (extract(epoch FROM s.time - coalesce(b.time, interval '0')) / 60)::float8 AS minutes
      FROM scheduled s LEFT JOIN blocked b USING (current)`
}

/** A row for each stretch of working hours on each day of both weeks. */
function workingHours(schema: Snapshot['schema']): string {
  const validFrom = schema.has('horarios_trabajo', 'fecha_inicio_vigencia')
  const validTo = schema.has('horarios_trabajo', 'fecha_fin_vigencia')
  return `
      SELECT h.id_podologo AS id, d.current, d.day + h.hora_inicio AS since, d.day + h.hora_fin AS until
        FROM ${schema.quoted('horarios_trabajo')} h
        JOIN ${schema.quoted('podologos')} p ON p.id = h.id_podologo AND p.activo
       CROSS JOIN (${convention(schema)}) AS c
        JOIN day d ON d.weekday = CASE WHEN h.dia_semana = c.sunday THEN 7 ELSE h.dia_semana + c.shift END
       WHERE h.activo AND h.hora_fin > h.hora_inicio
             ${validFrom ? 'AND (h.fecha_inicio_vigencia IS NULL OR h.fecha_inicio_vigencia <= d.day)' : ''}
             ${validTo ? 'AND (h.fecha_fin_vigencia IS NULL OR h.fecha_fin_vigencia >= d.day)' : ''}`
}

/** The part of the working hours that lies within a block of the agenda. */
function blockedTime(schema: Snapshot['schema']): string {
  if (missing(schema, { bloqueos_agenda: ['id_podologo', 'fecha_inicio', 'fecha_fin', 'activo'] })) {
    return 'SELECT NULL::boolean AS current, NULL::interval AS time WHERE false'
  }
  return `
      SELECT o.current, sum(least(o.until, b.fecha_fin) - greatest(o.since, b.fecha_inicio)) AS time
        FROM ${schema.quoted('bloqueos_agenda')} b
        JOIN open o ON o.id = b.id_podologo AND b.fecha_inicio < o.until AND b.fecha_fin > o.since
       WHERE b.activo AND b.fecha_inicio < $2::timestamp AND b.fecha_fin > $1::timestamp GROUP BY 1`
}

/**
 * Which number `dia_semana` gives to a day, as this clinic's own rows show. A 7 means ISO (Monday 1, Sunday 7), a
 * 0 together with a 6 PostgreSQL's `dow` (Sunday 0, Monday 1), a 0 without a 6 a week that begins with Monday 0 and
 * whose Sunday is free. Where there is neither 0 nor 7, the first two agree.
 */
function convention(schema: Snapshot['schema']): string {
  return `
      SELECT CASE WHEN zero AND NOT six AND NOT seven THEN 1 ELSE 0 END AS shift,
             CASE WHEN seven THEN 7 WHEN zero AND six THEN 0 END AS sunday
        FROM (SELECT coalesce(bool_or(dia_semana = 0), false) AS zero, coalesce(bool_or(dia_semana = 6), false) AS six,
                     coalesce(bool_or(dia_semana = 7), false) AS seven
                FROM ${schema.quoted('horarios_trabajo')}) AS seen`
}
