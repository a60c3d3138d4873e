import type { Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { CleanupPhase, RehearsedTable } from '#shared/cleanup.ts'
import { AppError } from '#shared/errors.ts'
import type { CatalogueTable } from './catalogue.ts'
import { type Change, noteChanges } from './changes.ts'
import { empty } from './empty.ts'
import { type Fingerprint, fingerprint, newSeeds, readSequences, type Seeds, same, sequencesOf } from './fingerprint.ts'
import { lockTables } from './lock.ts'
import { type PlanOptions, type Prepared, prepareCleanup } from './plan.ts'
import { readTables } from './preflight.ts'
import { firstDifference, type Print, printCatalogue } from './print.ts'

/** What the steps between counting and emptying are handed: the same rows, under the same locks. */
export interface UnderLock extends Prepared {
  readonly transaction: Transaction
  readonly changes: readonly Change[]
  readonly seeds: Seeds
  /** Everything about the tables that must come back the same. */
  readonly prints: readonly Print[]
}

export interface EngineOptions extends Omit<PlanOptions, 'temporary'> {
  /** The hash a person confirmed; null for a rehearsal, which finds it out. */
  readonly expectedHash: string | null
  /** Backup, re-reading and proof: after everything is counted under lock, before anything is touched. */
  readonly beforeEmpty?: (context: UnderLock) => Promise<void>
  readonly signal: AbortSignal
  report(phase: CleanupPhase, done: number, total: number | null): void
  /** Hears how long each phase took, as it ends. */
  readonly onPhase?: (time: PhaseTime) => void
}

export interface PhaseTime {
  readonly phase: CleanupPhase
  readonly milliseconds: number
}

export interface Executed {
  readonly prepared: Prepared
  readonly tables: readonly RehearsedTable[]
  readonly phases: readonly PhaseTime[]
  readonly fingerprints: number
}

/**
 * The cleanup itself, inside a READ COMMITTED transaction that the caller commits or rolls back: locks, counts,
 * empties, and proves that exactly what was planned is gone and all else is as it was. Throws before it touches
 * anything: `CLEANUP_RUNNING`, `LOCK_TIMEOUT`, `CLEANUP_REFUSED` (reason, table, privilege), `CLEANUP_UNDECIDED`,
 * `CLEANUP_PLAN_CHANGED`, `SCHEMA_CHANGED`; afterwards `CLEANUP_NOT_PROVEN` (what, where), so that all is undone.
 */
export async function execute(
  transaction: Transaction,
  schema: ClinicSchema,
  options: EngineOptions,
): Promise<Executed> {
  const phases: PhaseTime[] = []
  const phase = async <T>(name: CleanupPhase, work: () => Promise<T>): Promise<T> => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    options.report(name, 0, null)
    const started = performance.now()
    const value = await work()
    const time = { phase: name, milliseconds: Math.round(performance.now() - started) }
    phases.push(time)
    options.onPhase?.(time)
    return value
  }
  const step = (name: CleanupPhase) => (done: number, total: number) => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    options.report(name, done, total)
  }
  // Rather an error than rows that a policy hides.
  await transaction.query('SET LOCAL row_security = off')
  const locked = await phase('lock', () => lockTables(transaction, schema, options.decisions, step('lock')))
  const before = await phase('count', async () => {
    const prepared = await prepareCleanup(transaction, schema, { ...options, temporary: true })
    assertReady(prepared, locked, options.expectedHash)
    return readBefore(transaction, prepared, step('count'))
  })
  const { prepared, changes, seeds, prints } = before
  await options.beforeEmpty?.({ ...prepared, transaction, changes, seeds, prints })
  const restart = options.decisions.restartIdentities
  await phase('empty', () =>
    empty(transaction, prepared.work, { sets: prepared.sets, changes, restart }, step('empty')),
  )
  const tables = await phase('verify', () => verify(transaction, before, restart, step('verify')))
  return { prepared, tables, phases, fingerprints: before.kept.size }
}

function assertReady({ plan, work }: Prepared, locked: ReadonlySet<string>, expected: string | null): void {
  const [refusal] = plan.refusals
  if (refusal) throw new AppError('CLEANUP_REFUSED', { reason: refusal.code, ...refusal.params })
  if (!plan.decided) throw new AppError('CLEANUP_UNDECIDED', { questions: plan.questions.length })
  if (expected !== null && plan.hash !== expected) throw new AppError('CLEANUP_PLAN_CHANGED')
  const names = [...work.touched.map(({ key }) => key), ...work.recreate.map(({ parent }) => parent)]
  const unlocked = names.find((key) => !locked.has(key))
  if (unlocked !== undefined) throw new AppError('SCHEMA_CHANGED', { table: unlocked })
}

type Step = (done: number, total: number) => void

interface Before {
  readonly prepared: Prepared
  readonly changes: readonly Change[]
  readonly seeds: Seeds
  readonly kept: ReadonlyMap<CatalogueTable, Fingerprint>
  readonly prints: readonly Print[]
  readonly sequences: ReadonlyMap<string, string | null>
}

async function readBefore(transaction: Transaction, prepared: Prepared, step: Step): Promise<Before> {
  const { work, sets, structure } = prepared
  const changes = await noteChanges(transaction, work, sets)
  const seeds = newSeeds()
  const kept = new Map<CatalogueTable, Fingerprint>()
  const tables = readTables(structure.catalogue, work)
  for (const [done, table] of tables.entries()) {
    step(done, tables.length)
    const change = changes.find((each) => each.table === table)
    kept.set(table, await fingerprint(transaction, table, seeds, { sets, change }))
  }
  return {
    ...{ prepared, changes, seeds, kept },
    prints: await printCatalogue(
      transaction,
      tables.map(({ key }) => key),
    ),
    sequences: await readSequences(transaction),
  }
}

async function verify(
  transaction: Transaction,
  before: Before,
  restart: boolean,
  step: Step,
): Promise<RehearsedTable[]> {
  const { prepared, changes, seeds, kept } = before
  const { work, counts } = prepared
  const tables: RehearsedTable[] = []
  for (const [table, was] of kept) {
    step(tables.length, kept.size)
    const follow = changes.find((each) => each.table === table)?.follow ?? new Set<string>()
    const now = await fingerprint(transaction, table, seeds, null, follow)
    const { rows, deleted } = counts.get(table.key) ?? { rows: null, deleted: 0 }
    if (rows === null || now.rows !== rows - deleted) throw notProven('rows', table.key)
    if (!same(was, now)) throw notProven('kept', table.key)
    const cleared = work.clears
      .filter(({ edge }) => edge.key.child === table.key)
      .reduce((sum, each) => sum + each.rows, 0)
    tables.push({ key: table.key, before: rows, deleted, cleared, after: now.rows })
  }
  const prints = await printCatalogue(
    transaction,
    [...kept.keys()].map(({ key }) => key),
  )
  const difference = firstDifference(before.prints, prints)
  if (difference !== null) throw notProven('catalogue', difference)
  const restarted = restart
    ? await sequencesOf(
        transaction,
        work.truncate.map(({ key }) => key),
      )
    : new Set<string>()
  const sequences = await readSequences(transaction)
  for (const [key, last] of before.sequences) {
    if (sequences.get(key) !== (restarted.has(key) ? null : last)) throw notProven('sequence', key)
  }
  return tables
}

function notProven(what: 'rows' | 'kept' | 'catalogue' | 'sequence', where: string): AppError {
  return new AppError('CLEANUP_NOT_PROVEN', { what, where })
}
