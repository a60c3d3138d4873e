import type { Database, Transaction } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import type { Log } from '#electron/log.ts'
import type { CleanupPhase, CleanupPlan } from '#shared/cleanup.ts'
import type { BackupIdentity, PhaseTime, RunOutcome } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import { tidyUp } from './after.ts'
import { backUp, type WrittenBackup } from './back-up.ts'
import { prepared } from './backup/encryption.ts'
import type { BackupWriter, Protection } from './backup/types.ts'
import { type EngineOptions, type Executed, execute, type UnderLock } from './engine.ts'
import { type By, type Journal, markedAs, noted, type StoredEntry } from './journal.ts'
import { writeRecord } from './record.ts'
import { explain, type Interruptible, interruptible, jobOptions, planFrom } from './rehearsal.ts'
import { readFileNames, staleViews } from './residue.ts'
import { roomNeeded } from './room.ts'
import { lasting } from './steady.ts'

export interface RunOptions extends Omit<EngineOptions, 'beforeEmpty' | 'expectedHash'>, Interruptible {
  /** The id of this run in journal and record. */
  readonly id: string
  readonly hash: string
  /** What the person typed. */
  readonly typed: { readonly databaseName: string; readonly patients: number }
  readonly by: By
  readonly folder: string
  /** The file's name without its ending. */
  readonly baseName: string
  readonly protection: Protection
  readonly app: { readonly name: string; readonly version: string }
  readonly server: { readonly host: string; readonly port: number }
  readonly environment: string
  readonly proof: boolean
  /** Whether the record may be written in the database. */
  readonly record: boolean
  readonly journal: Journal
  readonly log: Log
  passPointOfNoReturn(): void
  readonly lockTimeout?: number
}

/**
 * The cleanup (design, section 5): in one READ COMMITTED transaction under locks it counts, writes the backup, reads it
 * back, lets the server prove it, gives it its name, deletes, proves what stays, records itself, and commits. Whatever
 * happens at whatever instant, the database is as it was, or is clean beside a whole backup. Throws the codes of
 * `execute` and of `backup/`, `CONFIRMATION_WRONG`, `BACKUP_NOT_PROVEN`, `CLEANUP_NO_KEY`, `COMMIT_UNKNOWN`.
 */
export async function runCleanup(database: Database, options: RunOptions): Promise<RunOutcome> {
  const started = performance.now()
  const schema = await database.schema()
  const plan = await planFrom(database, options)
  confirm(plan, options)
  const protection = prepared(options.protection)
  const limits = { ...jobOptions, ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }) }
  const locked = performance.now()
  const state: State = { writer: null, entry: null, phases: [], fileNames: [] }
  const ran = await interruptible(database, options, (watch) =>
    database.write(async (transaction) => {
      await watch(transaction)
      await lasting(transaction)
      return inside(transaction, schema, { ...options, protection, guard: plan.guard }, state)
    }, limits),
  )
    .catch((error: unknown) => explain(database, plan, error))
    .catch((error: unknown) => failed(error, state, options))
  const released = performance.now()
  if (state.entry) await noted(options.journal, { ...state.entry, outcome: 'done' }, options.log)
  const { executed, backup, record } = ran
  options.report('after', 0, null)
  const after = await tidyUp(database, {
    tables: executed.prepared.work.touched.map(({ key }) => key),
    views: staleViews(executed.prepared.structure),
    log: options.log,
  })
  const ended = performance.now()
  const { plan: done } = executed.prepared
  return {
    ...{ kind: 'run', id: options.id, database: done.database, hash: done.hash, patients: done.totals.patients },
    tables: executed.tables,
    phases: [...state.phases, { phase: 'after', milliseconds: Math.round(ended - released) }],
    lockedMilliseconds: Math.round(released - locked),
    milliseconds: Math.round(ended - started),
    ...{ backup, proof: options.proof, record, after },
    files: done.residue.files && { ...done.residue.files, names: state.fileNames },
  }
}

/** What is known when something fails. */
interface State {
  writer: BackupWriter | null
  entry: StoredEntry | null
  readonly phases: PhaseTime[]
  fileNames: readonly string[]
}

