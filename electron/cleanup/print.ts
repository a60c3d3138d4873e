import { createHash } from 'node:crypto'
import type { Row, Transaction } from '#electron/database/database.ts'
import { qualified } from './catalogue.ts'

/** One object of the catalogue and everything about it that must come back the same. */
export interface Print {
  readonly relation: string
  readonly object: string
  readonly text: string
}

const part = (object: string, text: string, source: string) => `
  SELECT r.key AS relation, ${object} AS object, ${text} AS text FROM rels r ${source}`
const words = (...values: string[]) =>
  `concat_ws(' | ', ${values.map((value) => `coalesce((${value})::text, '~')`).join(', ')})`

/**
 * Relations named, with their partitions: every constraint, index, trigger with its state, column, default, owner,
 * right, policy, rule, sequence, statistic, publication and comment. No number of the server's own (oid, file) is in
 * it: what is dropped and made again the same reads the same.
 */
const printSql = `
  WITH RECURSIVE named AS (
    SELECT c.oid FROM unnest($1::text[]) k JOIN pg_class c ON c.oid = k::regclass
    UNION SELECT i.inhrelid FROM named n JOIN pg_class p ON p.oid = n.oid AND p.relkind = 'p' JOIN pg_inherits i ON i.inhparent = n.oid
  ), rels AS (SELECT n.oid, n.oid::regclass::text AS key FROM named n)
  ${part(`'relation'`, words('c.relkind', 'c.relpersistence', 'pg_get_userbyid(c.relowner)', 'c.relacl', 'c.relrowsecurity', 'c.relforcerowsecurity', 'c.relreplident', 'c.reloptions', 'c.reltablespace', 'c.reltype::regtype', 'c.reloftype::regtype', 'c.relispartition', 'pg_get_expr(c.relpartbound, c.oid)', `obj_description(c.oid, 'pg_class')`), 'JOIN pg_class c ON c.oid = r.oid')}
  UNION ALL ${part(`'column ' || a.attnum || ' ' || a.attname`, words('format_type(a.atttypid, a.atttypmod)', 'a.attnotnull', 'a.attcollation::regcollation', 'a.attidentity', 'a.attgenerated', 'a.attstorage', 'a.attcompression', 'a.attstattarget', 'a.attacl', 'a.attoptions', 'pg_get_expr(d.adbin, d.adrelid)', 'col_description(r.oid, a.attnum)'), 'JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum')}
  UNION ALL ${part(`'constraint ' || CASE WHEN k.conparentid = 0 THEN k.conname ELSE 'of a partition ' || k.confrelid::regclass END`, words('k.contype', 'pg_get_constraintdef(k.oid)', 'k.convalidated', 'k.condeferrable', 'k.condeferred', 'k.conislocal', 'k.coninhcount', 'k.connoinherit', `obj_description(k.oid, 'pg_constraint')`), 'JOIN pg_constraint k ON k.conrelid = r.oid')}
  UNION ALL ${part(`'index ' || x.indexrelid::regclass`, words('pg_get_indexdef(x.indexrelid)', 'x.indisvalid', 'x.indisready', 'x.indisreplident', 'x.indisclustered', 'x.indimmediate', 'c.reltablespace', 'c.reloptions', 'pg_get_userbyid(c.relowner)', `obj_description(c.oid, 'pg_class')`), 'JOIN pg_index x ON x.indrelid = r.oid JOIN pg_class c ON c.oid = x.indexrelid')}
  UNION ALL ${part(`CASE WHEN t.tgisinternal THEN 'check of ' || k.conname || ' ' || t.tgfoid::regproc ELSE 'trigger ' || t.tgname END`, words('t.tgenabled', 't.tgtype', `CASE WHEN NOT t.tgisinternal THEN pg_get_triggerdef(t.oid) END`, `obj_description(t.oid, 'pg_trigger')`), 'JOIN pg_trigger t ON t.tgrelid = r.oid LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint AND k.conparentid = 0 WHERE NOT t.tgisinternal OR k.oid IS NOT NULL')}
  UNION ALL ${part(`'rule ' || w.rulename`, words('pg_get_ruledef(w.oid)', 'w.ev_enabled'), 'JOIN pg_rewrite w ON w.ev_class = r.oid')}
  UNION ALL ${part(`'policy ' || p.polname`, words('p.polcmd', 'p.polpermissive', 'p.polroles::regrole[]', 'pg_get_expr(p.polqual, p.polrelid)', 'pg_get_expr(p.polwithcheck, p.polrelid)'), 'JOIN pg_policy p ON p.polrelid = r.oid')}
  UNION ALL ${part(`'sequence ' || d.objid::regclass`, words('q.seqtypid::regtype', 'q.seqstart', 'q.seqincrement', 'q.seqmax', 'q.seqmin', 'q.seqcache', 'q.seqcycle', 'd.refobjsubid', 'd.deptype', 'pg_get_userbyid(c.relowner)', 'c.relacl', 'c.relpersistence'), `JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = r.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S' JOIN pg_sequence q ON q.seqrelid = c.oid`)}
  UNION ALL ${part(`'statistics ' || s.stxnamespace::regnamespace || '.' || s.stxname`, words('pg_get_statisticsobjdef(s.oid)'), 'JOIN pg_statistic_ext s ON s.stxrelid = r.oid')}
  UNION ALL ${part(`'published in ' || b.pubname`, words(`to_jsonb(o) - 'oid' - 'prrelid' - 'prpubid'`), 'JOIN pg_publication_rel o ON o.prrelid = r.oid JOIN pg_publication b ON b.oid = o.prpubid')}
  UNION ALL ${part(`'inherits ' || i.inhparent::regclass`, words('i.inhseqno'), 'JOIN pg_inherits i ON i.inhrelid = r.oid')}
  ORDER BY 1, 2, 3`

/** Prints the catalogue of the tables named (by key) and of their partitions, for comparison. */
export async function printCatalogue(transaction: Transaction, tables: readonly string[]): Promise<readonly Print[]> {
  return qualified(transaction, () => transaction.query<Row & Print>(printSql, [tables]))
}

/** The first object that is not the same in both, as `relation: object`; null when they are equal. */
export function firstDifference(before: readonly Print[], after: readonly Print[]): string | null {
  const line = ({ relation, object, text }: Print) => JSON.stringify([relation, object, text])
  const lines = [new Set(before.map(line)), new Set(after.map(line))] as const
  const changed =
    before.find((print) => !lines[1].has(line(print))) ?? after.find((print) => !lines[0].has(line(print)))
  if (changed) return `${changed.relation}: ${changed.object}`
  return before.length === after.length ? null : 'objects'
}

/** SHA-256 of a value as JSON with its keys in order, so that equal values have equal hashes. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex')
}

/** JSON with the keys of every object in order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${entries
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join(',')}}`
}
