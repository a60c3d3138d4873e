import type { Row, Transaction } from '#electron/database/database.ts'
import type { DeleteAction } from '#shared/cleanup.ts'
import { group } from './group.ts'
import { ownSchema } from './known.ts'

export interface CatalogueColumn {
  readonly name: string
  readonly type: string
  /** NOT NULL by the column or by its domain. */
  readonly notNull: boolean
  readonly generated: 'no' | 'stored' | 'virtual'
  readonly identity: 'no' | 'always' | 'byDefault'
  /** Generated columns computed from this one. */
  readonly feeds: readonly string[]
}

export interface UserTrigger {
  readonly relation: string
  readonly name: string
  /** `pg_trigger.tgenabled`: O(rigin), D(isabled), R(eplica), A(lways). */
  readonly enabled: 'O' | 'D' | 'R' | 'A'
  /** A partition's copy of its table's trigger; it follows what is said to the table. */
  readonly clone: boolean
  readonly onInsert: boolean
  readonly onUpdate: boolean
  readonly onDelete: boolean
  readonly onTruncate: boolean
}

export interface Rights {
  readonly owned: boolean
  readonly select: boolean
  readonly update: boolean
  readonly delete: boolean
  readonly truncate: boolean
}

/** A table with all its partitions; a partition is never one by itself. */
export interface CatalogueTable extends Rights {
  readonly oid: number
  /** `schema.table`, quoted where PostgreSQL would: its name in every statement. */
  readonly key: string
  readonly schema: string
  readonly name: string
  readonly kind: 'plain' | 'partitioned' | 'foreign'
  readonly owner: string
  readonly onPath: boolean
  readonly usable: boolean
  /** Row-level security would hide rows from this role. */
  readonly hidden: boolean
  readonly columns: readonly CatalogueColumn[]
  readonly primaryKey: readonly string[]
  readonly triggers: readonly UserTrigger[]
  /** Rules on UPDATE and DELETE, which rewrite our statements. */
  readonly rules: { readonly update: boolean; readonly delete: boolean }
  /** Partitions at any depth, by key, the table itself left out. */
  readonly partitions: readonly string[]
  readonly foreignPartition: boolean
  readonly published: boolean
  /** Published without an identity: the server refuses UPDATE and DELETE. */
  readonly noReplicaIdentity: boolean
}

export interface ForeignKey {
  readonly oid: number
  readonly name: string
  /** The table (root) that points, and the relation the constraint stands on: a partition may have its own. */
  readonly child: string
  readonly childRelation: string
  readonly parent: string
  readonly parentRelation: string
  readonly columns: readonly string[]
  readonly parentColumns: readonly string[]
  /** The equality of each pair, as `OPERATOR(schema.=)`, parent's value first. */
  readonly operators: readonly string[]
  readonly onDelete: DeleteAction
  readonly setColumns: readonly string[]
  readonly matchFull: boolean
  readonly validated: boolean
  readonly enforced: boolean
  readonly temporal: boolean
  /** A superuser switched its own triggers off. */
  readonly disabled: boolean
  readonly definition: string
  readonly comment: string | null
}

export interface Catalogue {
  readonly database: string
  readonly serverVersion: string
  readonly role: string
  readonly readOnly: boolean
  readonly replicaRole: boolean
  readonly mayCreateTemporary: boolean
  readonly eventTriggers: number
  readonly tables: ReadonlyMap<string, CatalogueTable>
  readonly foreignKeys: readonly ForeignKey[]
  /** Materialized views and, by key, every table below them. */
  readonly materialized: readonly { readonly key: string; readonly tables: readonly string[] }[]
}

/** A relation's name in a statement: children by inheritance are tables of their own, partitions are not. */
const named = (c: string, n: string) => `quote_ident(${n}.nspname) || '.' || quote_ident(${c}.relname)`
const ours = (n: string) =>
  `${n}.nspname !~ '^pg_' AND ${n}.nspname <> 'information_schema' AND ${n}.nspname <> '${ownSchema}'`

