import { appointmentsWithin, takesPlace } from './agenda.ts'
import { amountOf } from './months.ts'
import { listed, missing, type Question, unavailable } from './question.ts'

/**
 * The eight services that bring most: the sum of `detalle_cita.precio_final` by treatment (`nombre_servicio`) over
 * the appointments that start within the chosen period, without those that were cancelled or missed, with how often
 * each was given. It is what was charged, not what has been paid. Ties go by name.
 */
export const services: Question<'bestServices'> = {
  figures: ['bestServices'],
  tables: ['citas', 'detalle_cita', 'tratamientos'],
  async ask(snapshot) {
    const { transaction, schema, chosen } = snapshot
    const why = missing(schema, {
      citas: ['id', schema.appointmentStart ?? 'fecha_hora_inicio', 'estado'],
      detalle_cita: ['id_cita', 'id_tratamiento', 'precio_final'],
      tratamientos: ['id', 'nombre_servicio'],
    })
    if (why) return { bestServices: unavailable(why) }
    const rows = await transaction.query<{ name: string; count: unknown; amount: unknown }>(
      // Neighbouring appointments have neighbouring ids: one stretch of the index by appointment holds them all.
      `WITH held AS MATERIALIZED (
         SELECT c.id ${appointmentsWithin(snapshot, '$1', '$2')} AND ${takesPlace}
       ), sold AS (
         SELECT d.id_tratamiento AS id, count(*) AS count, sum(d.precio_final::numeric) AS amount
           FROM held JOIN ${schema.quoted('detalle_cita')} d ON d.id_cita = held.id
          WHERE d.id_cita BETWEEN (SELECT min(id) FROM held) AND (SELECT max(id) FROM held)
          GROUP BY 1
       )
       SELECT t.nombre_servicio AS name, sum(sold.count)::bigint AS count,
              round(coalesce(sum(sold.amount), 0), 2)::text AS amount
         FROM sold JOIN ${schema.quoted('tratamientos')} t ON t.id = sold.id
        GROUP BY 1 ORDER BY coalesce(sum(sold.amount), 0) DESC, 1 LIMIT 8`,
      [chosen.from, chosen.to],
    )
    const list = rows.map(({ name, count, amount }) => ({ name, count: Number(count), amount: amountOf(amount) }))
    return { bestServices: listed(list, list.length === 0) }
  },
}
