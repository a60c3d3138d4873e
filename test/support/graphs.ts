import fc from 'fast-check'
import type pg from 'pg'
import { quoteIdentifier as q } from '#electron/database/transaction.ts'

/** A clinic in small with tables, keys and rows as chance has it: cycles, self-references, partitions, odd names. */
export interface Graph {
  readonly tables: readonly GraphTable[]
  readonly keepPatients: readonly number[]
  readonly users: 'keep' | 'deactivate' | 'remove'
  readonly scopes: { readonly finance: boolean; readonly conversations: boolean; readonly podiatrists: boolean }
  readonly restart: boolean
  /** Picks the answers to the questions a plan asks. */
  readonly answers: readonly number[]
}

export interface GraphTable {
  readonly name: string
  /** One column, two, or none at all: then nothing can point at it. */
  readonly key: 'one' | 'two' | 'none'
  readonly partitions: boolean
  readonly identity: 'always' | 'default' | 'none'
  readonly rows: number
  readonly refs: readonly GraphRef[]
  readonly generated: boolean
  /** A trigger that refuses whatever fires it, in each of its states. */
  readonly trap: 'O' | 'A' | 'D' | 'R' | null
  readonly view: boolean
}

export interface GraphRef {
  /** Position of the table, modulo how many can be pointed at. */
  readonly to: number
  readonly nulls: 'none' | 'all' | 'second'
  readonly onDelete: 'NO ACTION' | 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT'
  readonly timing: '' | 'DEFERRABLE' | 'DEFERRABLE INITIALLY DEFERRED'
  readonly full: boolean
  readonly valid: boolean
  readonly pick: number
}

const knownNames = ['pagos', 'facturas', 'gastos', 'contactos', 'conversaciones', 'mensajes', 'signos_vitales'].concat([
  'movimientos_inventario',
  'tratamientos',
  'auditoria',
  'permisos_usuarios',
  'consentimientos_informados',
])
const oddNames = ['Mi Tabla', 'con "comillas"', 'SELECT', 'a.b', "d'oh", 'ñandú 1', 'back\\slash', 'otra_tabla', '%I$1']

const ref: fc.Arbitrary<GraphRef> = fc.record({
  to: fc.nat(11),
  nulls: fc.constantFrom('none', 'all', 'all', 'second'),
  onDelete: fc.constantFrom('NO ACTION', 'NO ACTION', 'RESTRICT', 'CASCADE', 'SET NULL', 'SET DEFAULT'),
  timing: fc.constantFrom('', '', 'DEFERRABLE', 'DEFERRABLE INITIALLY DEFERRED'),
  full: fc.boolean(),
  valid: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  pick: fc.nat(1000),
})

const table = (name: string, least = 0): fc.Arbitrary<GraphTable> =>
  fc.record({
    name: fc.constant(name),
    key: fc.constantFrom('one', 'one', 'two', 'none'),
    partitions: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    identity: fc.constantFrom('always', 'default', 'none'),
    rows: fc.integer({ min: least, max: 7 }),
    refs: fc.array(ref, { maxLength: 3 }),
    generated: fc.boolean(),
    trap: fc.constantFrom(null, null, 'O', 'A', 'D', 'R'),
    view: fc.boolean(),
  })

const core = (name: string, least: number) => table(name, least).map((t): GraphTable => ({ ...t, key: 'one' }))

/** Any clinic of up to twelve tables. */
export const graphs: fc.Arbitrary<Graph> = fc
  .record({
    // Somebody is always there to stay: users point at nothing but each other.
    usuarios: core('usuarios', 2).map((t) => ({
      ...t,
      refs: t.refs.map((r) => (r.to === 0 ? r : { ...r, nulls: 'all' as const })),
    })),
    pacientes: core('pacientes', 0),
    citas: core('citas', 0),
    podologos: fc.option(core('podologos', 0)),
    more: fc
      .record({
        known: fc.subarray(knownNames, { maxLength: 4 }),
        odd: fc.subarray(oddNames, { minLength: 1, maxLength: 4 }),
      })
      .chain(({ known, odd }) => fc.tuple(...[...known, ...odd].map((name) => table(name)))),
    keepPatients: fc.array(fc.nat(6), { maxLength: 2 }),
    users: fc.constantFrom('keep', 'deactivate', 'remove'),
    scopes: fc.record({ finance: fc.boolean(), conversations: fc.boolean(), podiatrists: fc.boolean() }),
    restart: fc.boolean(),
    answers: fc.array(fc.nat(2), { minLength: 8, maxLength: 8 }),
  })
  .map(({ usuarios, pacientes, citas, podologos, more, ...rest }) => ({
    ...rest,
    tables: [usuarios, pacientes, citas, ...(podologos ? [podologos] : []), ...more],
  }))

