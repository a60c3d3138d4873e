import type { Database } from '#electron/database/database.ts'
import type { Decisions, RehearsalResult } from '#shared/cleanup.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import { exportPlan } from './export-plan.ts'
import { createOperations, type OperationParts } from './operations.ts'
import { createTeller } from './paced.ts'
import { findPatients } from './patients.ts'
import { planFrom, rehearse } from './rehearsal.ts'
import { readUsers } from './staff.ts'

export interface CleanupParts extends Omit<OperationParts, 'keepFile'> {
  /** Asks where to keep a file and writes it. Throws `FILE_NOT_WRITTEN`. */
  readonly keepFile: (title: string, ending: 'json' | 'txt' | 'pdf', content: string | Buffer) => Promise<ExportResult>
}

/** Rehearsals whose result can still be asked for. */
const remembered = 5

/**
 * The guided cleanup: the plan, who can be kept, the rehearsal as a job whose result waits under the job's id, and, in
 * `operations.ts`, what follows the last confirmation.
 */
export function createCleanup(parts: CleanupParts): { readonly handlers: HandlersOf<'cleanup'> } {
  const { database, zone, session, jobs, log } = parts
  const results = new Map<string, { readonly of: Database; readonly result: RehearsalResult }>()

  const administrator = () => {
    const state = session.state()
    return state.status === 'out' ? null : state.user.id
  }
  const plan = (decisions: Decisions) =>
    planFrom(database(), { decisions, administrator: administrator(), zone: zone() })

  return {
    handlers: {
      ...createOperations(parts),
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
        const of = database()
        const job = jobs.start('cleanup.rehearse', async ({ signal, report }) => {
          const used = await parts.openOwner(owner)
          try {
            const result = await rehearse(used, {
              ...{ ...options, signal },
              ...createTeller(report, (phase) => (phase === 'empty' ? 'steps' : 'tables')),
            })
            results.set(job.id, { of, result })
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
        const found = results.get(id)
        // Attack: the id of a rehearsal of another clinic, whose staff and patients its plan names.
        if (found?.of !== database()) throw new AppError('NOT_FOUND', { what: 'rehearsal' })
        return found.result
      },
    },
  }
}
