import { appointmentsWithin } from './appointments.ts'
import { missing, type Question, type Snapshot, unavailable } from './question.ts'

/**
 * Which part of this week's working hours is taken: the minutes of the working hours of active podiatrists
 * that lie within an appointment, over all minutes of them, Monday to Sunday, past and planned. Working hours
 * are the active rows of `horarios_trabajo` on days within their validity, less the active rows of
 * `bloqueos_agenda` where the installation has that table. Appointments that were cancelled or to which the
 * patient did not come take no time; overlapping ones count once. Before: the whole previous week.
 */
export const occupancy: Question<'occupancy'> = {
  figures: ['occupancy'],
  tables: ['horarios_trabajo', 'podologos', 'citas', 'bloqueos_agenda'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const why = missing(schema, {
      horarios_trabajo: ['id_podologo', 'dia_semana', 'hora_inicio', 'hora_fin', 'activo'],
      podologos: ['id', 'activo'],
      citas: ['id_podologo', schema.appointmentStart ?? 'fecha_hora_inicio', 'fecha_hora_fin', 'estado'],
    })
    const blocks = missing(schema, { bloqueos_agenda: [] })
    const blind = why ?? (blocks?.reason === 'privilegeMissing' ? blocks : null)
    if (blind) return { occupancy: unavailable(blind) }
    const rows = await transaction.query<{ current: boolean; scheduled: unknown; percent: unknown }>(
      statement(snapshot),
      [periods.whole.week.from, periods.week.to, periods.week.from],
    )
    const percentOf = (current: boolean): number | null => {
      const row = rows.find((week) => week.current === current)
      return row && Number(row.scheduled) > 0 ? Number(row.percent) : null
    }
    const value = percentOf(true)
    if (value === null) return { occupancy: unavailable({ reason: 'noSchedule' }) }
    return { occupancy: { state: value === 0 ? 'zero' : 'value', value, previous: percentOf(false) } }
  },
}

function statement(snapshot: Snapshot): string {
  const { schema } = snapshot
  const start = `c.${schema.appointmentStart}`
  const hours = schema.quoted('horarios_trabajo')
  const validity = ['fecha_inicio_vigencia', 'fecha_fin_vigencia'].map((column, at) =>
    schema.has('horarios_trabajo', column)
      ? `AND (h.${column} IS NULL OR h.${column} ${at === 0 ? '<=' : '>='} d.day)`
      : '',
  )
  const blocks = missing(schema, { bloqueos_agenda: ['id_podologo', 'fecha_inicio', 'fecha_fin', 'activo'] })
    ? 'SELECT NULL::bigint AS id, NULL::boolean AS current, NULL::tsmultirange AS time WHERE false'
    : `SELECT b.id_podologo AS id, w.current, range_agg(tsrange(b.fecha_inicio, b.fecha_fin)) AS time
         FROM ${schema.quoted('bloqueos_agenda')} b JOIN week w ON b.fecha_inicio < w.until AND b.fecha_fin > w.since
        WHERE b.activo AND b.fecha_fin > b.fecha_inicio GROUP BY 1, 2`
  const minutes = (time: string) =>
    `(SELECT coalesce(sum(extract(epoch FROM upper(r) - lower(r))), 0) / 60 FROM unnest(${time}) AS r)`
  return `
    WITH week AS (
      SELECT since, since + interval '7 days' AS until, since = $3::timestamp AS current
        FROM (VALUES ($1::timestamp), ($3::timestamp)) AS v(since)
    ), day AS (
      SELECT w.current, (w.since + n * interval '1 day')::date AS day FROM week w, generate_series(0, 6) AS n
    ), convention AS (${convention(hours)}
    ), open AS (
      SELECT h.id_podologo AS id, d.current, range_agg(tsrange(d.day + h.hora_inicio, d.day + h.hora_fin)) AS time
        FROM ${hours} h
        JOIN ${schema.quoted('podologos')} p ON p.id = h.id_podologo AND p.activo
        JOIN day d ON h.dia_semana = extract(isodow FROM d.day)::int - (SELECT shift FROM convention)
                    OR (extract(isodow FROM d.day) = 7 AND h.dia_semana = (SELECT sunday FROM convention))
       WHERE h.activo AND h.hora_fin > h.hora_inicio ${validity.join(' ')} GROUP BY 1, 2
    ), blocked AS (${blocks}
    ), working AS (
      SELECT o.id, o.current, o.time - coalesce(b.time, '{}'::tsmultirange) AS time
        FROM open o LEFT JOIN blocked b ON b.id = o.id AND b.current = o.current
    ), taken AS (
      SELECT c.id_podologo AS id, ${start} >= $3::timestamp AS current, range_agg(tsrange(${start}, c.fecha_hora_fin)) AS time
        ${appointmentsWithin(snapshot, '$1', '$2')}
         AND c.fecha_hora_fin > ${start}
         AND (c.estado IS NULL OR lower(c.estado::text) NOT IN ('cancelada', 'no_asistio'))
       GROUP BY 1, 2
    ), share AS (
      SELECT w.current, sum(${minutes('w.time')}) AS scheduled,
             sum(${minutes(`w.time * coalesce(t.time, '{}'::tsmultirange)`)}) AS booked
        FROM working w LEFT JOIN taken t ON t.id = w.id AND t.current = w.current GROUP BY 1
    )
    SELECT current, scheduled::float8 AS scheduled, round(100 * booked / nullif(scheduled, 0), 1)::float8 AS percent FROM share`
}

/**
 * Which number `dia_semana` gives to a day, as this clinic's own rows show. A 7 means ISO (Monday 1, Sunday 7), a
 * 0 together with a 6 PostgreSQL's `dow` (Sunday 0, Monday 1), a 0 without a 6 a week that begins with Monday 0 and
 * whose Sunday is free. Where there is neither 0 nor 7, the first two agree.
 */
function convention(hours: string): string {
  return `
      SELECT CASE WHEN zero AND NOT six AND NOT seven THEN 1 ELSE 0 END AS shift,
             CASE WHEN seven THEN 7 WHEN zero AND six THEN 0 END AS sunday
        FROM (SELECT coalesce(bool_or(dia_semana = 0), false) AS zero, coalesce(bool_or(dia_semana = 6), false) AS six,
                     coalesce(bool_or(dia_semana = 7), false) AS seven FROM ${hours}) AS seen`
}