/** A key of the graph as it was built: by column names, to check references without the product. */
export interface BuiltKey {
  readonly name: string
  readonly child: string
  readonly parent: string
  readonly columns: readonly string[]
  readonly parentColumns: readonly string[]
  /** Whether the row must point somewhere. */
  readonly required: boolean
}

export interface BuiltGraph {
  readonly sql: string
  readonly tables: readonly string[]
  readonly keys: readonly BuiltKey[]
}

type Value = string | number | null

/** The statements that make the graph in a schema, rows first and keys after, so that cycles can be filled. */
export function buildGraph(graph: Graph, schema: string): BuiltGraph {
  const targets = graph.tables.filter(({ key }) => key !== 'none')
  const id = (name: string) => `${q(schema)}.${q(name)}`
  const keyColumns = ({ key }: GraphTable) => (key === 'two' ? ['Llave 1', 'llave2'] : key === 'one' ? ['id'] : [])
  const refsOf = (t: GraphTable) =>
    [...coreRefs(t, graph), ...t.refs].map((r, i) => {
      const parent = targets[r.to % targets.length] ?? (targets[0] as GraphTable)
      const columns = keyColumns(parent).map((_, k) => refColumn(t, r, i, k))
      const nullable = columns.map(
        (_, k) => r.nulls === 'all' || (r.nulls === 'second' && k === 1 && columns.length > 1),
      )
      return {
        ...r,
        i,
        parent,
        columns,
        nullable,
        required: r.full ? nullable.some((n) => !n) : nullable.every((n) => !n),
      }
    })
  // A table that must point at an empty one stays empty.
  const filled = new Map(graph.tables.map((t) => [t.name, t.rows]))
  for (let changed = true; changed; ) {
    changed = false
    for (const t of graph.tables) {
      const stuck = refsOf(t).some(({ nullable, parent }) => nullable.some((n) => !n) && filled.get(parent.name) === 0)
      if (stuck && filled.get(t.name) !== 0) {
        filled.set(t.name, 0)
        changed = true
      }
    }
  }
  const keyValue = (t: GraphTable, row: number): Value[] =>
    t.key === 'two' ? [row, `k${row}`] : t.key === 'one' ? [row] : []
  const sql: string[] = [
    `CREATE SCHEMA ${q(schema)}`,
    `CREATE FUNCTION ${id('trap')}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a trigger fired'; END $$`,
  ]
  const keys: BuiltKey[] = []
  const after: string[] = []
  for (const t of graph.tables) {
    const refs = refsOf(t)
    const identity = t.partitions || t.key !== 'one' || t.identity === 'none' ? '' : identitySql(t.identity)
    const first = refs[0]?.columns[0]
    const columns = [
      'uid int NOT NULL',
      ...(t.key === 'two'
        ? ['"Llave 1" int NOT NULL', 'llave2 text NOT NULL']
        : t.key === 'one'
          ? [`id int NOT NULL ${identity}`]
          : []),
      'nota text',
      ...(t.name === 'usuarios' ? ['nombre_usuario text NOT NULL', 'activo boolean NOT NULL DEFAULT true'] : []),
      ...(t.name === 'pacientes' ? ['primer_nombre text'] : []),
      ...(t.name === 'citas' ? ['fecha_hora_inicio timestamp'] : []),
      ...refs.flatMap(({ columns: names, nullable, parent }) =>
        names.map(
          (name, k) =>
            `${q(name)} ${parent.key === 'two' && k === 1 ? 'text' : 'int'} ${nullable[k] ? '' : 'NOT NULL'}`,
        ),
      ),
      ...(t.generated && first && !t.partitions
        ? [`sigue text GENERATED ALWAYS AS (coalesce(${q(first)}::text, '-')) STORED`]
        : []),
      ...(t.key === 'none' ? [] : [`PRIMARY KEY (${keyColumns(t).map(q).join(', ')})`]),
    ]
    const by = t.key === 'none' ? 'uid' : (keyColumns(t)[0] ?? 'uid')
    sql.push(`CREATE TABLE ${id(t.name)} (${columns.join(', ')}) ${t.partitions ? `PARTITION BY HASH (${q(by)})` : ''}`)
    if (t.partitions)
      for (const r of [0, 1])
        sql.push(
          `CREATE TABLE ${id(`${t.name} p${r}`)} PARTITION OF ${id(t.name)} FOR VALUES WITH (MODULUS 2, REMAINDER ${r})`,
        )
    for (let row = 1; row <= (filled.get(t.name) ?? 0); row++) {
      const entries: [string, Value][] = [
        ['uid', row],
        ['nota', notes[(row * 7 + t.name.length) % notes.length] ?? null],
      ]
      for (const [k, name] of keyColumns(t).entries()) entries.push([name, keyValue(t, row)[k] ?? null])
      if (t.name === 'usuarios') entries.push(['nombre_usuario', row === 1 ? 'ivette.martinez' : `usuario${row}`])
      for (const { columns: names, nullable, parent, pick } of refs) {
        const many = filled.get(parent.name) ?? 0
        const chosen = many === 0 ? 0 : ((row * 31 + pick) % many) + 1
        const forget = many === 0 || (nullable.some((n) => n) && (row * 13 + pick) % 3 === 0)
        for (const [k, name] of names.entries())
          entries.push([name, forget && (nullable[k] ?? false) ? null : (keyValue(parent, chosen)[k] ?? null)])
      }
      const overriding = identity === '' ? '' : 'OVERRIDING SYSTEM VALUE'
      sql.push(`INSERT INTO ${id(t.name)} (${entries.map(([name]) => q(name)).join(', ')}) ${overriding}
        VALUES (${entries.map(([, value]) => literal(value)).join(', ')})`)
    }
    for (const r of refs) {
      const name = `k ${r.i} ${t.name}`.slice(0, 50)
      // MATCH FULL refuses rows that are NULL in part, which a half nullable key makes.
      const full = r.full && r.nulls !== 'second'
      const notValid = !r.valid && !t.partitions
      after.push(`ALTER TABLE ${id(t.name)} ADD CONSTRAINT ${q(name)} FOREIGN KEY (${r.columns.map(q).join(', ')})
        REFERENCES ${id(r.parent.name)} (${keyColumns(r.parent).map(q).join(', ')}) ${full ? 'MATCH FULL' : ''}
        ON DELETE ${r.onDelete} ${r.timing} ${notValid ? 'NOT VALID' : ''}`)
      if (r.pick % 4 === 0) after.push(`COMMENT ON CONSTRAINT ${q(name)} ON ${id(t.name)} IS 'it''s \\ kept'`)
      keys.push({
        ...{ name, child: t.name, parent: r.parent.name, columns: r.columns, parentColumns: keyColumns(r.parent) },
        required: full ? r.nullable.some((n) => !n) : r.nullable.every((n) => !n),
      })
    }
    if (t.trap) {
      after.push(
        `CREATE TRIGGER "Trampa fila" BEFORE UPDATE OR DELETE ON ${id(t.name)} FOR EACH ROW EXECUTE FUNCTION ${id('trap')}()`,
      )
      after.push(`CREATE TRIGGER trampa_tabla BEFORE TRUNCATE ON ${id(t.name)} EXECUTE FUNCTION ${id('trap')}()`)
      const state = { O: '', A: 'ENABLE ALWAYS', D: 'DISABLE', R: 'ENABLE REPLICA' }[t.trap]
      if (state !== '')
        for (const name of ['"Trampa fila"', 'trampa_tabla'])
          after.push(`ALTER TABLE ${id(t.name)} ${state} TRIGGER ${name}`)
    }
    if (t.view) after.push(`CREATE MATERIALIZED VIEW ${id(`mv ${t.name}`)} AS SELECT uid FROM ${id(t.name)}`)
  }
  return { sql: [...sql, ...after].join(';\n'), tables: graph.tables.map(({ name }) => name), keys }
}