interface Ran {
  readonly executed: Executed
  readonly backup: BackupIdentity
  readonly record: RunOutcome['record']
}

/** What was typed is compared with what the server says, never with what the page says. */
function confirm(plan: CleanupPlan, { typed, hash }: RunOptions): void {
  const [refusal] = plan.refusals
  if (refusal) throw new AppError('CLEANUP_REFUSED', { reason: refusal.code, ...refusal.params })
  if (!plan.decided) throw new AppError('CLEANUP_UNDECIDED', { questions: plan.questions.length })
  if (plan.hash !== hash) throw new AppError('CLEANUP_PLAN_CHANGED')
  if (typed.databaseName !== plan.database) throw new AppError('CONFIRMATION_WRONG', { what: 'database' })
  if (typed.patients !== plan.totals.patients) throw new AppError('CONFIRMATION_WRONG', { what: 'patients' })
}

async function inside(transaction: Transaction, schema: ClinicSchema, options: RunOptions, state: State): Promise<Ran> {
  const timed = async <T>(phase: CleanupPhase, work: () => Promise<T>): Promise<T> => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    options.report(phase, 0, null)
    const began = performance.now()
    const value = await work()
    state.phases.push({ phase, milliseconds: Math.round(performance.now() - began) })
    return value
  }
  const executed = await execute(transaction, schema, {
    ...options,
    expectedHash: options.hash,
    onPhase: (time) => state.phases.push(time),
    beforeEmpty: async (context) => {
      confirm(context.plan, options)
      state.fileNames = await readFileNames(transaction, context.structure, context.sets)
      const made = await backUp(context, {
        file: {
          ...{ folder: options.folder, baseName: options.baseName, app: options.app, protection: options.protection },
          ...{ expectedBytes: await roomNeeded(context), signal: options.signal },
        },
        ...{ server: options.server, environment: options.environment, proof: options.proof },
        steps: (phase, work) => timed(phase, () => work((done, total) => options.report(phase, done, total))),
        onWriter: (writer) => {
          state.writer = writer
        },
      })
      // From here on it is a whole backup: of rows that are still there, until the COMMIT.
      const file = await made.writer.publish()
      const backup = identityOf(made, file, options)
      const entry = await begin(context, options, { backup, file })
      state.entry = entry
      await options.journal.put(entry).catch(() => {
        throw new AppError('FILE_NOT_WRITTEN', { reason: 'other' })
      })
    },
  })
  const { entry } = state
  const backup = entry?.backup
  if (!entry || !backup) throw new AppError('INTERNAL', { reason: 'a cleanup without its backup' })
  return timed('commit', async () => {
    const counts = Object.fromEntries(executed.tables.map(({ key, deleted }) => [key, deleted]))
    const record = options.record ? await writeRecord(transaction, schema.name, entry, counts) : 'notAsked'
    options.passPointOfNoReturn()
    return { executed, backup, record }
  })
}

function identityOf({ writer, bytes, sha256 }: WrittenBackup, file: string, options: RunOptions): BackupIdentity {
  const name = file.split(/[\\/]/).pop() ?? ''
  return { backup: writer.id, name, bytes, sha256, protection: options.protection.kind }
}

/** What the workstation writes down before anything is deleted, so that it can find out later what became of it. */
async function begin(
  { transaction, plan }: UnderLock,
  { id, by }: RunOptions,
  { backup, file }: { backup: BackupIdentity; file: string },
): Promise<StoredEntry> {
  const [row] = await transaction.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid')
  const { deletedRows: rows, deletedTables: tables, patients } = plan.totals
  return {
    ...{ id, kind: 'run', at: Math.floor(Date.now() / 1000), by, database: plan.database, hash: plan.hash },
    ...{ patients, rows, tables, backup, file, outcome: 'begun', xid: row?.xid ?? null, error: null },
  }
}

/** Removes what is not whole, and writes down that nothing changed, or that nobody knows. */
async function failed(error: unknown, { writer, entry }: State, { journal, log }: RunOptions): Promise<never> {
  // Does nothing to a file that has its name already.
  await writer?.abandon()
  if (entry) await noted(journal, markedAs(entry, error), log)
  throw error
}
