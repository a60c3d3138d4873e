import type { Parameter } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { Period, Periods } from './periods.ts'
import { missing, type Snapshot } from './question.ts'

/** What one statement over `pagos` asks. */
export interface Asked {
  /** Sums of what was paid within each, by name. */
  readonly spans: readonly (readonly [name: string, span: Period])[]
  /** Months whose sums are asked, from the first day of one to the first day after another. */
  readonly months: Period
  /** Whole months whose sum is asked too. */
  readonly year: Period
  /** Null where the installation has nothing to tell what is owed. */
  readonly owed: string | null
  /** How this clinic writes that a payment was cancelled; null where no index by state finds them. */
  readonly cancelled: readonly string[] | null
}

/** A row for each month that has any payment: its sum, and in every row the sums of the spans, the year and what is owed. */
export interface PaidRow extends Record<string, unknown> {
  readonly month: string | null
  readonly paid: unknown
}

/** SQL: what a payment leaves to be paid, by the columns that there are; null when there are none. */
export function owedColumn(schema: ClinicSchema): string | null {
  if (!missing(schema, { pagos: ['saldo_pendiente'] })) return 'saldo_pendiente::numeric'
  return missing(schema, { pagos: ['monto_total', 'monto_pagado'] })
    ? null
    : 'monto_total::numeric - monto_pagado::numeric'
}

const isCancelled = (state: string) => `lower(${state}::text COLLATE "C") = 'cancelado'`
/** SQL: a payment that counts. The length spares folding the capitals of nearly every one. */
export const notCancelled = `(estado_pago IS NULL OR octet_length(estado_pago::text) <> 9 OR NOT ${isCancelled('estado_pago')})`

/** The calendar periods, and the elapsed parts of those before, whose payments are summed. */
export function spansOf({ day, week, month, elapsed }: Periods): Asked['spans'] {
  const before = { day_before: elapsed.day, week_before: elapsed.week, month_before: elapsed.month }
  return Object.entries({ day, week, month_now: month, ...before })
}

/** Cuts what the periods cover at every one of their bounds: each piece lies wholly inside one or outside of it. */
export function segments(periods: readonly Period[]): Period[] {
  const cuts = [...new Set(periods.flatMap(({ from, to }) => [from, to]))].sort()
  return cuts
    .slice(1)
    .map((to, at) => ({ from: cuts[at] ?? '', to }))
    .filter((piece) => periods.some(({ from, to }) => from <= piece.from && piece.to <= to))
}

/**
 * The statement and its parameters, by the cheapest way that the indexes allow.
 * - By date: one sum for each segment, from the index alone.
 * - By state: one pass over everything, less the few cancelled payments. Taking the state of every payment out of its
 *   row, behind a dozen columns, would cost more than adding up the amounts.
 * - Neither: one pass that looks at the state.
 */
export function paidStatement({ schema, indexes }: Snapshot, asked: Asked): [sql: string, parameters: Parameter[]] {
  const parameters: Parameter[] = []
  const put = (value: Parameter) => `$${parameters.push(value)}`
  const within = (moment: string, { from, to }: { from: string; to: string }) =>
    `${moment} >= ${from}::timestamp AND ${moment} < ${to}::timestamp`
  const pagos = schema.quoted('pagos')
  const { owed } = asked
  const spans = asked.spans.map(([name, { from, to }]) => ({ name, bounds: { from: put(from), to: put(to) } }))
  const year = { from: put(asked.year.from), to: put(asked.year.to) }

  const months = (moment: string, amount: string, sign: '' | '-' = '') => `
    SELECT date_trunc('month', ${moment}) AS month, ${sign}sum(${amount}) AS paid,
           ${spans.map(({ name, bounds }) => `${sign}sum(${amount}) FILTER (WHERE ${within(moment, bounds)}) AS ${name}`).join(', ')}`
  const nothing = `SELECT NULL::timestamp, NULL::numeric, ${spans.map(() => 'NULL::numeric').join(', ')}`

  function byDate(): string {
    const pieces = segments([...asked.spans.map(([, span]) => span), ...monthsOf(asked.months), asked.year])
    const [from, to] = [put(pieces.map((piece) => piece.from)), put(pieces.map((piece) => piece.to))]
    // OFFSET 0 keeps the planner from reading a segment again for each sum that holds it.
    const sums = `SELECT s.since, (SELECT sum(monto_pagado::numeric) FROM ${pagos}
        WHERE fecha_pago >= s.since AND fecha_pago < s.until AND ${notCancelled}) AS amount
      FROM unnest(${from}::timestamp[], ${to}::timestamp[]) AS s(since, until) OFFSET 0`
    const paid = `${months('since', 'amount')}, NULL::numeric AS owed FROM (${sums}) AS segment GROUP BY 1`
    return owed
      ? `${paid} UNION ALL ${nothing}, sum(${owed}) FROM ${pagos} WHERE ${bare(owed)} > 0 AND ${notCancelled}`
      : paid
  }

  function byPass(): string {
    const all = [...asked.spans.map(([, span]) => span), asked.months, asked.year]
    const dated = within('fecha_pago', {
      from: put(all.map(({ from }) => from).sort()[0] ?? ''),
      to: put(
        all
          .map(({ to }) => to)
          .sort()
          .at(-1) ?? '',
      ),
    })
    const pass = (sign: '' | '-', condition: string) =>
      `${months('fecha_pago', 'monto_pagado::numeric', sign)},
              ${owed ? `${sign}sum(${owed}) FILTER (WHERE ${owed} > 0)` : 'NULL::numeric'} AS owed
         FROM ${pagos} WHERE (${dated}${owed ? ` OR ${owed} > 0` : ''}) ${condition} GROUP BY 1`
    if (asked.cancelled === null) return pass('', `AND ${notCancelled}`)
    return `${pass('', '')} UNION ALL ${pass('-', `AND estado_pago = ANY (${put(asked.cancelled)}::text[])`)}`
  }

  const parts = indexes.payments === 'date' ? byDate() : byPass()
  const names = spans.map(({ name }) => name)
  const exact = (sum: string) => `round(coalesce(${sum}, 0), 2)::text`
  const sql = `
    SELECT month::date::text AS month, ${exact('paid')} AS paid,
           ${[...names, 'owed'].map((name) => `${exact(`sum(${name}) OVER ()`)} AS ${name}`).join(', ')},
           ${exact(`sum(paid) FILTER (WHERE ${within('month', year)}) OVER ()`)} AS year
      FROM (SELECT month, ${['paid', ...names, 'owed'].map((name) => `sum(${name}) AS ${name}`).join(', ')}
              FROM (${parts}) AS part GROUP BY 1) AS total`
  return [sql, parameters]
}

/** A cast would keep an index by the column itself from being used. */
function bare(owed: string): string {
  return owed === 'saldo_pendiente::numeric' ? 'saldo_pendiente' : `(${owed})`
}

function monthsOf({ from, to }: Period): Period[] {
  const list: Period[] = []
  for (let month = from; month < to; ) {
    const [year = 0, number = 0] = month.split('-').map(Number)
    const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
    list.push({ from: month, to: `${next}-01T00:00:00` })
    month = `${next}-01T00:00:00`
  }
  return list
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