const settingsSql = `
  SELECT current_database()::text AS database, current_setting('server_version') AS "serverVersion",
    current_user::text AS role, pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS "readOnly",
    current_setting('session_replication_role') <> 'origin' AS "replicaRole",
    has_database_privilege(current_database(), 'TEMP') AS "mayCreateTemporary",
    (SELECT count(*)::int FROM pg_event_trigger WHERE evtenabled IN ('O', 'A')) AS "eventTriggers"`

const tablesSql = `
  SELECT c.oid::bigint AS oid, ${named('c', 'n')} AS key, n.nspname::text AS schema, c.relname::text AS name,
    CASE c.relkind WHEN 'r' THEN 'plain' WHEN 'p' THEN 'partitioned' ELSE 'foreign' END AS kind,
    pg_get_userbyid(c.relowner)::text AS owner, n.nspname = ANY ($1::text[]) AS "onPath",
    has_schema_privilege(n.oid, 'USAGE') AS usable, row_security_active(c.oid) AS hidden,
    pg_has_role(c.relowner, 'USAGE') AS owned,
    has_table_privilege(c.oid, 'SELECT') AS select, has_table_privilege(c.oid, 'UPDATE') AS update,
    has_table_privilege(c.oid, 'DELETE') AS delete, has_table_privilege(c.oid, 'TRUNCATE') AS truncate,
    CASE WHEN c.relispartition THEN (SELECT ${named('rc', 'rn')} FROM pg_class rc
      JOIN pg_namespace rn ON rn.oid = rc.relnamespace WHERE rc.oid = pg_partition_root(c.oid)) END AS root,
    coalesce((SELECT array_agg(a.attname::text ORDER BY k.i) FROM pg_index x, unnest(x.indkey) WITH ORDINALITY k (n, i)
      JOIN pg_attribute a ON a.attnum = k.n WHERE x.indrelid = c.oid AND x.indisprimary AND a.attrelid = c.oid), '{}') AS "primaryKey",
    EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '2' AND r.ev_enabled <> 'D') AS "ruleUpdate",
    EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '4' AND r.ev_enabled <> 'D') AS "ruleDelete",
    EXISTS (SELECT FROM pg_publication_tables p WHERE p.schemaname = n.nspname AND p.tablename = c.relname) AS published,
    (c.relreplident = 'n' OR (c.relreplident = 'd' AND NOT EXISTS (
      SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisprimary))
      OR (c.relreplident = 'i' AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisreplident))) AS "noIdentity"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${ours('n')}
  ORDER BY n.nspname, c.relname`

const columnsSql = `
  SELECT c.oid::bigint AS oid, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
    a.attnotnull OR t.typnotnull AS "notNull",
    CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' ELSE 'no' END AS generated,
    CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'byDefault' ELSE 'no' END AS identity,
    CASE WHEN c.oid IN (SELECT g.attrelid FROM pg_attribute g WHERE g.attgenerated <> '') THEN
      coalesce((SELECT array_agg(DISTINCT g.attname::text) FROM pg_attribute g LEFT JOIN pg_attrdef x ON x.adrelid = c.oid AND x.adnum = g.attnum
      WHERE g.attrelid = c.oid AND g.attgenerated <> '' AND EXISTS (SELECT FROM pg_depend d
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
          AND (d.classid = 'pg_attrdef'::regclass AND d.objid = x.oid
            OR d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = g.attnum))
        AND g.attnum <> a.attnum), '{}') ELSE '{}' END AS feeds
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${ours('n')}
  ORDER BY c.oid, a.attnum`

const names = (relation: string, numbers: string) =>
  `ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY u (n, i)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.n ORDER BY u.i)`

