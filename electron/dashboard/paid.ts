import type { Parameter, Row } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { sumExactly } from './exact.ts'
import type { Period } from './periods.ts'
import { missing, type Snapshot } from './question.ts'

/** What one statement over `pagos` asks. */
export interface Asked {
  /** Sums of what was paid within each, by name. */
  readonly spans: readonly (readonly [name: string, span: Period])[]
  /** SQL of what a payment leaves to be paid; null where the installation has nothing to tell it. */
  readonly owed: string | null
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

/** Cuts what the periods cover at every one of their bounds: each piece lies wholly inside one or outside of it. */
export function segments(periods: readonly Period[]): Period[] {
  const cuts = [...new Set(periods.flatMap(({ from, to }) => [from, to]))].sort()
  return cuts
    .slice(1)
    .map((to, at) => ({ from: cuts[at] ?? '', to }))
    .filter((piece) => periods.some(({ from, to }) => from <= piece.from && piece.to <= to))
}

/** Exact sums of cents, by name and `owed`; by the cheapest way that the size of `pagos` and its indexes allow. */
export async function readPaid(snapshot: Snapshot, asked: Asked): Promise<Row> {
  if (snapshot.indexes.payments === 'small') return paidBySegment(snapshot, asked)
  const cancelled = snapshot.indexes.payments === 'state' ? await cancelledSpellings(snapshot) : null
  const [row = {}] = await snapshot.transaction.query(...paidStatement(snapshot, asked, cancelled))
  return row
}

/**
 * One pass over a small table into a row per segment. With hundreds of thousands of payments, finding the segment of
 * each costs more than this short statement saves.
 */
async function paidBySegment({ transaction, schema }: Snapshot, { spans, owed }: Asked): Promise<Row> {
  const cuts = [...new Set(spans.flatMap(([, { from, to }]) => [from, to]))].sort()
  const rows = await transaction.query<{ segment: number | null; paid: string | null; owed: string | null }>(
    `SELECT width_bucket(fecha_pago, $1::timestamp[]) AS segment, sum(monto_pagado::numeric) AS paid,
            ${owed ? `sum(${owed}) FILTER (WHERE ${owed} > 0)` : 'NULL'} AS owed
       FROM ${schema.quoted('pagos')}
      WHERE (fecha_pago >= $2::timestamp AND fecha_pago < $3::timestamp${owed ? ` OR ${owed} > 0` : ''}) AND ${notCancelled}
      GROUP BY 1`,
    [cuts, cuts[0] ?? '', cuts.at(-1) ?? ''],
  )
  const sumOf = (amounts: readonly (string | null)[]) => sumExactly(amounts.filter((amount) => amount !== null))
  const within = ({ from, to }: Period) =>
    // Segment 1 begins with the first cut.
    rows.filter(({ segment }) => segment !== null && segment > cuts.indexOf(from) && segment <= cuts.indexOf(to))
  const paid = spans.map(([name, span]) => [name, sumOf(within(span).map((row) => row.paid))] as const)
  return { ...Object.fromEntries(paid), ...(owed ? { owed: sumOf(rows.map((row) => row.owed)) } : {}) }
}

/**
 * The statement of one row of exact sums and its parameters. No groups: the planner would expect one for each payment,
 * and keep to one core.
 * - By date: one sum for each segment, from the index alone.
 * - By state: one pass over everything, less the few cancelled payments. Taking the state of every payment out of its
 *   row, behind a dozen columns, would cost more than adding up the amounts.
 * - Neither: one pass that looks at the state.
 */
function paidStatement(
  { schema, indexes }: Snapshot,
  asked: Asked,
  cancelledStates: readonly string[] | null,
): [sql: string, parameters: Parameter[]] {
  const parameters: Parameter[] = []
  const put = (value: Parameter) => `$${parameters.push(value)}`
  const within = (moment: string, { from, to }: Period) =>
    `${moment} >= ${put(from)}::timestamp AND ${moment} < ${put(to)}::timestamp`
  const pagos = schema.quoted('pagos')
  const periods = asked.spans.map(([, span]) => span)
  const names = [...asked.spans.map(([name]) => name), ...(asked.owed ? ['owed'] : [])]
  const sums = (moment: string, amount: string) =>
    asked.spans.map(([name, span]) => `sum(${amount}) FILTER (WHERE ${within(moment, span)}) AS ${name}`).join(', ')

  if (indexes.payments === 'date') {
    const pieces = segments(periods)
    // OFFSET 0 keeps the planner from reading a segment again for each sum that holds it.
    const segment = `SELECT s.since, (SELECT sum(monto_pagado::numeric) FROM ${pagos}
        WHERE fecha_pago >= s.since AND fecha_pago < s.until AND ${notCancelled}) AS amount
      FROM unnest(${put(pieces.map(({ from }) => from))}::timestamp[], ${put(pieces.map(({ to }) => to))}::timestamp[])
        AS s(since, until) OFFSET 0`
    const owed = asked.owed
      ? `, (SELECT sum(${asked.owed}) FROM ${pagos} WHERE ${bare(asked.owed)} > 0 AND ${notCancelled}) AS owed`
      : ''
    return [select(names, `SELECT ${sums('since', 'amount')}${owed} FROM (${segment}) AS segment`), parameters]
  }

  const dated = within('fecha_pago', {
    from: periods.map(({ from }) => from).sort()[0] ?? '',
    to:
      periods
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? '',
  })
  const all = sums('fecha_pago', 'monto_pagado::numeric')
  const owed = asked.owed ? `, sum(${asked.owed}) FILTER (WHERE ${asked.owed} > 0) AS owed` : ''
  const pass = (condition: string) =>
    `SELECT ${all}${owed} FROM ${pagos} WHERE (${dated}${asked.owed ? ` OR ${asked.owed} > 0` : ''}) ${condition}`
  if (cancelledStates === null) return [select(names, pass(`AND ${notCancelled}`)), parameters]
  const cancelled = pass(`AND estado_pago = ANY (${put(cancelledStates)}::text[])`)
  return [select(names, pass(''), cancelled), parameters]
}

/** The sums of one source, less those of another, as exact text. */
function select(names: readonly string[], from: string, less?: string): string {
  const sum = (name: string) => `coalesce(paid.${name}, 0)${less ? ` - coalesce(less.${name}, 0)` : ''}`
  return `SELECT ${names.map((name) => `round(${sum(name)}, 2)::text AS ${name}`).join(', ')}
    FROM (${from}) AS paid${less ? `, (${less}) AS less` : ''}`
}

/** A cast would keep an index by the column itself from being used. */
function bare(owed: string): string {
  return owed === 'saldo_pendiente::numeric' ? 'saldo_pendiente' : `(${owed})`
}

/** How this clinic writes that a payment was cancelled, found by hopping along the index by state. */
async function cancelledSpellings({ transaction, schema }: Snapshot): Promise<string[]> {
  const pagos = schema.quoted('pagos')
  const rows = await transaction.query<{ state: string }>(`
    WITH RECURSIVE spelling(state) AS (
      (SELECT min(estado_pago) FROM ${pagos})
      UNION ALL
      SELECT (SELECT min(estado_pago) FROM ${pagos} WHERE estado_pago > s.state) FROM spelling s WHERE s.state IS NOT NULL
    ) SELECT state FROM spelling WHERE ${isCancelled('state')}`)
  return rows.map(({ state }) => state)
}
