import { counted, type Figures, missing, type Question, unavailable } from './question.ts'

const figures = ['totalPatients', 'activePatients', 'newPatientsThisMonth'] as const
type Name = (typeof figures)[number]

/** The patients of the clinic, counted in one pass over `pacientes`. */
export const patients: Question<Name> = {
  figures,
  tables: ['pacientes'],
  async ask({ transaction, schema, periods }) {
    const why = missing(schema, { pacientes: [] })
    const noActive = missing(schema, { pacientes: ['activo'] })
    const noDate = missing(schema, { pacientes: ['fecha_registro'] })
    if (why)
      return {
        totalPatients: unavailable(why),
        activePatients: unavailable(why),
        newPatientsThisMonth: unavailable(why),
      }
    const registered = (from: number) =>
      `count(*) FILTER (WHERE fecha_registro >= $${from}::timestamp AND fecha_registro < $${from + 1}::timestamp)`
    const columns = [
      'count(*) AS total',
      noActive ? '' : 'count(*) FILTER (WHERE activo) AS active',
      noDate ? '' : `${registered(1)} AS fresh, ${registered(3)} AS fresh_before`,
    ]
    const [row = {}] = await transaction.query(
      `SELECT ${columns.filter(Boolean).join(', ')} FROM ${schema.quoted('pacientes')}`,
      noDate ? [] : [periods.month.from, periods.month.to, periods.elapsed.month.from, periods.elapsed.month.to],
    )
    return {
      /** All rows of `pacientes`. */
      totalPatients: counted(row.total),
      /** Those whose `activo` is true; one without an answer is not counted. */
      activePatients: noActive ? unavailable(noActive) : counted(row.active),
      /** Registered in this calendar month. Before: the previous month up to the same day and time. */
      newPatientsThisMonth: noDate ? unavailable(noDate) : counted(row.fresh, row.fresh_before),
    } satisfies Figures<Name>
  },
}
