import { appointmentsWithin, takesPlace } from './agenda.ts'
import { listed, missing, type Question, unavailable } from './question.ts'

/**
 * The five treatments that appear most in the appointments of this calendar month, past and planned,
 * without those that were cancelled or to which the patient did not come. Ties go by name.
 */
export const treatments: Question<'topTreatments'> = {
  figures: ['topTreatments'],
  tables: ['citas', 'detalle_cita', 'tratamientos'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const why = missing(schema, {
      citas: ['id', schema.appointmentStart ?? 'fecha_hora_inicio', 'estado'],
      detalle_cita: ['id_cita', 'id_tratamiento'],
      tratamientos: ['id', 'nombre_servicio'],
    })
    if (why) return { topTreatments: unavailable(why) }
    const rows = await transaction.query<{ name: string; count: unknown }>(
      // A month's appointments have neighbouring ids, so that one stretch of the index by appointment holds them all:
      // cheaper than looking each of them up.
      `WITH held AS MATERIALIZED (
         SELECT c.id ${appointmentsWithin(snapshot, '$1', '$2')} AND ${takesPlace}
       ), used AS (
         SELECT d.id_tratamiento AS id, count(*) AS count
           FROM held JOIN ${schema.quoted('detalle_cita')} d ON d.id_cita = held.id
          WHERE d.id_cita BETWEEN (SELECT min(id) FROM held) AND (SELECT max(id) FROM held)
          GROUP BY 1
       )
       SELECT t.nombre_servicio AS name, sum(used.count)::bigint AS count
         FROM used JOIN ${schema.quoted('tratamientos')} t ON t.id = used.id
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5`,
      [periods.month.from, periods.month.to],
    )
    const list = rows.map(({ name, count }) => ({ name, count: Number(count) }))
    return { topTreatments: listed(list, list.length === 0) }
  },
}
