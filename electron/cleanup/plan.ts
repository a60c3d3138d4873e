import type { Row, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { CleanupPlan, CleanupUser, Decisions, GuardSignal, StaffPlan } from '#shared/cleanup.ts'
import { AppError } from '#shared/errors.ts'
import { type CatalogueTable, readCatalogue } from './catalogue.ts'
import { patientSeeds, readGuard } from './guard.ts'
import * as known from './known.ts'
import { notesOf, refusalsOf } from './preflight.ts'
import { hashOf, printCatalogue } from './print.ts'
import { questionsOf } from './questions.ts'
import { readResidue, staleViews } from './residue.ts'
import { readSessions } from './sessions.ts'
import { findSets, needsTemporary, type Seed, type Sets } from './sets.ts'
import { from, quoteIdentifier } from './sql.ts'
import { keepList, readUsers } from './staff.ts'
import { steady } from './steady.ts'
import { buildStructure, type Structure } from './structure.ts'
import { plannedTables, totalsOf } from './verdicts.ts'
import { type Counted, countSql, type Work, workOf } from './work.ts'

export interface PlanOptions {
  readonly decisions: Decisions
  /** The id of the administrator who runs it: always on the keep list. */
  readonly administrator: string | null
  /** IANA zone of the clinic. */
  readonly zone: string
  /** What looked real a moment ago: then only what nobody decided about is counted again. */
  readonly guard?: readonly GuardSignal[]
  /** Whether the transaction may make temporary tables; without, plans row by row throw `TemporaryTablesNeeded`. */
  readonly temporary: boolean
}

/** A plan with what its execution needs. */
export interface Prepared {
  readonly plan: CleanupPlan
  readonly structure: Structure
  readonly sets: Sets
  readonly work: Work
  readonly counts: ReadonlyMap<string, Counted>
}

/** Thrown inside a read-only transaction when rows must be chosen one by one. */
export class TemporaryTablesNeeded extends Error {}

/**
 * What a cleanup with these decisions would do, from the live catalogue and exact counts of this moment. Writes
 * nothing but temporary tables. Throws `SCHEMA_CHANGED` when tables vanish meanwhile.
 */
export async function planCleanup(
  transaction: Transaction,
  schema: ClinicSchema,
  options: PlanOptions,
): Promise<CleanupPlan> {
  return (await prepareCleanup(transaction, schema, options)).plan
}

/** The same, with the sets of rows, for the engine. */
export async function prepareCleanup(
  transaction: Transaction,
  schema: ClinicSchema,
  options: PlanOptions,
): Promise<Prepared> {
  const { decisions, zone } = options
  await steady(transaction)
  // Sets of a million rows are compared in memory, not through the disk of a server with small defaults.
  await transaction.query(
    `SELECT set_config('work_mem', '64MB', true) WHERE pg_size_bytes(current_setting('work_mem')) < pg_size_bytes('64MB')`,
  )
  const catalogue = await readCatalogue(transaction)
  const structure = buildStructure(catalogue, schema.name, decisions)
  if (needsTemporary(structure) && !options.temporary) throw new TemporaryTablesNeeded()
  const tableNamed = (name: string) => {
    const table =
      schema.table(name) && [...catalogue.tables.values()].find((t) => t.schema === schema.name && t.name === name)
    if (!table) throw new AppError('SCHEMA_CHANGED', { table: name })
    return table
  }
  const users = await readUsers(transaction, schema)
  const list = keepList(users, decisions, options.administrator)
  const patients = tableNamed(known.patients)
  const sets = await findSets(transaction, structure, [
    ...patientSeeds(schema, zone, decisions, patients.key, patients.primaryKey[0] ?? 'id'),
    ...staffSeeds(
      tableNamed(known.users),
      schema.table(known.podiatrists) ? tableNamed(known.podiatrists) : null,
      list.ids,
    ),
  ])
  const counts = await countRows(transaction, structure, sets)
  const clears = await countClearing(transaction, sets)
  const staff = await staffOf(transaction, { users, list, sets, table: tableNamed(known.users), decisions })
  const usersTable = tableNamed(known.users)
  const canDeactivate = schema.table(known.users)?.columns.get('activo')?.type === 'boolean'
  const idle = staff.deactivated.filter(({ active }) => active).map(({ id }) => id)
  const deactivate = canDeactivate && idle.length > 0 ? { table: usersTable, ids: idle } : null
  const work = workOf(structure, counts, clears, deactivate)
  const questions = await questionsOf(transaction, structure, decisions, { counts, clears })
  const open = new Set(questions.filter(({ decided }) => decided === null).map(({ table }) => table))
  const guard = decisions.scopes.clinical ? await readGuard(transaction, schema, zone, decisions, options.guard) : []
  const tables = plannedTables(structure, { counts, clears, work, open, decisions })
  const views = staleViews(structure)
  const needed = sets.needed(patients.key)
  const neededPatients = needed === null ? 0 : await countOf(transaction, needed)
  const notes = notesOf(structure, work, views)
  if (neededPatients > 0) notes.push({ code: 'patientsNeeded', params: { count: neededPatients } })
  const unknown = await unknownPatients(transaction, patients, decisions.keepPatients)
  if (unknown.length > 0)
    notes.push({ code: 'patientsUnknown', params: { count: unknown.length, ids: unknown.slice(0, 20).join(', ') } })
  if (!canDeactivate && staff.deactivated.length > 0)
    notes.push({ code: 'cannotDeactivate', params: { count: staff.deactivated.length } })
  const members = [...structure.members.keys()]
  const prints = await printCatalogue(
    transaction,
    [...new Set([...members, ...work.touched.map(({ key }) => key)])].sort(),
  )
  const staffUnsure = decisions.scopes.users !== 'keep' && list.byDefault && list.missing.length > 0
  const plan: CleanupPlan = {
    hash: hashOf({
      format: 1,
      database: catalogue.database,
      schema: schema.name,
      decisions: settled(decisions),
      staff: [staff.kept, staff.removed, staff.deactivated].map((each) => each.map(({ id }) => id).sort()),
      catalogue: prints,
      counts: tables
        .filter(({ key }) => structure.members.has(key) || work.touched.some((table) => table.key === key))
        .map(({ key, rows, deleted, cleared }) => ({ key, rows, deleted, cleared })),
    }),
    ...{ database: catalogue.database, serverVersion: catalogue.serverVersion, role: catalogue.role },
    ...{ decisions, tables, questions, guard, staff, notes },
    residue: await readResidue(transaction, structure, sets),
    refusals: refusalsOf(
      structure,
      work,
      staff.kept.map(({ id }) => id),
    ),
    totals: totalsOf(tables, patients.key),
    decided: open.size === 0 && guard.every(({ decided }) => decided !== null) && !staffUnsure,
    sessions: await readSessions(transaction),
  }
  return { plan, structure, sets, work, counts }
}

function staffSeeds(users: CatalogueTable, podiatrists: CatalogueTable | null, ids: readonly string[]): Seed[] {
  const seed = (table: CatalogueTable, column: string): Seed => ({
    table: table.key,
    condition: `t.${quoteIdentifier(column)}::text = ANY ($1::text[])`,
    parameters: [ids],
  })
  const linked = podiatrists?.columns.some(({ name }) => name === 'id_usuario')
  return [seed(users, 'id'), ...(podiatrists && linked ? [seed(podiatrists, 'id_usuario')] : [])]
}

async function countRows(transaction: Transaction, structure: Structure, sets: Sets): Promise<Map<string, Counted>> {
  const counts = new Map<string, Counted>()
  const pointing = new Set(structure.edges.map(({ key }) => key.child))
  for (const table of structure.catalogue.tables.values()) {
    const member = structure.members.has(table.key)
    if (!(table.onPath || member || pointing.has(table.key))) continue
    if (!table.select || !table.usable) {
      if (member) throw new AppError('PRIVILEGE_MISSING', { table: table.key, privilege: 'SELECT' })
      counts.set(table.key, { rows: null, deleted: 0 })
      continue
    }
    if (table.kind === 'foreign') continue
    const [row] = await transaction.query<Row & { rows: number; deleted: number }>(
      countSql(sets, structure.members.get(table.key) ?? { table, whole: false }),
    )
    counts.set(table.key, { rows: Number(row?.rows), deleted: Number(row?.deleted) })
  }
  return counts
}

/** Ids that a person chose to keep and that name nobody: somebody must look at them. */
async function unknownPatients(
  transaction: Transaction,
  patients: CatalogueTable,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const column = quoteIdentifier(patients.primaryKey[0] ?? 'id')
  const rows = await transaction.query<Row & { id: string }>(
    `SELECT k.id FROM unnest($1::text[]) k(id) WHERE NOT EXISTS (SELECT FROM ${from(patients)} t WHERE t.${column}::text = k.id) ORDER BY 1`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

async function countClearing(transaction: Transaction, sets: Sets): Promise<Work['clears']> {
  const counted = []
  for (const clearing of sets.clearing) {
    const rows = await countOf(transaction, clearing.select)
    if (rows > 0) counted.push({ ...clearing, rows })
  }
  return counted
}

async function countOf(transaction: Transaction, select: string): Promise<number> {
  const [row] = await transaction.query<Row & { rows: number }>(`SELECT count(*) AS rows FROM (${select}) n`)
  return Number(row?.rows)
}

async function staffOf(
  transaction: Transaction,
  parts: {
    users: readonly CleanupUser[]
    list: ReturnType<typeof keepList>
    sets: Sets
    table: CatalogueTable
    decisions: Decisions
  },
): Promise<StaffPlan> {
  const { users, list, sets, table, decisions } = parts
  const { missing, unknownIds, byDefault } = list
  const listed = new Set(list.ids)
  const rest = users.filter(({ id }) => !listed.has(id))
  const base = { missing, unknownIds, byDefault }
  const kept = users.filter(({ id }) => listed.has(id))
  if (decisions.scopes.users === 'keep') return { ...base, kept: users, removed: [], deactivated: [] }
  if (decisions.scopes.users === 'deactivate') return { ...base, kept, removed: [], deactivated: rest }
  const gone = await transaction.query<Row & { id: string }>(
    `SELECT t.id::text AS id FROM ${from(table)} t WHERE ${sets.goes(table.key, 't')}`,
  )
  const ids = new Set(gone.map(({ id }) => id))
  return {
    ...{ ...base, kept },
    removed: rest.filter(({ id }) => ids.has(id)),
    deactivated: rest.filter(({ id }) => !ids.has(id)),
  }
}

/** Decisions as they count for the hash: the order of a list, or a way of saying the same, is no change. */
function settled(decisions: Decisions): unknown {
  const sorted = (list: readonly string[] | null) => list && [...new Set(list)].sort()
  return { ...decisions, keepUsers: null, keepPatients: sorted(decisions.keepPatients) }
}