const notes: readonly Value[] = [null, '', 'ñ "x", (y)', 'NULL', '\\N', ' ']

function identitySql(identity: 'always' | 'default'): string {
  return identity === 'always' ? 'GENERATED ALWAYS AS IDENTITY' : 'GENERATED BY DEFAULT AS IDENTITY'
}

/** What makes it a clinic: an appointment has its patient, a podiatrist may have a user. */
function coreRefs({ name }: GraphTable, { tables }: Graph): readonly GraphRef[] {
  const at = (target: string) => tables.filter(({ key }) => key !== 'none').findIndex((t) => t.name === target)
  const plain = { onDelete: 'NO ACTION', timing: '', full: false, valid: true, pick: 5 } as const
  if (name === 'citas') return [{ ...plain, to: at('pacientes'), nulls: 'none' }]
  if (name === 'podologos') return [{ ...plain, to: at('usuarios'), nulls: 'all' }]
  if (name === 'permisos_usuarios') return [{ ...plain, to: at('usuarios'), nulls: 'none', onDelete: 'CASCADE' }]
  return []
}

function refColumn({ name }: GraphTable, _: GraphRef, i: number, k: number): string {
  if (i === 0 && name === 'citas') return 'id_paciente'
  if (i === 0 && (name === 'podologos' || name === 'permisos_usuarios')) return 'id_usuario'
  return k === 0 ? `Ref ${i}` : `ref_${i}_${k}`
}

