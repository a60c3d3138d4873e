import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { IndexAdvice, IndexStatus } from '#shared/indexes.ts'
import type { Job, JobKind, JobProgress } from '#shared/jobs.ts'
import { inspect } from './inspect.ts'
import { build, remove, type Site, visit } from './work.ts'

/** What a running job is handed by `electron/jobs`. */
export interface JobControl {
  readonly signal: AbortSignal
  report(progress: Omit<JobProgress, 'secondsLeft' | 'cancellable'>): void
}

export interface IndexesParts {
  /** The everyday connection. Throws `NOT_CONNECTED` when there is none. */
  readonly database: () => Database
  /** A connection of the tables' owner for one job; null is the profile's own role. */
  readonly openOwner: (owner: { readonly user: string; readonly password: string } | null) => Promise<Database>
  /** Starts a job. Throws `JOB_RUNNING`. */
  readonly start: (kind: JobKind, work: (control: JobControl) => Promise<void>) => Job
  readonly log: Log
}

type Kind = 'indexes.create' | 'indexes.drop'

/** From which states each job makes sense. */
const begins: Readonly<Record<Kind, readonly IndexStatus['state'][]>> = {
  'indexes.create': ['missing', 'invalid'],
  'indexes.drop': ['ours', 'invalid'],
}

/**
 * Advice on the indexes that would serve our own statements, their creation and their removal as jobs. What could
 * refuse is found before the job starts: a wrong password of the owner (`AUTHENTICATION_FAILED`), a role that does
 * not own the table (`PRIVILEGE_MISSING`), an index that is not as it was shown (`INDEX_CHANGED`).
 */
export function createIndexes(parts: IndexesParts): { readonly handlers: HandlersOf<'indexes'> } {
  async function run(
    kind: Kind,
    input: { index: IndexAdvice['id']; owner: { user: string; password: string } | null },
    work: (site: Site, control: JobControl) => Promise<void>,
  ): Promise<Job> {
    const owner = await parts.openOwner(input.owner)
    const close = () => owner.close().catch(() => undefined)
    try {
      const site = await visit(owner, input.index)
      const { status, table, mayCreate, name } = site.advice
      if (!begins[kind].includes(status.state)) throw new AppError('INDEX_CHANGED', { name, state: status.state })
      if (!mayCreate) throw new AppError('PRIVILEGE_MISSING', { table, privilege: 'OWNER' })
      return parts.start(kind, async (control) => {
        try {
          await work(site, control)
          parts.log.info(kind, { index: name })
        } finally {
          await close()
        }
      })
    } catch (error) {
      await close()
      throw error
    }
  }

  return {
    handlers: {
      'indexes.advice': () => {
        const database = parts.database()
        return database.share('indexes.advice', async () => {
          const schema = await database.schema()
          return database.read((transaction) => inspect(transaction, schema))
        })
      },
      'indexes.create': (input) => run('indexes.create', input, build),
      'indexes.drop': (input) => run('indexes.drop', input, remove),
    },
  }
}
