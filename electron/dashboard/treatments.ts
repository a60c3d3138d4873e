import type { Row } from '#electron/database/database.ts'
import { cents } from '#shared/format.ts'
import { appointmentsWithin, takesPlace } from './agenda.ts'
import { amountOf } from './months.ts'
import type { Period } from './periods.ts'
import { type Figures, listed, missing, type Question, type Snapshot, unavailable } from './question.ts'

const figures = ['topTreatments', 'bestServices'] as const
type Name = (typeof figures)[number]

/**
 * What is done most and what brings most, in appointments that were neither cancelled nor missed; both by
 * `nombre_servicio`, ties by name. One pass over both periods, unless they lie apart.
 * - The five treatments that appear most in the appointments of this calendar month, past and planned.
 * - The eight services that bring most: the sum of `detalle_cita.precio_final` over the appointments that start within
 *   the chosen period, with how often each was given. It is what was charged, not what has been paid.
 */
export const treatments: Question<Name> = {
  figures,
  tables: ['citas', 'detalle_cita', 'tratamientos'],
  async ask(snapshot) {
    const { schema, chosen } = snapshot
    const { month } = snapshot.periods
    const why = missing(schema, {
      citas: ['id', schema.appointmentStart ?? 'fecha_hora_inicio', 'estado'],
      detalle_cita: ['id_cita', 'id_tratamiento'],
      tratamientos: ['id', 'nombre_servicio'],
    })
    if (why) return { topTreatments: unavailable(why), bestServices: unavailable(why) }
    const noPrice = missing(schema, { detalle_cita: ['precio_final'] })
    if (noPrice) return { topTreatments: most(await readUsed(snapshot, { month })), bestServices: unavailable(noPrice) }
    if (chosen.to < month.from || chosen.from > month.to) {
      const used = await readUsed(snapshot, { month })
      return { topTreatments: most(used), bestServices: best(await readUsed(snapshot, { chosen })) }
    }
    const used = await readUsed(snapshot, { month, chosen })
    return { topTreatments: most(used), bestServices: best(used) }
  },
}

/** A treatment with how often it was given in each period that was asked for, and what was charged in the chosen one. */
interface Used {
  readonly name: string
  readonly month?: unknown
  readonly chosen?: unknown
  readonly amount?: unknown
}

function most(used: readonly Used[]): Figures<Name>['topTreatments'] {
  const list = used
    .map(({ name, month }) => ({ name, count: Number(month) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, 5)
  return listed(list, list.length === 0)
}

function best(used: readonly Used[]): Figures<Name>['bestServices'] {
  const list = used
    .filter(({ chosen }) => Number(chosen) > 0)
    .map(({ name, chosen, amount }) => ({ name, count: Number(chosen), amount: amountOf(amount) }))
    .sort((one, other) => Number(cents(other.amount) - cents(one.amount)))
    .slice(0, 8)
  return listed(list, list.length === 0)
}

/** Every treatment that was given in one of the periods, by name; what was charged only for the chosen one. */
async function readUsed(
  snapshot: Snapshot,
  periods: { readonly month?: Period; readonly chosen?: Period },
): Promise<readonly Used[]> {
  const { transaction, schema } = snapshot
  const asked = Object.entries(periods) as ['month' | 'chosen', Period][]
  const from = asked.map(([, period]) => period.from).sort()[0] ?? ''
  const to =
    asked
      .map(([, period]) => period.to)
      .sort()
      .at(-1) ?? ''
  const parameters = [from, to]
  const put = (moment: string) => `$${parameters.push(moment)}::timestamp`
  const start = `c.${schema.appointmentStart}`
  const within = asked.map(
    ([name, period]) => `${start} >= ${put(period.from)} AND ${start} < ${put(period.to)} AS ${name}`,
  )
  const priced = 'chosen' in periods
  const counts = asked.map(([name]) => `count(*) FILTER (WHERE ${name}) AS ${name}`)
  const amount = priced ? ', sum(d.precio_final::numeric) FILTER (WHERE chosen) AS amount' : ''
  return transaction.query<Used & Row>(
    // Neighbouring appointments have neighbouring ids, so that one stretch of the index by appointment holds them all:
    // cheaper than looking each of them up.
    `WITH held AS MATERIALIZED (
       SELECT c.id, ${within.join(', ')} ${appointmentsWithin(snapshot, '$1', '$2')} AND ${takesPlace}
     ), used AS (
       SELECT d.id_tratamiento AS id, ${counts.join(', ')}${amount}
         FROM held JOIN ${schema.quoted('detalle_cita')} d ON d.id_cita = held.id
        WHERE d.id_cita BETWEEN (SELECT min(id) FROM held) AND (SELECT max(id) FROM held)
        GROUP BY 1
     )
     SELECT t.nombre_servicio AS name, ${asked.map(([name]) => `sum(used.${name})::bigint AS ${name}`).join(', ')}
            ${priced ? ', round(coalesce(sum(used.amount), 0), 2)::text AS amount' : ''}
       FROM used JOIN ${schema.quoted('tratamientos')} t ON t.id = used.id
      GROUP BY 1 ORDER BY 1`,
    parameters,
  )
}
