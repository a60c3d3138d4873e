import { randomBytes } from 'node:crypto'
import type { Row, Transaction } from '#electron/database/database.ts'
import type { CatalogueTable } from './catalogue.ts'
import { type Change, changedRows, changedValue } from './changes.ts'
import type { Sets } from './sets.ts'
import { from, quoteIdentifier } from './sql.ts'

/** Rows of a table whatever their order: how many, and two independent sums over their text. */
export interface Fingerprint {
  readonly rows: number
  readonly first: string
  readonly second: string
}

/** Two seeds nobody can know beforehand, so that no data can be made to collide. */
export type Seeds = readonly [string, string]

export function newSeeds(): Seeds {
  const seed = () => randomBytes(8).readBigInt64LE().toString()
  return [seed(), seed()]
}

/**
 * The server reads every row and sums the hashes of its text; NULL and the empty text differ in it. `expected` reads
 * the rows that stay, as they will be once the plan's changes are made: then, after the deletion, the plain
 * fingerprint of the table must be the same.
 */
export async function fingerprint(
  transaction: Transaction,
  table: CatalogueTable,
  seeds: Seeds,
  expected: { readonly sets: Sets; readonly change: Change | undefined } | null,
  follow: ReadonlySet<string> = expected?.change?.follow ?? new Set(),
): Promise<Fingerprint> {
  const change = expected?.change
  const columns = table.columns
    .filter(({ name }) => !follow.has(name))
    .map(({ name }) => (change && changedValue(change, name)) ?? `t.${quoteIdentifier(name)}`)
  const join = change ? `LEFT JOIN ${changedRows(change)} s ON s.rel = t.tableoid AND s.tid = t.ctid` : ''
  const where = expected ? `WHERE ${expected.sets.stays(table.key, 't')}` : ''
  return fingerprintOf(transaction, `SELECT ${columns.join(', ')} FROM ${from(table)} t ${join} ${where}`, seeds)
}

/**
 * The same of whatever rows a SELECT gives. Equal rows have equal text only under equal settings (`steady`). The outer join
 * lets the server make each row's text once for both sums, and share the rows among its workers; a plain subquery is
 * folded into both. Sums of bigint are exact: the server adds them in 128 bits and answers with a numeric.
 */
export async function fingerprintOf(transaction: Transaction, select: string, seeds: Seeds): Promise<Fingerprint> {
  const [row] = await transaction.query<Row & Fingerprint>(
    `SELECT count(*) AS rows, coalesce(sum(hashtextextended(r.line, $1::text::bigint)), 0)::text AS first,
       coalesce(sum(hashtextextended(r.line, $2::text::bigint)), 0)::text AS second
     FROM (${select}) "podoskin:row" LEFT JOIN LATERAL (SELECT "podoskin:row"::text COLLATE "C" AS line) r ON true`,
    seeds,
  )
  return { rows: Number(row?.rows), first: row?.first ?? '', second: row?.second ?? '' }
}

/** The fingerprint of both together; rows that stand in both count twice. */
export function plus(one: Fingerprint, other: Fingerprint): Fingerprint {
  const sum = (a: string, b: string) => (BigInt(a) + BigInt(b)).toString()
  return { rows: one.rows + other.rows, first: sum(one.first, other.first), second: sum(one.second, other.second) }
}

/** Equal rows, as far as the server can tell. */
export function same(one: Fingerprint, other: Fingerprint): boolean {
  return one.rows === other.rows && one.first === other.first && one.second === other.second
}

/** The last value that each sequence of these schemas gave out; null for one that gave none. */
export async function readSequences(transaction: Transaction): Promise<ReadonlyMap<string, string | null>> {
  const rows = await transaction.query<Row & { key: string; last: string | null }>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS key,
       CASE WHEN has_sequence_privilege(c.oid, 'USAGE, SELECT') THEN pg_sequence_last_value(c.oid)::text END AS last
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' ORDER BY 1`,
  )
  return new Map(rows.map(({ key, last }) => [key, last]))
}

/** Sequences that belong to columns of these tables: those that RESTART IDENTITY starts anew. */
export async function sequencesOf(transaction: Transaction, tables: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<Row & { key: string }>(
    `WITH RECURSIVE named AS (SELECT k::regclass::oid AS oid FROM unnest($1::text[]) k
       UNION SELECT i.inhrelid FROM named n JOIN pg_class p ON p.oid = n.oid AND p.relkind = 'p' JOIN pg_inherits i ON i.inhparent = n.oid)
     SELECT quote_ident(s.nspname) || '.' || quote_ident(c.relname) AS key FROM named n
     JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
     JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' JOIN pg_namespace s ON s.oid = c.relnamespace`,
    [tables],
  )
  return new Set(rows.map(({ key }) => key))
}
