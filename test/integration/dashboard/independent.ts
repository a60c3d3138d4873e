import type pg from 'pg'

/**
 * The figures once more, written by somebody else as it were: in PostgreSQL's own calendar, one question each, with
 * no care for speed. `$1` is the clinic's moment. Only for what the demo clinic has (states with capitals or not).
 */
const moment = '$1::timestamp'
const same = (unit: string, column: string, back = "interval '0'") =>
  `date_trunc('${unit}', ${column}) = date_trunc('${unit}', ${moment}) - ${back}`
const count = (table: string, condition: string) => `SELECT count(*)::int AS value FROM ${table} WHERE ${condition}`
const start = 'fecha_hora_inicio'

/** Earlier within its own period than the moment is within its: by month, day and time of day as text. */
const earlier: Record<string, string> = {
  day: `fecha_pago::time < ${moment}::time`,
  week: `(extract(isodow FROM fecha_pago), fecha_pago::time) < (extract(isodow FROM ${moment}), ${moment}::time)`,
  month: `to_char(fecha_pago, 'DD HH24:MI:SS.US') < to_char(${moment}, 'DD HH24:MI:SS.US')`,
}
const paid = (condition: string) =>
  `SELECT to_char(coalesce(sum(monto_pagado), 0), 'FM999999999990.00') AS value FROM pagos
    WHERE coalesce(estado_pago, '') NOT ILIKE 'cancelado' AND ${condition}`
const backDay = `fecha_pago::date = ${moment}::date - 7`

/** Minute by minute: those booked over those open to booking. */
const minuteOfWeek = (weeks: number) => `
  WITH minutes AS (SELECT m FROM generate_series(date_trunc('week', ${moment}) - interval '${weeks} weeks',
         date_trunc('week', ${moment}) - interval '${weeks} weeks' + interval '6 days 23:59', interval '1 minute') AS m)
  SELECT round(100.0 * (SELECT count(*) FROM minutes JOIN citas c
             ON c.fecha_hora_inicio BETWEEN m - interval '12 hours' AND m AND c.fecha_hora_fin > m
            AND lower(c.estado) NOT IN ('cancelada', 'no_asistio'))
         / nullif(count(*), 0), 1)::float8 AS value
    FROM podologos p, minutes
   WHERE p.activo
     AND EXISTS (SELECT FROM horarios_trabajo h WHERE h.id_podologo = p.id AND h.activo
           AND h.dia_semana = extract(dow FROM m) AND m::time >= h.hora_inicio AND m::time < h.hora_fin
           AND m::date BETWEEN coalesce(h.fecha_inicio_vigencia, '-infinity') AND coalesce(h.fecha_fin_vigencia, 'infinity'))
     AND NOT EXISTS (SELECT FROM bloqueos_agenda b WHERE b.id_podologo = p.id AND b.activo
           AND b.fecha_inicio <= m AND b.fecha_fin > m)`

/** Figure, then its value and the value before, each by its own question. */
const questions: Readonly<Record<string, readonly [string] | readonly [string, string]>> = {
  totalPatients: [count('pacientes', 'true')],
  activePatients: [count('pacientes', 'activo IS TRUE')],
  newPatientsThisMonth: [
    count('pacientes', same('month', 'fecha_registro')),
    count(
      'pacientes',
      `${same('month', 'fecha_registro', "interval '1 month'")} AND
       to_char(fecha_registro, 'DD HH24:MI:SS.US') < to_char(${moment}, 'DD HH24:MI:SS.US')`,
    ),
  ],
  appointmentsToday: [
    count('citas', `${start}::date = ${moment}::date`),
    count('citas', `${start}::date = ${moment}::date - 7`),
  ],
  appointmentsThisWeek: [count('citas', same('week', start)), count('citas', same('week', start, "interval '7 days'"))],
  appointmentsThisMonth: [count('citas', same('month', start))],
  upcomingAppointments: [
    count(
      'citas',
      `${start} - ${moment} BETWEEN interval '1 microsecond' AND interval '7 days' AND estado ILIKE ANY ('{pendiente,confirmada}')`,
    ),
  ],
  revenueToday: [paid(`fecha_pago::date = ${moment}::date`), paid(`${backDay} AND ${earlier.day}`)],
  revenueThisWeek: [
    paid(same('week', 'fecha_pago')),
    paid(`${same('week', 'fecha_pago', "interval '7 days'")} AND ${earlier.week}`),
  ],
  revenueThisMonth: [
    paid(same('month', 'fecha_pago')),
    paid(`${same('month', 'fecha_pago', "interval '1 month'")} AND ${earlier.month}`),
  ],
  revenueThisYear: [paid(same('year', 'fecha_pago'))],
  pendingBalance: [
    `SELECT to_char(coalesce(sum(greatest(saldo_pendiente, 0)), 0), 'FM999999999990.00') AS value FROM pagos
      WHERE estado_pago IS NULL OR estado_pago !~* '^cancelado$'`,
  ],
  occupancy: [minuteOfWeek(0), minuteOfWeek(1)],
}

