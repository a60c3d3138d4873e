import type { Database } from '#electron/database/database.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import type { IndexAdvice } from '#shared/indexes.ts'
import { type Advised, advised, createStatement, dropStatement } from './advised.ts'
import { inspect } from './inspect.ts'
import { type Report, watchProgress } from './progress.ts'

/** One advised index, on the connection of a role that may create it. */
export interface Site {
  readonly owner: Database
  readonly schema: ClinicSchema
  readonly index: Advised
  readonly advice: IndexAdvice
}

interface Control {
  readonly signal: AbortSignal
  readonly report: Report
}

/** Milliseconds: clearing away must not wait without end for the very transaction that held up the creation. */
const clearing = { lockTimeout: 5_000 } as const
const looks = { times: 20, apart: 500 } as const

/** After these the server may still be building, for nobody. What is building after any other failure is somebody else's. */
const lost: ReadonlySet<ErrorCode> = new Set(['CONNECTION_LOST', 'CONNECTION_TIMEOUT', 'SERVER_STOPPED'])

/** Reads how an index stands, by the role that will work on it. */
export async function visit(owner: Database, id: IndexAdvice['id']): Promise<Site> {
  const schema = await owner.schema()
  const { indexes } = await owner.read((transaction) => inspect(transaction, schema))
  const advice = indexes.find((one) => one.id === id)
  const index = advised(schema).find((one) => one.id === id)
  if (!advice || !index) throw new AppError('NOT_FOUND', { what: 'index' })
  return { owner, schema, index, advice }
}

/**
 * Creates the index while the clinic goes on working. When that fails or is cancelled, the half of an index that
 * PostgreSQL leaves behind is removed; where even that fails, the error says so (`left`). An answer that was lost
 * is looked up: an index that is whole is a success.
 */
export async function build(site: Site, { signal, report }: Control): Promise<void> {
  const { owner, schema, index, advice } = site
  if (advice.status.state === 'invalid') {
    report({ phase: 'clear', done: 0, total: null, unit: 'steps' })
    await owner.alone(dropStatement(schema, index), { signal, ...clearing })
  }
  const stop = watchProgress(owner, index.name, report)
  try {
    await owner.alone(createStatement(schema, index), { signal })
  } catch (error) {
    await stop()
    report({ phase: 'clear', done: 0, total: null, unit: 'steps' })
    const end = await clear(site, error instanceof AppError && lost.has(error.code))
    if (end === 'whole') return
    if (end === 'left' && error instanceof AppError) throw new AppError(error.code, { ...error.params, left: true })
    throw error
  } finally {
    await stop()
  }
}

/** Takes the index away again. Cancelled half-way it is left invalid, and can be dropped once more. */
export async function remove({ owner, schema, index }: Site, { signal, report }: Control): Promise<void> {
  report({ phase: 'drop', done: 0, total: null, unit: 'steps' })
  await owner.alone(dropStatement(schema, index), { signal })
}

/** What is there after a failure: nothing any more, the whole index, or something that could not be cleared away. */
async function clear(site: Site, abandoned: boolean): Promise<'nothing' | 'whole' | 'left'> {
  for (let look = 0; look < looks.times; look++) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, looks.apart))
    try {
      if (abandoned && (await endAbandoned(site))) continue
      const { status } = (await visit(site.owner, site.index.id)).advice
      if (status.state === 'ours') return 'whole'
      if (status.state === 'invalid') await site.owner.alone(dropStatement(site.schema, site.index), clearing)
      else return 'nothing'
    } catch (error) {
      if (error instanceof AppError && error.code === 'LOCK_TIMEOUT') return 'left'
      // The next look tells whether it helped, and whether the server is back.
    }
  }
  return 'left'
}

/** Whether a session of ours was still at it, and has been told to stop. */
async function endAbandoned({ owner, index }: Site): Promise<boolean> {
  const ended = await owner.read((transaction) =>
    transaction.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid() AND state = 'active'
          AND starts_with(query, '/* podoskin-admin') AND strpos(query, $1) > 0`,
      [index.name],
    ),
  )
  return ended.length > 0
}