/** Only what a person declared: the copies that the server keeps for each partition follow their original. */
const foreignKeysSql = `
  SELECT k.oid::bigint AS oid, k.conname::text AS name, ${named('c', 'cn')} AS "childRelation", ${named('p', 'pn')} AS "parentRelation",
    ${names('k.conrelid', 'k.conkey')} AS columns, ${names('k.confrelid', 'k.confkey')} AS "parentColumns",
    ARRAY(SELECT (SELECT format('OPERATOR(%I.%s)', o.nspname, q.oprname) FROM pg_operator q
      JOIN pg_namespace o ON o.oid = q.oprnamespace WHERE q.oid = u.op)
      FROM unnest(k.conpfeqop) WITH ORDINALITY u (op, i) ORDER BY u.i) AS operators,
    CASE k.confdeltype WHEN 'a' THEN 'noAction' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'setNull'
      ELSE 'setDefault' END AS "onDelete",
    ${names(
      'k.conrelid',
      `CASE WHEN jsonb_typeof(to_jsonb(k) -> 'confdelsetcols') = 'array'
      THEN ARRAY(SELECT x::int2 FROM jsonb_array_elements_text(to_jsonb(k) -> 'confdelsetcols') x) END`,
    )} AS "setColumns",
    k.confmatchtype = 'f' AS "matchFull", k.convalidated AS validated,
    coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) AS enforced,
    coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false) AS temporal,
    k.oid IN (SELECT CASE s.conparentid WHEN 0 THEN s.oid ELSE s.conparentid END
      FROM pg_trigger t JOIN pg_constraint s ON s.oid = t.tgconstraint WHERE t.tgenabled <> 'O') AS disabled,
    pg_get_constraintdef(k.oid) AS definition, obj_description(k.oid, 'pg_constraint') AS comment
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
  JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relpersistence <> 't' AND ${ours('cn')}
  ORDER BY cn.nspname, c.relname, k.conname`

/** Up to 14 the server calls a partition's copy of a user's trigger its own. */
const userTrigger = `(NOT t.tgisinternal OR t.tgparentid <> 0 AND (t.tgconstraint = 0
    OR EXISTS (SELECT FROM pg_trigger p WHERE p.oid = t.tgparentid AND NOT p.tgisinternal)))`

const triggersSql = `
  SELECT ${named('c', 'n')} AS relation, t.tgname::text AS name, t.tgenabled::text AS enabled, t.tgparentid <> 0 AS clone,
    t.tgtype::int & 4 <> 0 AS "onInsert", t.tgtype::int & 16 <> 0 AS "onUpdate", t.tgtype::int & 8 <> 0 AS "onDelete", t.tgtype::int & 32 <> 0 AS "onTruncate"
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${userTrigger} AND c.relkind IN ('r', 'p') AND ${ours('n')}
  ORDER BY n.nspname, c.relname, t.tgname`

const materializedSql = `
  WITH RECURSIVE below (view, relation) AS (
    SELECT m.oid, m.oid FROM pg_class m JOIN pg_namespace n ON n.oid = m.relnamespace WHERE m.relkind = 'm' AND ${ours('n')}
    UNION
    SELECT b.view, d.refobjid FROM below b JOIN pg_rewrite r ON r.ev_class = b.relation
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
    WHERE d.refobjid <> b.relation)
  SELECT ${named('v', 'vn')} AS key, array_agg(DISTINCT ${named('c', 'n')}) AS tables
  FROM below b JOIN pg_class v ON v.oid = b.view JOIN pg_namespace vn ON vn.oid = v.relnamespace
  JOIN pg_class c ON c.oid = CASE WHEN pg_partition_root(b.relation) IS NULL THEN b.relation ELSE pg_partition_root(b.relation) END
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') GROUP BY 1 ORDER BY 1`

type TableRow = Row &
  Omit<CatalogueTable, 'columns' | 'triggers' | 'rules' | 'partitions' | 'foreignPartition' | 'noReplicaIdentity'> & {
    readonly root: string | null
    readonly ruleUpdate: boolean
    readonly ruleDelete: boolean
    readonly noIdentity: boolean
  }

