import type { Period } from './periods.ts'
import { type Figures, missing, type Question, summed, unavailable } from './question.ts'

const figures = ['revenueToday', 'revenueThisWeek', 'revenueThisMonth', 'revenueThisYear'] as const
type Name = (typeof figures)[number]

/**
 * What patients have paid: `monto_pagado` of payments dated (`fecha_pago`) within the calendar period, those
 * with `estado_pago` "Cancelado" left out, whatever its capitals. Before: the same elapsed part of the period
 * before (of the day: the same weekday a week earlier), up to this time. One pass over `pagos`.
 */
export const revenue: Question<Name> = {
  figures,
  tables: ['pagos'],
  async ask({ transaction, schema, periods }) {
    const why = missing(schema, { pagos: ['fecha_pago', 'monto_pagado', 'estado_pago'] })
    if (why) return Object.fromEntries(figures.map((name) => [name, unavailable(why)])) as Figures<Name>
    const { elapsed } = periods
    const spans: Record<string, Period> = {
      day: periods.day,
      week: periods.week,
      month: periods.month,
      year: periods.year,
      day_before: elapsed.day,
      week_before: elapsed.week,
      month_before: elapsed.month,
      year_before: elapsed.year,
    }
    const bounds = Object.values(spans).flatMap(({ from, to }) => [from, to])
    const sums = Object.keys(spans).map((name, at) => {
      const within = `fecha_pago >= $${2 * at + 1}::timestamp AND fecha_pago < $${2 * at + 2}::timestamp`
      return `round(coalesce(sum(monto_pagado::numeric) FILTER (WHERE ${within}), 0), 2)::text AS ${name}`
    })
    const first = bounds.toSorted()[0] ?? ''
    const last = bounds.toSorted().at(-1) ?? ''
    const [row = {}] = await transaction.query(
      // The length spares folding the capitals of nearly every row.
      `SELECT ${sums.join(', ')} FROM ${schema.quoted('pagos')}
        WHERE fecha_pago >= $17::timestamp AND fecha_pago < $18::timestamp
          AND (estado_pago IS NULL OR octet_length(estado_pago::text) <> 9 OR lower(estado_pago::text) <> 'cancelado')`,
      [...bounds, first, last],
    )
    return {
      revenueToday: summed(row.day, row.day_before),
      revenueThisWeek: summed(row.week, row.week_before),
      revenueThisMonth: summed(row.month, row.month_before),
      revenueThisYear: summed(row.year, row.year_before),
    }
  },
}
