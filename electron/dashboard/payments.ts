import { monthly, twelveMonths } from './months.ts'
import { type Figures, missing, type Question, type Snapshot, summed, unavailable } from './question.ts'
import { cancelledSpellings, notCancelled } from './revenue.ts'

const figures = ['revenueByMonth', 'pendingBalance'] as const
type Name = (typeof figures)[number]

/**
 * What patients have paid in each of twelve months, this one included, and what they still owe.
 * - Paid: `monto_pagado` by the month of `fecha_pago`; a month without payments is 0.
 * - Owed: `saldo_pendiente` where it is over 0, whatever the date; on an installation without that column
 *   `monto_total` less `monto_pagado`.
 *
 * Both leave out payments whose `estado_pago` is "Cancelado", whatever its capitals. One statement.
 */
export const payments: Question<Name> = {
  figures,
  tables: ['pagos'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const noMonths = missing(schema, { pagos: ['fecha_pago', 'monto_pagado', 'estado_pago'] })
    const noBalance = missing(schema, { pagos: [...balanceColumns(schema), 'estado_pago'] })
    if (noMonths && noBalance) return { revenueByMonth: unavailable(noMonths), pendingBalance: unavailable(noBalance) }
    const twelve = twelveMonths(periods.today)
    const parts = { months: noMonths === null, balance: noBalance === null }
    const less = parts.months && parts.balance && snapshot.indexes.payments === 'state'
    const rows = await transaction.query<{ month: string | null; paid: unknown; owed: unknown }>(
      `SELECT month::date::text AS month, round(coalesce(paid, 0), 2)::text AS paid,
              round(coalesce(sum(owed) OVER (), 0), 2)::text AS owed
         FROM (${source(snapshot, parts)}) AS part`,
      [...(noMonths ? [] : [twelve.from, twelve.to]), ...(less ? [await cancelledSpellings(snapshot)] : [])],
    )
    const paid = rows.map(({ month, paid: amount }) => ({ month, amount }))
    return {
      revenueByMonth: noMonths ? unavailable(noMonths) : monthly(twelve, paid),
      pendingBalance: noBalance ? unavailable(noBalance) : summed(rows[0]?.owed ?? '0.00'),
    } satisfies Figures<Name>
  },
}

const dated = 'fecha_pago >= $1::timestamp AND fecha_pago < $2::timestamp'

function balanceColumns(schema: Snapshot['schema']): string[] {
  return schema.has('pagos', 'saldo_pendiente') ? ['saldo_pendiente'] : ['monto_total', 'monto_pagado']
}

/**
 * Rows of `month`, `paid` and `owed`. Without an index by date one pass over the table answers both, as `revenue.ts`
 * does: everything, less the few cancelled ones where an index by state finds them. With an index by date the months
 * come from it, and what is owed from the few rows that an index by `saldo_pendiente` points at, if any.
 */
function source({ schema, indexes }: Snapshot, { months, balance }: { months: boolean; balance: boolean }): string {
  const pagos = schema.quoted('pagos')
  const owed = balanceColumns(schema)
    .map((column) => `${column}::numeric`)
    .join(' - ')
  if (months && balance && indexes.payments !== 'date') {
    const pass = (sign: '' | '-', condition: string) => `
      SELECT CASE WHEN ${dated} THEN date_trunc('month', fecha_pago) END AS month,
             ${sign}sum(monto_pagado::numeric) AS paid, ${sign}sum(${owed}) FILTER (WHERE ${owed} > 0) AS owed
        FROM ${pagos} WHERE ((${dated}) OR ${owed} > 0) ${condition} GROUP BY 1`
    if (indexes.payments === 'none') return pass('', `AND ${notCancelled}`)
    return `SELECT month, sum(paid) AS paid, sum(owed) AS owed
              FROM (${pass('', '')} UNION ALL ${pass('-', 'AND estado_pago = ANY ($3::text[])')}) AS either GROUP BY 1`
  }
  const parts = [
    months &&
      `SELECT m AS month, (SELECT sum(monto_pagado::numeric) FROM ${pagos}
          WHERE fecha_pago >= m AND fecha_pago < m + interval '1 month' AND ${notCancelled}) AS paid, NULL::numeric AS owed
         FROM generate_series($1::timestamp, $2::timestamp - interval '1 day', interval '1 month') AS m`,
    balance &&
      `SELECT NULL::timestamp AS month, NULL::numeric AS paid, sum(${owed}) AS owed
         FROM ${pagos} WHERE ${balance && schema.has('pagos', 'saldo_pendiente') ? 'saldo_pendiente' : `(${owed})`} > 0 AND ${notCancelled}`,
  ]
  return parts.filter((part) => part !== false).join(' UNION ALL ')
}
