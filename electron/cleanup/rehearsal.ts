import type { Database, RequestOptions, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { CleanupPlan, RehearsalResult } from '#shared/cleanup.ts'
import { AppError } from '#shared/errors.ts'
import type { LockWait } from '#shared/jobs.ts'
import { type EngineOptions, type Executed, execute } from './engine.ts'
import { samplePatients } from './patients.ts'
import { type PlanOptions, planCleanup, TemporaryTablesNeeded } from './plan.ts'
import { readHolders } from './sessions.ts'
import { watchWaiting } from './waiting.ts'

/** No limit on a statement, nor on the pauses of the export: only waiting for a lock gives up (design, rule 9). */
export const jobOptions: RequestOptions = { statementTimeout: 0, lockTimeout: 10_000, idleTimeout: 0, jit: false }

/** Ends a transaction that did its work and must leave nothing. */
class Undone<T> extends Error {
  constructor(readonly value: T) {
    super('undone')
  }
}

/** Runs `work` in a READ COMMITTED transaction that may make temporary tables, and always rolls it back. */
export async function undone<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
  options: RequestOptions,
): Promise<T> {
  try {
    return await database.write(async (transaction) => {
      throw new Undone(await work(transaction))
    }, options)
  } catch (error) {
    if (error instanceof Undone) return error.value as T
    throw error
  }
}

/**
 * The plan of this moment. Only reads where whole tables go; where rows are chosen one by one it needs temporary
 * tables, made and forgotten in a transaction that is rolled back.
 */
export async function planFrom(database: Database, options: Omit<PlanOptions, 'temporary'>): Promise<CleanupPlan> {
  const schema = await database.schema()
  const limits = { statementTimeout: 120_000, jit: false }
  try {
    return await database.read(
      (transaction) => planCleanup(transaction, schema, { ...options, temporary: false }),
      limits,
    )
  } catch (error) {
    if (!(error instanceof TemporaryTablesNeeded)) throw error
    return undone(database, (transaction) => planCleanup(transaction, schema, { ...options, temporary: true }), limits)
  }
}

export type RehearsalOptions = Omit<EngineOptions, 'beforeEmpty'> & Interruptible & { readonly lockTimeout?: number }

/**
 * Executes the plan for real and rolls it back (design, rule 2): exact counts, the time it takes and the hash, and no
 * trace. Looks first, without a lock, whether it may run at all. Throws what `execute` throws, and `CANCELLED`.
 */
export async function rehearse(database: Database, options: RehearsalOptions): Promise<RehearsalResult> {
  const started = performance.now()
  const schema = await database.schema()
  const plan = await planFrom(database, options)
  const [refusal] = plan.refusals
  if (refusal) throw new AppError('CLEANUP_REFUSED', { reason: refusal.code, ...refusal.params })
  if (!plan.decided) throw new AppError('CLEANUP_UNDECIDED', { questions: plan.questions.length })
  const limits = { ...jobOptions, ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }) }
  const locked = performance.now()
  const { executed, samples } = await interruptible(database, options, (watch) =>
    undone(
      database,
      async (transaction) => {
        await watch(transaction)
        return rehearseInside(transaction, schema, { ...options, guard: plan.guard })
      },
      limits,
    ),
  ).catch((error: unknown) => explain(database, plan, error))
  const ended = performance.now()
  return {
    plan: executed.prepared.plan,
    tables: executed.tables,
    phases: executed.phases,
    milliseconds: Math.round(ended - started),
    lockedMilliseconds: Math.round(ended - locked),
    recreatedKeys: executed.prepared.work.recreate.length,
    keptFingerprints: executed.fingerprints,
    samples,
  }
}

async function rehearseInside(
  transaction: Transaction,
  schema: ClinicSchema,
  options: RehearsalOptions,
): Promise<{ executed: Executed; samples: RehearsalResult['samples'] }> {
  let samples: RehearsalResult['samples'] = []
  const executed = await execute(transaction, schema, {
    ...options,
    beforeEmpty: async ({ sets }) => {
      samples = await samplePatients(transaction, schema, sets)
    },
  })
  options.report('rollback', 0, null)
  return { executed, samples }
}

/** How a long work hears of a person who cancels, and tells whom it waits for. */
export interface Interruptible {
  readonly signal: AbortSignal
  /** Hears who holds the lock that it waits for, and null when nobody does any more. */
  readonly waiting?: (waiting: LockWait | null) => void
}

/**
 * Lets a cancellation reach a statement that is running: the server is asked, over another connection, to stop it.
 * What then fails is told as `CANCELLED`. Over another connection it also asks whom the work waits for.
 */
export async function interruptible<T>(
  database: Database,
  { signal, waiting }: Interruptible,
  work: (watch: (transaction: Transaction) => Promise<void>) => Promise<T>,
): Promise<T> {
  let process: number | null = null
  // Begun here: inside the transaction nobody may ask for another connection.
  const unwatch = waiting ? watchWaiting(database, () => process, waiting) : () => {}
  const stop = () => {
    if (process === null) return
    const pid = process
    void database.read((transaction) => transaction.query('SELECT pg_cancel_backend($1)', [pid])).catch(() => undefined)
  }
  signal.addEventListener('abort', stop)
  try {
    return await work(async (transaction) => {
      const [row] = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      process = row?.pid ?? null
    })
  } catch (error) {
    if (signal.aborted && error instanceof AppError && error.code === 'STATEMENT_TIMEOUT')
      throw new AppError('CANCELLED')
    throw error
  } finally {
    process = null
    unwatch()
    signal.removeEventListener('abort', stop)
  }
}

/** Says who holds the lock that was waited for; a deadlock is one of these. */
export async function explain(database: Database, plan: CleanupPlan, error: unknown): Promise<never> {
  const waited = error instanceof AppError && (error.code === 'LOCK_TIMEOUT' || error.params.sqlstate === '40P01')
  if (!waited) throw error
  const holders = await database
    .read((transaction) =>
      readHolders(
        transaction,
        plan.tables.map(({ key }) => key),
      ),
    )
    .catch(() => '')
  throw new AppError('LOCK_TIMEOUT', { ...error.params, ...(holders === '' ? {} : { holders }) })
}
