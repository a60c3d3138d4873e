import fc from 'fast-check'
import type pg from 'pg'
import { expect, it } from 'vitest'
import { execute } from '#electron/cleanup/engine.ts'
import { scopeTables } from '#electron/cleanup/known.ts'
import { jobOptions, planFrom } from '#electron/cleanup/rehearsal.ts'
import { runCleanup } from '#electron/cleanup/run.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { type CleanupPlan, type Decisions, decisionsSchema } from '#shared/cleanup.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import {
  type BuiltGraph,
  buildGraph,
  type Graph,
  type GraphRows,
  graphs,
  readGraph,
  readStructure,
} from '#support/graphs.ts'
import { ownServer } from '#support/servers.ts'
import { desk, order, restore } from './backed-up.ts'
import { long } from './setting.ts'

/** Graphs in a database of their own: catalogues that many schemas came and went through become slow. */
const batch = 20
const batches = long ? 250 : 10
const batchOn14 = long ? 200 : 10
/** Backup, proof and restore cost three times the rest: at small size every fourth graph goes the whole way. */
const everyOne = long
const seed = 20_261_124

it.each(Array.from({ length: batches }, (_, i) => seed + i))(
  `deletes exactly what the preview says, leaves every other row and the catalogue alone, and puts back exactly what went, on any graph of tables (seed %i, ${batch} graphs)`,
  async (from) => attackMany(await freshClinic({ empty: true }), from, batch),
  long ? 3_600_000 : 240_000,
)

it(
  `does the same on PostgreSQL 14 (seed ${seed}, ${batchOn14} graphs)`,
  async () => {
    const server = await ownServer({ version: 14 })
    const { host, port, user, password } = server
    await attackMany(await freshClinic({ empty: true, server: { host, port, user, password } }), seed, batchOn14)
    await server.remove()
  },
  long ? 3_600_000 : 240_000,
)

const catalogues = ['class', 'attribute', 'attrdef', 'type', 'depend', 'shdepend', 'constraint', 'trigger', 'index']
  .concat(['inherits', 'rewrite', 'sequence', 'statistic', 'description', 'partitioned_table'])
  .map((name) => `pg_catalog.pg_${name}`)
  .join(', ')

async function attackMany(clinic: FreshClinic, from: number, many: number): Promise<void> {
  await clinic.client.query('SET client_min_messages = warning')
  let turn = 0
  const property = fc.asyncProperty(graphs, (graph) => {
    turn += 1
    return attack(clinic, graph, `Esquema ${turn}`, everyOne || turn % 4 === 1)
  })
  await fc.assert(property, { seed: from, numRuns: many, endOnFailure: true })
  await clinic.drop()
}

async function attack(clinic: FreshClinic, graph: Graph, schema: string, restoring: boolean): Promise<void> {
  const { client } = clinic
  const built = buildGraph(graph, schema)
  await client.query(built.sql)
  const database = await openDatabase({ ...clinic.options, schema, pool: { warm: 0, max: 2 } })
  try {
    const { decisions, plan } = await decide(database, graph)
    expect(plan.refusals).toEqual([])
    const before = await readGraph(client, schema, built.tables)
    const structure = await readStructure(client, schema)
    const numbers = await nextValues(client, schema)
    const at = desk()
    const run = order(plan, at, { decisions, administrator: null, proof: graph.answers[0] !== 0 })
    const backup = restoring
      ? (await runCleanup(database, run)).backup
      : await cleanAlone(database, decisions, plan.hash)
    const after = await readGraph(client, schema, built.tables)
    const sequences = (lines: string[]) => (graph.restart ? withoutSequences(lines) : lines)
    expect(sequences(await readStructure(client, schema))).toEqual(sequences(structure))
    compare({ graph, schema, built, plan, decisions, before, after, client })
    if (backup === null) return
    const sample = (graph.answers[1] ?? 0) === 0
    if (sample) {
      await restore(database, at, backup.name, { kind: 'testRestore' })
      expect(await readGraph(client, schema, built.tables)).toEqual(after)
    }
    const restored = await restore(database, at, backup.name)
    expect(restored.changedSince).toEqual([])
    expect(await readGraph(client, schema, built.tables)).toEqual(before)
    expect(withoutSequences(await readStructure(client, schema))).toEqual(withoutSequences(structure))
    expect(await nextValues(client, schema)).toEqual(numbers)
    // What is back cannot come back twice.
    const withKey = graph.tables.some(
      ({ key, name }) => key !== 'none' && plan.tables.some((each) => each.name === name && each.deleted > 0),
    )
    if (withKey && sample)
      await expect(restore(database, at, backup.name)).rejects.toMatchObject({ code: 'RESTORE_REFUSED' })
  } finally {
    await database.close()
    await client.query(`DROP SCHEMA ${JSON.stringify(schema)} CASCADE`)
    // The tests' servers do no housekeeping, and every plan reads past what the graphs before it left.
    await client.query(`VACUUM ${catalogues}`)
  }
}