/** Every single-valued figure by its own questions: `[value, previous]`, `previous` null where there is none. */
export async function askIndependently(
  client: pg.Client,
  now: string,
): Promise<Record<string, readonly [unknown, unknown]>> {
  const answers: Record<string, readonly [unknown, unknown]> = {}
  for (const [figure, [value, previous]] of Object.entries(questions)) {
    const ask = async (sql: string) => (await client.query(sql, sql.includes('$1') ? [now] : [])).rows[0].value
    answers[figure] = [await ask(value), previous === undefined ? null : await ask(previous)]
  }
  return answers
}

/** The lists, in the shape of the contract. */
export async function askListsIndependently(
  client: pg.Client,
  now: string,
  range: number | { readonly from: string; readonly to: string },
) {
  const [first, last] =
    typeof range === 'number'
      ? [`(${moment}::date - ${range - 1})`, `${moment}::date`]
      : [`'${range.from}'::date`, `'${range.to}'::date`]
  const ask = async (sql: string) => (await client.query(sql, sql.includes('$1') ? [now] : [])).rows
  return {
    trend: await ask(`
      SELECT d::date::text AS day, count(c.id)::int AS total,
             count(c.id) FILTER (WHERE c.estado ILIKE 'completada')::int AS completed,
             count(c.id) FILTER (WHERE c.estado ILIKE 'cancelada')::int AS cancelled
        FROM generate_series(${first}, ${last}, interval '1 day') AS d
        LEFT JOIN citas c ON c.fecha_hora_inicio::date = d::date
       GROUP BY d ORDER BY d`),
    topTreatments: await ask(`
      SELECT t.nombre_servicio AS name, count(*)::int AS count
        FROM tratamientos t, detalle_cita d, citas c
       WHERE d.id_tratamiento = t.id AND c.id = d.id_cita AND ${same('month', 'c.fecha_hora_inicio')}
         AND lower(c.estado) NOT IN ('cancelada', 'no_asistio')
       GROUP BY t.nombre_servicio ORDER BY count(*) DESC, t.nombre_servicio LIMIT 5`),
    revenueByMonth: await ask(`
      SELECT to_char(m, 'YYYY-MM-DD') AS month, (
               SELECT to_char(coalesce(sum(p.monto_pagado), 0), 'FM999999999990.00') FROM pagos p
                WHERE to_char(p.fecha_pago, 'YYYY-MM') = to_char(m, 'YYYY-MM') AND coalesce(p.estado_pago, '') NOT ILIKE 'cancelado'
             ) AS amount
        FROM generate_series(date_trunc('month', ${moment}) - interval '11 months', ${moment}, interval '1 month') AS m ORDER BY m`),
    expensesByMonth: await ask(`
      SELECT to_char(m, 'YYYY-MM-DD') AS month, (
               SELECT to_char(coalesce(sum(g.monto), 0), 'FM999999999990.00') FROM gastos g
                WHERE to_char(g.fecha_gasto, 'YYYY-MM') = to_char(m, 'YYYY-MM')) AS amount
        FROM generate_series(date_trunc('month', ${moment}) - interval '11 months', ${moment}, interval '1 month') AS m ORDER BY m`),
    expensesByCategory: await ask(`
      SELECT categoria AS category, to_char(sum(monto), 'FM999999999990.00') AS amount FROM gastos
       WHERE fecha_gasto::date BETWEEN ${first} AND ${last} GROUP BY categoria ORDER BY sum(monto) DESC, categoria`),
    bestServices: await ask(`
      SELECT t.nombre_servicio AS name, count(*)::int AS count, to_char(sum(d.precio_final), 'FM999999999990.00') AS amount
        FROM detalle_cita d, citas c, tratamientos t
       WHERE c.id = d.id_cita AND t.id = d.id_tratamiento AND c.fecha_hora_inicio::date BETWEEN ${first} AND ${last}
         AND lower(c.estado) NOT IN ('cancelada', 'no_asistio')
       GROUP BY t.nombre_servicio ORDER BY sum(d.precio_final) DESC, t.nombre_servicio LIMIT 8`),
    criticalStock: {
      count: (
        await client.query(
          'SELECT count(*)::int AS n FROM inventario_productos WHERE activo AND stock_actual <= stock_minimo',
        )
      ).rows[0].n,
      products: (
        await client.query(`
          SELECT nombre AS name, stock_actual AS stock, stock_minimo AS minimum, unidad_medida AS unit FROM inventario_productos
           WHERE activo AND stock_actual <= stock_minimo
           ORDER BY stock_actual::numeric / (CASE WHEN stock_minimo < 1 THEN 1 ELSE stock_minimo END), nombre`)
      ).rows,
    },
    appointmentsByState: await ask(`
      SELECT state, count(c.id)::int AS count
        FROM unnest('{pendiente,confirmada,en_curso,completada,cancelada,no_asistio}'::text[]) WITH ORDINALITY AS s(state, place)
        LEFT JOIN citas c ON lower(c.estado) = state AND ${same('month', start)}
       GROUP BY state, place ORDER BY place`),
  }
}
