import type { Database, Transaction } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { CleanupPhase } from '#shared/cleanup.ts'
import type { PhaseTime, RestoreOutcome } from '#shared/cleanup-run.ts'
import { AppError } from '#shared/errors.ts'
import { tidyUp } from './after.ts'
import { readBackup } from './backup/reader.ts'
import type { Unlock } from './backup/types.ts'
import { contentOf, readContent } from './content.ts'
import { type By, type Journal, markedAs, noted, type StoredEntry } from './journal.ts'
import { type Opened, putBack } from './put-back.ts'
import { writeRecord } from './record.ts'
import { type Interruptible, interruptible, jobOptions, undone } from './rehearsal.ts'
import { RestoreRefused } from './restore-check.ts'
import { lasting } from './steady.ts'

export interface RestoreOptions extends Interruptible {
  /** `testRestore` does the same and undoes it. */
  readonly kind: 'restore' | 'testRestore'
  readonly id: string
  readonly file: string
  readonly unlock: Unlock
  /** The name of the database as the person typed it; null for a test. */
  readonly databaseName: string | null
  readonly by: By
  readonly record: boolean
  readonly journal: Journal
  readonly log: Log
  report(phase: CleanupPhase, done: number, total: number | null): void
  passPointOfNoReturn(): void
  readonly lockTimeout?: number
}

/**
 * Puts back exactly what a cleanup took: rows, forgotten references, next values; in one transaction, with every user
 * trigger held and put back into the state it had, and proven by the fingerprints of the day of the cleanup. The backup is read
 * twice: whole and sound first, into the tables after. Throws the codes of `backup/`, `RESTORE_REFUSED` with the list
 * of what stands in the way, `RESTORE_NOT_PROVEN`, `CLEANUP_RUNNING`, `CLEANUP_SEALED`, `CONFIRMATION_WRONG`, `LOCK_TIMEOUT`, `COMMIT_UNKNOWN`.
 */
export async function restoreBackup(database: Database, options: RestoreOptions): Promise<RestoreOutcome> {
  const started = performance.now()
  const schema = await database.schema()
  const phases: PhaseTime[] = []
  const timed = async <T>(phase: CleanupPhase, work: () => Promise<T>): Promise<T> => {
    if (options.signal.aborted) throw new AppError('CANCELLED')
    options.report(phase, 0, null)
    const began = performance.now()
    const value = await work()
    phases.push({ phase, milliseconds: Math.round(performance.now() - began) })
    return value
  }
  const first = await timed('read', () =>
    readBackup(options.file, options.unlock, {
      signal: options.signal,
      onProgress: (done, total) => options.report('read', done, total),
    }),
  )
  const { manifest } = first
  if (options.databaseName !== null && options.databaseName !== manifest.database)
    throw new AppError('CONFIRMATION_WRONG', { what: 'database' })
  const backup: Opened = { ...readContent(manifest), ...first }
  let entry: StoredEntry | null = null
  const work = async (transaction: Transaction) => {
    const restored = await putBack(transaction, schema.name, backup, options, timed)
    if (options.kind === 'testRestore') return { ...restored, record: 'notAsked' as const }
    return timed('commit', async () => {
      entry = await begin(transaction, options, backup)
      await options.journal.put(entry).catch(() => {
        throw new AppError('FILE_NOT_WRITTEN', { reason: 'other' })
      })
      const counts = Object.fromEntries(restored.tables.map(({ key, restored: rows }) => [key, rows]))
      const record = options.record ? await writeRecord(transaction, schema.name, entry, counts) : 'notAsked'
      options.passPointOfNoReturn()
      return { ...restored, record }
    })
  }
  const limits = { ...jobOptions, ...(options.lockTimeout === undefined ? {} : { lockTimeout: options.lockTimeout }) }
  const done = await interruptible(database, options, (watch) => {
    const watched = async (transaction: Transaction) => {
      await watch(transaction)
      await lasting(transaction)
      return work(transaction)
    }
    return options.kind === 'restore' ? database.write(watched, limits) : undone(database, watched, limits)
  }).catch(async (error: unknown) => {
    if (entry) await noted(options.journal, markedAs(entry, error), options.log)
    if (error instanceof RestoreRefused) error.content = contentOf(manifest)
    throw error
  })
  if (entry) {
    await noted(options.journal, { ...(entry as StoredEntry), outcome: 'done' }, options.log)
    options.report('after', 0, null)
    await tidyUp(database, { tables: done.tables.map(({ key }) => key), views: done.views, log: options.log })
  }
  const { tables, sequences, proven, changedSince, record } = done
  return {
    ...{ kind: options.kind, id: options.id, content: contentOf(manifest), tables, phases },
    ...{ milliseconds: Math.round(performance.now() - started), sequences, proven, changedSince, record },
  }
}

async function begin(
  transaction: Transaction,
  { id, by, file, unlock }: RestoreOptions,
  { manifest, sha256, bytes }: Opened,
): Promise<StoredEntry> {
  const [row] = await transaction.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid')
  const rows = manifest.tables.filter(({ role }) => role === 'deleted').reduce((sum, each) => sum + each.rows, 0)
  const name = file.split(/[\\/]/).pop() ?? ''
  const protection = unlock === null ? 'none' : 'passphrase' in unlock ? 'passphrase' : 'recipient'
  return {
    ...{
      id,
      kind: 'restore',
      at: Math.floor(Date.now() / 1000),
      by,
      database: manifest.database,
      hash: manifest.planHash,
    },
    ...{
      patients: null,
      rows,
      tables: manifest.tables.length,
      file,
      outcome: 'begun',
      xid: row?.xid ?? null,
      error: null,
    },
    backup: { backup: manifest.id, name, bytes, sha256, protection },
  }
}