/**
 * Reads from the catalogue everything a cleanup rests on, of every schema but the server's and our own. The search
 * path is emptied meanwhile, so that definitions name their schemas and read the same for every role.
 */
export async function readCatalogue(transaction: Transaction): Promise<Catalogue> {
  const [path] = await transaction.query<{ path: string[] }>('SELECT current_schemas(false)::text[] AS path')
  const rows = await qualified(transaction, async () => ({
    settings: await transaction.query<Row & Omit<Catalogue, 'tables' | 'foreignKeys' | 'materialized'>>(settingsSql),
    tables: await transaction.query<TableRow>(tablesSql, [path?.path ?? []]),
    columns: await transaction.query<Row & CatalogueColumn & { oid: number }>(columnsSql),
    keys: await transaction.query<Row & ForeignKey>(foreignKeysSql),
    triggers: await transaction.query<Row & UserTrigger>(triggersSql),
    materialized: await transaction.query<Row & { key: string; tables: string[] }>(materializedSql),
  }))
  const [settings] = rows.settings
  if (!settings) throw new TypeError('the catalogue has no settings')
  const rootOf = new Map(rows.tables.map(({ key, root }) => [key, root ?? key]))
  const root = (key: string) => rootOf.get(key) ?? key
  const columns = group(rows.columns, ({ oid }) => oid)
  const triggers = group(rows.triggers, ({ relation }) => root(relation))
  const members = group(rows.tables, ({ key }) => root(key))
  const tables = rows.tables
    .filter((row) => row.root === null)
    .map((row): [string, CatalogueTable] => {
      const { ruleUpdate, ruleDelete, noIdentity, root: _, ...table } = row
      const parts = (members.get(row.key) ?? []).filter((member) => member !== row)
      const all = [row, ...parts]
      return [
        row.key,
        {
          ...table,
          columns: columns.get(row.oid) ?? [],
          triggers: triggers.get(row.key) ?? [],
          rules: { update: ruleUpdate, delete: ruleDelete },
          partitions: parts.map(({ key }) => key),
          foreignPartition: parts.some(({ kind }) => kind === 'foreign'),
          published: all.some(({ published }) => published),
          noReplicaIdentity: all.some((part) => part.kind === 'plain' && part.published && part.noIdentity),
        },
      ]
    })
  return {
    ...settings,
    tables: new Map(tables),
    foreignKeys: rows.keys.map((key) => ({ ...key, child: root(key.childRelation), parent: root(key.parentRelation) })),
    materialized: rows.materialized,
  }
}

/** Runs `work` with an empty search path and puts the path back. */
export async function qualified<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  const [before] = await transaction.query<{ path: string }>(
    `SELECT current_setting('search_path') AS path, set_config('search_path', 'pg_catalog', true)`,
  )
  const value = await work()
  await transaction.query(`SELECT set_config('search_path', $1, true)`, [before?.path ?? ''])
  return value
}

/** Whether a row of the child must point at a row of the parent, now and after. */
export function mustPoint(key: ForeignKey, child: CatalogueTable): boolean {
  const locked = key.columns.filter((name) => {
    const column = child.columns.find((each) => each.name === name)
    return column === undefined || column.notNull || column.generated !== 'no'
  })
  return key.matchFull ? locked.length > 0 : locked.length === key.columns.length
}

/** The columns to set to NULL so that a row forgets its reference; as few as possible. */
export function clearable(key: ForeignKey, child: CatalogueTable, all: readonly ForeignKey[]): readonly string[] {
  const free = key.columns.filter((name) => {
    const column = child.columns.find((each) => each.name === name)
    return column !== undefined && !column.notNull && column.generated === 'no'
  })
  if (key.matchFull) return free
  if (key.setColumns.length > 0 && key.setColumns.every((name) => free.includes(name))) return key.setColumns
  const shared = new Set(
    all.filter((each) => each !== key && each.childRelation === key.childRelation).flatMap((each) => each.columns),
  )
  const own = free.filter((name) => !shared.has(name))
  return own.length > 0 ? own : free
}
