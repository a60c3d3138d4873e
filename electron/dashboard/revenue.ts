import { monthly, twelveMonths } from './months.ts'
import { notCancelled, owedColumn, readPaid } from './paid.ts'
import type { Period } from './periods.ts'
import { type Figures, missing, type Question, type Snapshot, summed, unavailable } from './question.ts'

const paidFigures = [
  'revenueToday',
  'revenueThisWeek',
  'revenueThisMonth',
  'revenueThisYear',
  'revenueByMonth',
] as const
type Name = (typeof paidFigures)[number] | 'pendingBalance'

/**
 * What patients have paid, and what they still owe; both leave out payments whose `estado_pago` is "Cancelado",
 * whatever its capitals. One pass over `pagos`.
 * - Paid: `monto_pagado` of payments dated (`fecha_pago`) within the calendar period. Before: the same elapsed part of
 *   the period before (of the day: the same weekday a week earlier), up to this time. The year has no base: another
 *   year of payments would cost as much again as the whole dashboard. By month: this one and the eleven before; a
 *   month without payments is 0.
 * - Owed: `saldo_pendiente` where it is over 0, whatever the date; on an installation without that column
 *   `monto_total` less `monto_pagado`.
 */
export const revenue: Question<Name> = {
  figures: [...paidFigures, 'pendingBalance'],
  tables: ['pagos'],
  async ask(snapshot) {
    const { schema, periods } = snapshot
    const noState = missing(schema, { pagos: ['estado_pago'] })
    const noPaid = missing(schema, { pagos: ['fecha_pago', 'monto_pagado', 'estado_pago'] })
    const owed = owedColumn(schema)
    const noOwed = noState ?? (owed ? null : missing(schema, { pagos: ['saldo_pendiente'] }))
    if (noPaid) {
      const none = Object.fromEntries(paidFigures.map((name) => [name, unavailable(noPaid)])) as Figures<Name>
      return { ...none, pendingBalance: noOwed ? unavailable(noOwed) : await owedAlone(snapshot, owed ?? '0') }
    }
    const twelve = twelveMonths(periods.today)
    const { day, week, month, year, elapsed } = periods
    const before = { day_before: elapsed.day, week_before: elapsed.week, month_before: elapsed.month }
    const byMonth = twelve.months.map((first, at): [string, Period] => {
      const next = twelve.months[at + 1]
      return [`month_${at}`, { from: `${first}T00:00:00`, to: next ? `${next}T00:00:00` : twelve.to }]
    })
    const spans = [...Object.entries({ day, week, month, year, ...before }), ...byMonth]
    const row = await readPaid(snapshot, { spans, owed })
    return {
      revenueToday: summed(row.day, row.day_before),
      revenueThisWeek: summed(row.week, row.week_before),
      revenueThisMonth: summed(row.month, row.month_before),
      revenueThisYear: summed(row.year),
      revenueByMonth: monthly(
        twelve,
        twelve.months.map((first, at) => ({ month: first, amount: row[`month_${at}`] })),
      ),
      pendingBalance: noOwed ? unavailable(noOwed) : summed(row.owed),
    }
  },
}

async function owedAlone({ transaction, schema }: Snapshot, owed: string): Promise<Figures<Name>['pendingBalance']> {
  const [row] = await transaction.query(
    `SELECT round(coalesce(sum(${owed}), 0), 2)::text AS owed FROM ${schema.quoted('pagos')}
      WHERE ${owed} > 0 AND ${notCancelled}`,
  )
  return summed(row?.owed)
}
