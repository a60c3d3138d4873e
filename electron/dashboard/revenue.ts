import type { Period, Periods } from './periods.ts'
import { type Figures, missing, type Question, type Snapshot, summed, unavailable } from './question.ts'

const figures = ['revenueToday', 'revenueThisWeek', 'revenueThisMonth', 'revenueThisYear'] as const
type Name = (typeof figures)[number]

/**
 * What patients have paid: `monto_pagado` of payments dated (`fecha_pago`) within the calendar period, those with
 * `estado_pago` "Cancelado" left out, whatever its capitals. Before: the same elapsed part of the period before
 * (of the day: the same weekday a week earlier), up to this time. The year has no base: reading another year of
 * payments would cost as much again as the whole dashboard. One pass over `pagos`.
 */
export const revenue: Question<Name> = {
  figures,
  tables: ['pagos'],
  async ask(snapshot) {
    const { transaction, schema, periods } = snapshot
    const why = missing(schema, { pagos: ['fecha_pago', 'monto_pagado', 'estado_pago'] })
    if (why) return Object.fromEntries(figures.map((name) => [name, unavailable(why)])) as Figures<Name>
    const spans = Object.entries(spansOf(periods))
    const pieces = segments(spans.map(([, span]) => span))
    const { indexes } = snapshot
    const cancelled = indexes.payments === 'state' ? await cancelledSpellings(snapshot) : null
    const [row = {}] = await transaction.query(statement(snapshot, spans), [
      pieces.map(({ from }) => from),
      pieces.map(({ to }) => to),
      ...spans.flatMap(([, { from, to }]) => [from, to]),
      ...(cancelled ? [cancelled] : []),
    ])
    return {
      revenueToday: summed(row.day, row.day_before),
      revenueThisWeek: summed(row.week, row.week_before),
      revenueThisMonth: summed(row.month, row.month_before),
      revenueThisYear: summed(row.year),
    }
  },
}

function spansOf({ day, week, month, year, elapsed }: Periods): Readonly<Record<string, Period>> {
  return { day, week, month, year, day_before: elapsed.day, week_before: elapsed.week, month_before: elapsed.month }
}

/** Cuts what the spans cover at every one of their bounds: each piece lies wholly inside a span or outside of it. */
export function segments(spans: readonly Period[]): Period[] {
  const cuts = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort()
  return cuts
    .slice(1)
    .map((to, at) => ({ from: cuts[at] ?? '', to }))
    .filter((piece) => spans.some(({ from, to }) => from <= piece.from && piece.to <= to))
}

const isCancelled = (state: string) => `lower(${state}::text COLLATE "C") = 'cancelado'`
/** SQL: a payment that counts. The length spares folding the capitals of nearly every one. */
export const notCancelled = `(estado_pago IS NULL OR octet_length(estado_pago::text) <> 9 OR NOT ${isCancelled('estado_pago')})`
/** `$1` and `$2` are the starts and the ends of the segments. */
const dated = `fecha_pago >= ($1::timestamp[])[1] AND fecha_pago < ($2::timestamp[])[cardinality($2::timestamp[])]`

type Spans = readonly (readonly [name: string, span: Period])[]

/** One sum for each span, over rows of a moment and an amount; the spans' bounds follow from `$3`. */
function sums(spans: Spans, moment: string, amount: string): string {
  const within = (at: number) => `${moment} >= $${2 * at + 3}::timestamp AND ${moment} < $${2 * at + 4}::timestamp`
  return spans.map(([name], at) => `coalesce(sum(${amount}) FILTER (WHERE ${within(at)}), 0) AS ${name}`).join(', ')
}

/**
 * The statement that answers a row of exact sums, by the cheapest way that the indexes allow.
 * - By date: one sum for each segment.
 * - By state: everything, less the few cancelled payments. Taking the state of every payment out of its row, behind
 *   a dozen columns, would cost more than adding up the amounts.
 * - Neither: the table from end to end.
 */
function statement({ schema, indexes }: Snapshot, spans: Spans): string {
  const pagos = schema.quoted('pagos')
  const table = sums(spans, 'fecha_pago', 'monto_pagado::numeric')
  const rounded = (value: (name: string) => string) =>
    spans.map(([name]) => `round(${value(name)}, 2)::text AS ${name}`).join(', ')
  if (indexes.payments === 'date') {
    // OFFSET 0 keeps the planner from reading a segment again for each span that holds it.
    const segment = `SELECT s.since, (SELECT sum(monto_pagado::numeric) FROM ${pagos}
        WHERE fecha_pago >= s.since AND fecha_pago < s.until AND ${notCancelled}) AS amount
      FROM unnest($1::timestamp[], $2::timestamp[]) AS s(since, until) OFFSET 0`
    return `SELECT ${rounded((name) => name)} FROM (SELECT ${sums(spans, 'since', 'amount')} FROM (${segment}) AS s) AS paid`
  }
  if (indexes.payments === 'none') {
    return `SELECT ${rounded((name) => name)} FROM (SELECT ${table} FROM ${pagos} WHERE ${dated} AND ${notCancelled}) AS paid`
  }
  const cancelled = `estado_pago = ANY ($${2 * spans.length + 3}::text[])`
  return `SELECT ${rounded((name) => `paid.${name} - cancelled.${name}`)}
    FROM (SELECT ${table} FROM ${pagos} WHERE ${dated}) AS paid,
         (SELECT ${table} FROM ${pagos} WHERE ${dated} AND ${cancelled}) AS cancelled`
}

/** How this clinic writes that a payment was cancelled, found by hopping along the index by state. */
export async function cancelledSpellings({ transaction, schema }: Snapshot): Promise<string[]> {
  const pagos = schema.quoted('pagos')
  const rows = await transaction.query<{ state: string }>(`
    WITH RECURSIVE spelling(state) AS (
      (SELECT min(estado_pago) FROM ${pagos})
      UNION ALL
      SELECT (SELECT min(estado_pago) FROM ${pagos} WHERE estado_pago > s.state) FROM spelling s WHERE s.state IS NOT NULL
    ) SELECT state FROM spelling WHERE ${isCancelled('state')}`)
  return rows.map(({ state }) => state)
}
