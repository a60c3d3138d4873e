import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { Decisions, RehearsalResult } from '#shared/cleanup.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import type { Job, JobKind, JobProgress } from '#shared/jobs.ts'
import type { SessionState } from '#shared/session.ts'
import { exportPlan } from './export-plan.ts'
import { findPatients } from './patients.ts'
import { planFrom, rehearse } from './rehearsal.ts'
import { readUsers } from './staff.ts'
import { unfinished } from './unfinished.ts'

export interface CleanupParts {
  /** The clinic's database as everyday work sees it. Throws `NOT_CONNECTED`. */
  readonly database: () => Database
  /** The same database for one job, as its owner, or null: as the profile's own role. Throws the codes of `openDatabase`. */
  readonly openOwner: (owner: { user: string; password: string } | null) => Promise<Database>
  readonly zone: () => string
  /** Who runs it. */
  readonly session: { state(): SessionState }
  readonly jobs: {
    start(
      kind: JobKind,
      work: (control: {
        readonly signal: AbortSignal
        report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
      }) => Promise<void>,
    ): Job
  }
  /** Asks where to keep a file and writes it. Throws `FILE_NOT_WRITTEN`. */
  readonly keepFile: (title: string, ending: 'json' | 'txt', content: string) => Promise<ExportResult>
  readonly log: Log
}

/** Rehearsals whose result can still be asked for. */
const remembered = 5

/**
 * The guided cleanup up to its rehearsal: the plan, who can be kept, and the rehearsal as a job whose result waits under
 * the job's id. Nothing here ever changes the clinic's data.
 */
export function createCleanup(parts: CleanupParts): { readonly handlers: HandlersOf<'cleanup'> } {
  const { database, zone, session, jobs, log } = parts
  const results = new Map<string, RehearsalResult>()

  const administrator = () => {
    const state = session.state()
    return state.status === 'out' ? null : state.user.id
  }
  const plan = (decisions: Decisions) =>
    planFrom(database(), { decisions, administrator: administrator(), zone: zone() })

  return {
    handlers: {
      ...unfinished,
      'cleanup.plan': ({ decisions }) => plan(decisions),
      'cleanup.exportPlan': async ({ decisions }) => exportPlan(await plan(decisions)),
      'cleanup.savePlan': async ({ decisions, form }) => {
        const exported = exportPlan(await plan(decisions))
        return parts.keepFile(exported.title, form === 'json' ? 'json' : 'txt', exported[form])
      },
      'cleanup.users': async () => {
        const schema = await database().schema()
        return database().read((transaction) => readUsers(transaction, schema))
      },
      'cleanup.searchPatients': async ({ text }) => {
        const schema = await database().schema()
        return database().read((transaction) => findPatients(transaction, schema, text), { statementTimeout: 15_000 })
      },
      'cleanup.rehearse': ({ decisions, owner }) => {
        const options = { decisions, administrator: administrator(), zone: zone(), expectedHash: null }
        const job = jobs.start('cleanup.rehearse', async ({ signal, report }) => {
          const used = await parts.openOwner(owner)
          try {
            const result = await rehearse(used, {
              ...{ ...options, signal },
              report: (phase, done, total) =>
                report({ phase, done, total, unit: phase === 'empty' ? 'steps' : 'tables' }),
            })
            results.set(job.id, result)
            for (const id of [...results.keys()].slice(0, -remembered)) results.delete(id)
            const { totals, hash } = result.plan
            log.info('cleanup.rehearsed', {
              rows: totals.deletedRows,
              tables: totals.deletedTables,
              ms: result.milliseconds,
              hash,
            })
          } finally {
            await used.close()
          }
        })
        return job
      },
      'cleanup.result': ({ id }) => {
        const result = results.get(id)
        if (!result) throw new AppError('NOT_FOUND', { what: 'rehearsal' })
        return result
      },
    },
  }
}
