import { counted, type Figures, missing, type Question, unavailable } from './question.ts'

const figures = ['totalPatients', 'activePatients', 'newPatientsThisMonth'] as const
type Name = (typeof figures)[number]

/** The patients of the clinic: one pass over `pacientes`, or from its indexes alone where there is one by date. */
export const patients: Question<Name> = {
  figures,
  tables: ['pacientes'],
  async ask({ transaction, schema, periods, indexes }) {
    const why = missing(schema, { pacientes: [] })
    const noActive = missing(schema, { pacientes: ['activo'] })
    const noDate = missing(schema, { pacientes: ['fecha_registro'] })
    if (why)
      return {
        totalPatients: unavailable(why),
        activePatients: unavailable(why),
        newPatientsThisMonth: unavailable(why),
      }
    const table = schema.quoted('pacientes')
    const registered = (from: number) =>
      `fecha_registro >= $${from}::timestamp AND fecha_registro < $${from + 1}::timestamp`
    const apart = indexes.patients === 'date'
    const count = (condition: string) =>
      apart ? `(SELECT count(*) FROM ${table} WHERE ${condition})` : `count(*) FILTER (WHERE ${condition})`
    const columns = [
      `${count('true')} AS total`,
      noActive ? '' : `${count('activo')} AS active`,
      noDate ? '' : `${count(registered(1))} AS fresh, ${count(registered(3))} AS fresh_before`,
    ]
    const [row = {}] = await transaction.query(
      `SELECT ${columns.filter(Boolean).join(', ')} ${apart ? '' : `FROM ${table}`}`,
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
