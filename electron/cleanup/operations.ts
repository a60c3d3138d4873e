import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { TryRestoreInput } from '#shared/cleanup-backup.ts'
import type { Outcome, RunInput } from '#shared/cleanup-run.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import type { Job, JobKind, JobProgress } from '#shared/jobs.ts'
import type { SessionState } from '#shared/session.ts'
import { assertFolder } from './backup/folder.ts'
import type { Derive } from './backup/key.ts'
import { readBackup } from './backup/reader.ts'
import { contentOf } from './content.ts'
import { readHistory } from './history.ts'
import { type By, openJournal } from './journal.ts'
import { createTeller } from './paced.ts'
import { createProtection } from './protection.ts'
import { reportOf } from './report.ts'
import { type RestoreOptions, restoreBackup } from './restore.ts'
import { RestoreRefused } from './restore-check.ts'
import { planRestore } from './restore-plan.ts'
import { runCleanup } from './run.ts'
import { changeSeal, readSeal } from './seal.ts'
import { createShelf } from './shelf.ts'

interface Control {
  readonly signal: AbortSignal
  report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
  passPointOfNoReturn(): void
}

export interface OperationParts {
  readonly database: () => Database
  readonly openOwner: (owner: { user: string; password: string } | null) => Promise<Database>
  readonly zone: () => string
  readonly session: { state(): SessionState }
  readonly jobs: { start(kind: JobKind, work: (control: Control) => Promise<void>): Job }
  readonly keepFile: (title: string, ending: 'json' | 'pdf', content: string | Buffer) => Promise<ExportResult>
  /** Prints a document of ours, HTML without scripts, as PDF. */
  readonly printDocument: (html: string) => Promise<Buffer>
  /** The profile in use; null without one. */
  readonly profile: () => { host: string; port: number; environment: string; name: string } | null
  readonly app: { readonly name: string; readonly version: string }
  /** What this workstation remembers: cleanups, restores, folders. */
  readonly journalFile: string
  /** The program's own folders, where no backup belongs. */
  readonly application: readonly string[]
  /** The system's dialogs; null when a person changes their mind. */
  readonly choose: (what: 'backupFolder' | 'backupFile') => Promise<string | null>
  /** Makes the key of a passphrase in a process of its own, so that the 128 MiB it costs are never ours. */
  readonly deriveAside: Derive
  /** The path of the backup that a person opened with the system, once; null when there is none. */
  readonly openedFile: () => string | null
  readonly log: Log
}

type Operations = Omit<
  HandlersOf<'cleanup'>,
  `cleanup.${'plan' | 'exportPlan' | 'savePlan' | 'users' | 'searchPatients' | 'rehearse' | 'result'}`
>

const remembered = 20
/** Milliseconds that a cancelled job may still take to end by itself. */
const patience = 15_000

