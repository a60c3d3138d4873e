/**
 * The clinic's backend as the guide describes it: the fourteen figures of `GET /stats/dashboard`, the days of
 * `GET /stats/appointments-trend` and the six of its finance screen, all that a load of ours answers, each its own
 * question, one after the other on one connection, in one transaction that is rolled back. The questions are written well: comparisons that an index could serve, no work left to the client.
 * @param {import('pg').Client} client
 * @param {string} day the clinic's today
 */
export async function askTheGuidesWay(client, day) {
  await client.query('BEGIN READ ONLY')
  try {
    for (const question of questions) await client.query(question, question.includes('$1') ? [day] : [])
  } finally {
    await client.query('ROLLBACK')
  }
}

const today = '$1::timestamp'
const between = (/** @type {string} */ column, /** @type {string} */ unit) =>
  `${column} >= date_trunc('${unit}', ${today}) AND ${column} < date_trunc('${unit}', ${today}) + interval '1 ${unit}'`
const paid = (/** @type {string} */ unit) =>
  `SELECT coalesce(sum(monto_pagado), 0) FROM pagos WHERE ${between('fecha_pago', unit)} AND estado_pago IS DISTINCT FROM 'Cancelado'`
const appointments = (/** @type {string} */ unit) =>
  `SELECT count(*) FROM citas WHERE ${between('fecha_hora_inicio', unit)}`

const lastYear = (/** @type {string} */ column) =>
  `${column} >= date_trunc('month', ${today}) - interval '11 months' AND ${column} < date_trunc('month', ${today}) + interval '1 month'`
const lastDays = (/** @type {string} */ column) =>
  `${column} >= ${today} - interval '29 days' AND ${column} < ${today} + interval '1 day'`

const questions = [
  'SELECT count(*) FROM pacientes',
  'SELECT count(*) FROM pacientes WHERE activo',
  `SELECT count(*) FROM pacientes WHERE ${between('fecha_registro', 'month')}`,
  appointments('day'),
  appointments('week'),
  appointments('month'),
  `SELECT estado, count(*) FROM citas WHERE ${between('fecha_hora_inicio', 'month')} GROUP BY estado`,
  paid('day'),
  paid('week'),
  paid('month'),
  paid('year'),
  `SELECT t.nombre_servicio, count(*) FROM detalle_cita d JOIN citas c ON c.id = d.id_cita
     JOIN tratamientos t ON t.id = d.id_tratamiento
    WHERE ${between('c.fecha_hora_inicio', 'month')} AND c.estado NOT IN ('Cancelada', 'No_Asistio')
    GROUP BY 1 ORDER BY 2 DESC LIMIT 5`,
  `SELECT round(100 * (SELECT sum(extract(epoch FROM fecha_hora_fin - fecha_hora_inicio)) FROM citas
     WHERE ${between('fecha_hora_inicio', 'week')} AND estado NOT IN ('Cancelada', 'No_Asistio'))
     / nullif((SELECT sum(extract(epoch FROM hora_fin - hora_inicio)) FROM horarios_trabajo WHERE activo), 0), 1)`,
  `SELECT count(*) FROM citas WHERE fecha_hora_inicio > ${today} AND fecha_hora_inicio <= ${today} + interval '7 days'
     AND estado IN ('Pendiente', 'Confirmada')`,
  `SELECT fecha_hora_inicio::date, count(*), count(*) FILTER (WHERE estado = 'Completada'),
          count(*) FILTER (WHERE estado = 'Cancelada')
     FROM citas WHERE ${lastDays('fecha_hora_inicio')} GROUP BY 1 ORDER BY 1`,
  `SELECT sum(saldo_pendiente) FROM pagos WHERE saldo_pendiente > 0 AND estado_pago IS DISTINCT FROM 'Cancelado'`,
  `SELECT date_trunc('month', fecha_pago), sum(monto_pagado) FROM pagos
    WHERE ${lastYear('fecha_pago')} AND estado_pago IS DISTINCT FROM 'Cancelado' GROUP BY 1`,
  `SELECT date_trunc('month', fecha_gasto), sum(monto) FROM gastos WHERE ${lastYear('fecha_gasto')} GROUP BY 1`,
  `SELECT categoria, sum(monto) FROM gastos WHERE ${lastDays('fecha_gasto')} GROUP BY 1`,
  `SELECT t.nombre_servicio, count(*), sum(d.precio_final) FROM detalle_cita d JOIN citas c ON c.id = d.id_cita
     JOIN tratamientos t ON t.id = d.id_tratamiento
    WHERE ${lastDays('c.fecha_hora_inicio')} AND c.estado NOT IN ('Cancelada', 'No_Asistio')
    GROUP BY 1 ORDER BY 3 DESC LIMIT 8`,
  `SELECT nombre, stock_actual, stock_minimo FROM inventario_productos WHERE activo AND stock_actual <= stock_minimo
    ORDER BY stock_actual LIMIT 20`,
]