/** The same execution without its backup: three times as many graphs in the same time. */
async function cleanAlone(database: Database, decisions: Decisions, hash: string): Promise<null> {
  const schema = await database.schema()
  const options = { decisions, administrator: null, zone: 'America/Tijuana', expectedHash: hash }
  await database.write(
    (transaction) => execute(transaction, schema, { ...options, signal: new AbortController().signal, report() {} }),
    jobOptions,
  )
  return null
}

/** Last values are compared as the values that come next: a sequence that was set back has given none yet. */
const withoutSequences = (lines: readonly string[]) => lines.filter((line) => !line.startsWith('s '))

async function nextValues(client: pg.Client, schema: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name FROM pg_sequences WHERE schemaname = $1 ORDER BY 1`,
    [schema],
  )
  const next = new Map<string, string>()
  for (const { name } of rows) {
    const { rows: values } = await client.query(
      `SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END AS next FROM ${name}`,
    )
    next.set(name, values[0].next)
  }
  return next
}

/** Answers every question as the graph has it, as often as answers bring new questions. */
async function decide(database: Database, graph: Graph): Promise<{ decisions: Decisions; plan: CleanupPlan }> {
  let decisions = decisionsSchema.parse({
    scopes: { ...graph.scopes, users: graph.users },
    keepUsers: ['1'],
    keepPatients: graph.keepPatients.map(String),
    restartIdentities: graph.restart,
    guard: { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete' },
  })
  for (let round = 0; round < 20; round++) {
    const plan = await planFrom(database, { decisions, administrator: null, zone: 'America/Tijuana' })
    const open = plan.questions.filter(({ decided }) => decided === null)
    if (plan.decided) return { decisions, plan }
    const answers = open.map(({ table, options }, i) => [
      table,
      options[(graph.answers[(i + round) % graph.answers.length] ?? 0) % options.length],
    ])
    decisions = { ...decisions, tables: { ...decisions.tables, ...Object.fromEntries(answers) } }
  }
  throw new Error('the questions never end')
}

function compare(seen: {
  graph: Graph
  schema: string
  built: BuiltGraph
  plan: CleanupPlan
  decisions: Decisions
  before: GraphRows
  after: GraphRows
  client: pg.Client
}): void {
  const { graph, built, plan, before, after } = seen
  const rowsOf = (rows: GraphRows, table: string) => rows.get(table) ?? new Map<number, Record<string, unknown>>()
  const gone = (table: string, uid: number) => rowsOf(before, table).has(uid) && !rowsOf(after, table).has(uid)
  const target = (rows: GraphRows, key: BuiltGraph['keys'][number], row: Readonly<Record<string, unknown>>) => {
    const values = key.columns.map((column) => row[column])
    if (values.some((value) => value === null || value === undefined)) return null
    for (const [uid, parent] of rowsOf(rows, key.parent))
      if (key.parentColumns.every((column, i) => parent[column] === values[i])) return uid
    return null
  }
  const scopes = Object.entries(scopeTables).flatMap(([scope, names]) =>
    scope === 'clinical' || graph.scopes[scope as 'finance' | 'conversations'] ? names : [],
  )
  const base = new Set([
    ...scopes,
    ...(graph.users === 'remove' ? ['usuarios'] : []),
    ...(graph.scopes.podiatrists ? ['podologos'] : []),
  ])
  for (const table of built.tables) {
    const planned = plan.tables.find(({ name, schema }) => name === table && schema === seen.schema)
    const remaining = rowsOf(after, table)
    expect([table, remaining.size], 'rows deleted as previewed').toEqual([
      table,
      rowsOf(before, table).size - (planned?.deleted ?? 0),
    ])
    const own = built.keys.filter(({ child }) => child === table)
    const cleared = new Map<string, number>()
    for (const [uid, row] of rowsOf(before, table)) {
      const now = remaining.get(uid)
      if (!now) {
        // Nothing goes without a reason: its table was chosen, or it points at something that went.
        const reason = base.has(table) || own.some((key) => isGone(key, row))
        expect(reason, `${table} ${uid} went for a reason`).toBe(true)
        continue
      }
      const free = new Set<string>(row.sigue === undefined ? [] : ['sigue'])
      for (const key of own) {
        if (!isGone(key, row)) continue
        cleared.set(key.name, (cleared.get(key.name) ?? 0) + 1)
        for (const column of key.columns) free.add(column)
        expect(target(after, key, now), `${table} ${uid} forgets what went`).toBeNull()
      }
      if (table === 'usuarios') free.add('activo')
      for (const [column, value] of Object.entries(row)) {
        if (now[column] === value || Object.is(now[column], value)) continue
        expect(free.has(column), `${table} ${uid} ${column} may change`).toBe(true)
        if (column !== 'sigue') expect(now[column]).toBe(column === 'activo' ? false : null)
      }
      for (const key of own) {
        // Nothing is left pointing at nothing that pointed at something before, unless it went or was cleared.
        if (target(before, key, row) !== null && key.columns.every((column) => now[column] !== null))
          expect(target(after, key, now), `${table} ${uid} still points`).not.toBeNull()
      }
    }
    for (const { constraint, rows } of planned?.cleared ?? [])
      expect([table, constraint, cleared.get(constraint)]).toEqual([table, constraint, rows])
  }
  function isGone(key: BuiltGraph['keys'][number], row: Readonly<Record<string, unknown>>): boolean {
    const uid = target(before, key, row)
    return uid !== null && gone(key.parent, uid)
  }
  for (const id of graph.keepPatients)
    if (rowsOf(before, 'pacientes').has(id))
      expect(rowsOf(after, 'pacientes').has(id), 'a chosen patient stays').toBe(true)
  if (rowsOf(before, 'usuarios').has(1)) expect(rowsOf(after, 'usuarios').get(1)?.activo).toBe(true)
  const nothingKept = graph.keepPatients.every((id) => !rowsOf(before, 'pacientes').has(id))
  const keeps = Object.values(seen.decisions.tables).includes('keep')
  const people = built.keys.some(
    ({ child, parent, required }) =>
      ['usuarios', 'podologos', 'permisos_usuarios'].includes(child) && required && scopes.includes(parent),
  )
  if (nothingKept && !keeps && !people)
    for (const table of scopes.filter((name) =>
      plan.tables.some((each) => each.name === name && each.reason.code === 'scope'),
    ))
      if (!built.keys.some(({ parent }) => parent === table))
        expect([table, rowsOf(after, table).size], 'a chosen table is empty').toEqual([table, 0])
  // A patient who stays keeps what is directly theirs.
  const staff = ['usuarios', 'podologos', 'permisos_usuarios']
  for (const key of built.keys.filter(
    (each) => each.parent === 'pacientes' && each.required && !staff.includes(each.child),
  )) {
    for (const [uid, row] of rowsOf(before, key.child)) {
      const patient = target(before, key, row)
      if (patient !== null && graph.keepPatients.includes(patient))
        expect(gone(key.child, uid), `${key.child} ${uid}`).toBe(false)
    }
  }
}
