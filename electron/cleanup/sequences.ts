import type { Row, Transaction } from '#electron/database/database.ts'

/** A sequence that belongs to a column, and what it would give next (out of its bounds when it is used up). Whole numbers travel as text. */
export interface NextValue {
  readonly key: string
  /** The table whose column it belongs to. */
  readonly table: string
  readonly next: string
}

/** The next value of every sequence that belongs to columns of these tables (by key) or of their partitions. */
export async function readNextValues(transaction: Transaction, tables: readonly string[]): Promise<NextValue[]> {
  const found = await transaction.query<Row & { key: string; table: string; increment: string }>(
    `WITH RECURSIVE named AS (SELECT k AS "table", k::regclass::oid AS oid FROM unnest($1::text[]) k
       UNION SELECT n."table", i.inhrelid FROM named n JOIN pg_class p ON p.oid = n.oid AND p.relkind = 'p' JOIN pg_inherits i ON i.inhparent = n.oid)
     SELECT DISTINCT n."table", quote_ident(s.nspname) || '.' || quote_ident(c.relname) AS key, q.seqincrement::text AS increment
     FROM named n
     JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
     JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' JOIN pg_namespace s ON s.oid = c.relnamespace
     JOIN pg_sequence q ON q.seqrelid = c.oid ORDER BY 2`,
    [tables],
  )
  const values: NextValue[] = []
  for (const { key, table, increment } of found) {
    const [row] = await transaction.query<Row & { last: string; called: boolean }>(
      `SELECT last_value::text AS last, is_called AS called FROM ${key}`,
    )
    const last = BigInt(row?.last ?? '1')
    values.push({ key, table, next: (row?.called ? last + BigInt(increment) : last).toString() })
  }
  return values
}

/**
 * Lets each sequence go on where it was, never behind what it would give now. `ALTER SEQUENCE` is undone by ROLLBACK;
 * `setval` would not be. Returns the sequences that were moved.
 */
export async function putNextValues(transaction: Transaction, wanted: readonly NextValue[]): Promise<number> {
  const now = new Map(
    (await readNextValues(transaction, [...new Set(wanted.map(({ table }) => table))])).map((n) => [n.key, n]),
  )
  let moved = 0
  for (const { key, next } of wanted) {
    const current = now.get(key)
    if (!current || current.next === next) continue
    const [sequence] = await transaction.query<Row & { ahead: boolean; allowed: boolean; last: string | null }>(
      `SELECT CASE WHEN seqincrement > 0 THEN $2::numeric > $3::numeric ELSE $2::numeric < $3::numeric END AS ahead,
         $2::numeric BETWEEN seqmin AND seqmax AS allowed,
         CASE WHEN $2::numeric - seqincrement BETWEEN seqmin AND seqmax THEN ($2::numeric - seqincrement)::text END AS last
       FROM pg_sequence WHERE seqrelid = $1::regclass`,
      [key, next, current.next],
    )
    if (!sequence?.ahead || (!sequence.allowed && sequence.last === null)) continue
    await transaction.query(
      `ALTER SEQUENCE ${key} RESTART WITH ${BigInt(sequence.allowed ? next : (sequence.last ?? next))}`,
    )
    // Used up, it must be again: its last value is taken once more. Since the restart it is this transaction's own copy, so
    // that a ROLLBACK undoes this, too.
    if (!sequence.allowed) await transaction.query('SELECT nextval($1::regclass)', [key])
    moved += 1
  }
  return moved
}