/** Everything that follows the last confirmation: run, backups, restore, history, seal. */
export function createOperations(parts: OperationParts): Operations {
  const { database, session, jobs, log, application, choose } = parts
  const journal = openJournal({ file: parts.journalFile, log })
  const shelf = createShelf({ journal, application, choose })
  const protection = createProtection(parts.deriveAside, log)
  const outcomes = new Map<string, Outcome>()
  let running: string | null = null

  function who(): By & { readonly fullName: string } {
    const state = session.state()
    if (state.status === 'out') throw new AppError('NOT_LOGGED_IN')
    return { id: state.user.id, userName: state.user.userName, fullName: state.user.fullName }
  }

  function keep(id: string, outcome: Outcome): void {
    outcomes.set(id, outcome)
    for (const old of [...outcomes.keys()].slice(0, -remembered)) outcomes.delete(old)
  }

  /** A job whose outcome waits under its id; a refusal with its list is an outcome too. */
  function start(
    kind: JobKind,
    unit: JobProgress['unit'],
    work: (id: string, control: Paced) => Promise<Outcome>,
  ): Job {
    const job = jobs.start(kind, async (control) => {
      running = job.id
      try {
        keep(
          job.id,
          await work(job.id, {
            signal: control.signal,
            passPointOfNoReturn: control.passPointOfNoReturn,
            ...createTeller(control.report, (phase) => unitOf(phase, unit)),
          }),
        )
      } catch (error) {
        if (error instanceof RestoreRefused && error.content)
          keep(job.id, { kind: 'restorePlan', content: error.content, obstacles: error.obstacles, occupied: [] })
        throw error
      } finally {
        running = null
      }
    })
    return job
  }

  async function asOwner<T>(
    owner: RunInput['owner'],
    work: (used: Database) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const used = await parts.openOwner(owner)
    // A link that swallows everything never says that the statement was cancelled: then it is cut.
    let timer: NodeJS.Timeout | undefined
    const cut = () => {
      timer = setTimeout(() => void used.close(0).catch(() => undefined), patience)
    }
    signal?.addEventListener('abort', cut, { once: true })
    try {
      return await work(used)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cut)
      await used.close()
    }
  }

  /** Restores a backup as the owner, or does the same and undoes it. */
  function putBack(kind: RestoreOptions['kind'], input: TryRestoreInput, databaseName: string | null): Job {
    const [by, file] = [who(), shelf.fileOf(input.backup)]
    const unlock = protection.unlock(input.unlock)
    return start(`cleanup.${kind}`, 'rows', (id, control) =>
      asOwner(
        input.owner,
        (used) =>
          restoreBackup(used, {
            ...{ kind, id, file, unlock, databaseName, by, record: kind === 'restore', journal, log },
            ...control,
          }),
        control.signal,
      ),
    )
  }

  function profile() {
    const found = parts.profile()
    if (!found) throw new AppError('NOT_CONNECTED')
    return found
  }

  async function assertDatabase(typed: string): Promise<void> {
    const [row] = await database().read((transaction) =>
      transaction.query<{ name: string }>('SELECT current_database()::text AS name'),
    )
    if (row?.name !== typed) throw new AppError('CONFIRMATION_WRONG', { what: 'database' })
  }

  async function seal() {
    const { name } = await database().schema()
    return database().read((transaction) => readSeal(transaction, name))
  }

  return {
    'cleanup.folders': () => shelf.folders(),
    'cleanup.chooseFolder': () => shelf.chooseFolder(),
    'cleanup.checkFolder': ({ folder }) => shelf.checkFolder(folder),
    'cleanup.backups': ({ folder }) => shelf.backups(folder),
    'cleanup.chooseBackup': () => shelf.chooseBackup(),
    'cleanup.openedBackup': async () => {
      const path = parts.openedFile()
      return path === null ? null : shelf.show(path)
    },
    'cleanup.deleteBackup': async ({ backup, fileName }) => {
      await shelf.remove(backup, fileName)
      log.info('cleanup.backupDeleted')
    },

    'cleanup.run': (input) => {
      const [by, folder] = [who(), shelf.folderOf(input.folder)]
      const { host, port, environment } = profile()
      const { decisions, hash, databaseName, patients, proof, record } = input
      return start('cleanup.run', 'rows', async (id, control) => {
        await assertFolder(folder, { bytes: 0, application })
        const outcome = await asOwner(
          input.owner,
          (used) =>
            runCleanup(used, {
              ...{ id, decisions, hash, by, folder, proof, record, journal, log, environment },
              ...{ administrator: by.id, zone: parts.zone(), app: parts.app, server: { host, port } },
              typed: { databaseName, patients },
              baseName: `limpieza-${new Date().toISOString().slice(0, 10)}`,
              protection: protection.protect(input.protection),
              ...control,
            }),
          control.signal,
        )
        await journal.addFolder(folder).catch(() => undefined)
        const { milliseconds, tables, backup } = outcome
        log.info('cleanup.done', { hash, ms: milliseconds, tables: tables.length, bytes: backup.bytes })
        return outcome
      })
    },
    'cleanup.outcome': ({ id }) => {
      const outcome = outcomes.get(id)
      if (!outcome) throw new AppError('NOT_FOUND', { what: 'outcome' })
      return outcome
    },

    'cleanup.verifyBackup': ({ backup, unlock }) => {
      const file = shelf.fileOf(backup)
      return start('cleanup.verifyBackup', 'bytes', async (_, { signal, report }) => {
        const started = performance.now()
        const { manifest } = await readBackup(file, protection.unlock(unlock), {
          signal,
          onProgress: (done, total) => report('read', done, total),
        })
        return {
          ...{ kind: 'verifyBackup', content: contentOf(manifest) },
          milliseconds: Math.round(performance.now() - started),
        }
      })
    },
    'cleanup.restorePlan': ({ backup, unlock, owner }) => {
      const file = shelf.fileOf(backup)
      return start('cleanup.restorePlan', 'rows', (_, control) =>
        asOwner(
          owner,
          (used) => planRestore(used, { file, unlock: protection.unlock(unlock), ...control }),
          control.signal,
        ),
      )
    },
    'cleanup.testRestore': (input) => putBack('testRestore', input, null),
    'cleanup.restore': (input) => putBack('restore', input, input.databaseName),

    'cleanup.history': () => readHistory(database(), { journal, log, running: () => running }),
    'cleanup.saveReport': async ({ id, format }) => {
      const history = await readHistory(database(), { journal, log, running: () => running })
      const entry = history.find((each) => each.id === id)
      if (!entry) throw new AppError('NOT_FOUND', { what: 'report' })
      const report = reportOf(entry, outcomes.get(id) ?? null, { zone: parts.zone(), clinic: profile().name })
      const content = format === 'json' ? report.json : await parts.printDocument(report.html)
      return parts.keepFile(report.title, format, content)
    },

    'cleanup.sealState': seal,
    'cleanup.seal': async ({ databaseName, owner }) => {
      await assertDatabase(databaseName)
      const by = who()
      log.info('cleanup.seal')
      return asOwner(owner, (used) => changeSeal(used, { action: 'seal', reason: null, by }))
    },
    'cleanup.reopen': async ({ databaseName, reason, owner }) => {
      await assertDatabase(databaseName)
      const by = who()
      log.warn('cleanup.reopen')
      return asOwner(owner, (used) => changeSeal(used, { action: 'reopen', reason, by }))
    },
  }
}

type Paced = Pick<Parameters<typeof runCleanup>[1], 'signal' | 'report' | 'waiting' | 'passPointOfNoReturn'>

function unitOf(phase: string, unit: JobProgress['unit']): JobProgress['unit'] {
  if (phase === 'empty' || phase === 'rebuild') return 'steps'
  if (phase === 'read') return 'bytes'
  return phase === 'lock' || phase === 'count' || phase === 'verify' ? 'tables' : unit
}