function literal(value: Value): string {
  return value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`
}

export type GraphRows = ReadonlyMap<string, ReadonlyMap<number, Readonly<Record<string, unknown>>>>

/** Every row of the graph by table and `uid`, read beside the product. */
export async function readGraph(client: pg.Client, schema: string, tables: readonly string[]): Promise<GraphRows> {
  const all = new Map<string, Map<number, Record<string, unknown>>>()
  const parts = tables.map((name, i) => `SELECT ${i} AS i, uid, to_jsonb(t) AS row FROM ${q(schema)}.${q(name)} t`)
  const { rows } = await client.query<{ i: number; uid: number; row: Record<string, unknown> }>(
    parts.join(' UNION ALL '),
  )
  for (const name of tables) all.set(name, new Map())
  for (const { i, uid, row } of rows) all.get(tables[i] ?? '')?.set(uid, row)
  return all
}

/** What the catalogue says of a schema, in the words of its own functions and no oid. */
export async function readStructure(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `WITH c AS (SELECT * FROM pg_class WHERE relnamespace = $1::regnamespace)
     SELECT concat_ws(' ', 'k', k.conrelid::regclass, CASE WHEN k.conparentid = 0 THEN k.conname ELSE 'part' END, pg_get_constraintdef(k.oid),
       k.convalidated, k.condeferrable, k.condeferred, obj_description(k.oid, 'pg_constraint')) AS line
       FROM pg_constraint k JOIN c ON c.oid = k.conrelid
     UNION ALL SELECT concat_ws(' ', 't', t.tgrelid::regclass, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid))
       FROM pg_trigger t JOIN c ON c.oid = t.tgrelid WHERE NOT tgisinternal
     UNION ALL SELECT concat_ws(' ', 'r', t.tgrelid::regclass, count(*), string_agg(DISTINCT t.tgenabled::text, ''))
       FROM pg_trigger t JOIN c ON c.oid = t.tgrelid GROUP BY t.tgrelid
     UNION ALL SELECT concat_ws(' ', 'i', pg_get_indexdef(x.indexrelid), x.indisvalid) FROM pg_index x JOIN c ON c.oid = x.indrelid
     UNION ALL SELECT concat_ws(' ', 'c', c.relname, c.relkind, c.relowner, c.relacl, c.relhasindex) FROM c
     UNION ALL SELECT concat_ws(' ', 'a', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated)
       FROM pg_attribute a JOIN c ON c.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped
     UNION ALL SELECT concat_ws(' ', 's', c.relname, pg_sequence_last_value(c.oid)) FROM c WHERE relkind = 'S'
     ORDER BY 1`,
    [q(schema)],
  )
  return rows.map(({ line }) => line)
}
