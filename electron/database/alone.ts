import { randomUUID } from 'node:crypto'
import { AppError } from '#shared/errors.ts'
import { pause } from './connections.ts'
import type { AloneOptions } from './database.ts'
import type { Pool } from './pool.ts'
import type { Requests } from './requests.ts'
import { send } from './statement.ts'
import type { Timing } from './timing.ts'

interface AloneParts {
  readonly pool: Pool
  readonly requests: Requests
  readonly timing: Timing
  /** Whether something like PgBouncer stands between. */
  readonly pooled: () => boolean
}

/** Milliseconds between two tries to cancel: the first can come before the statement has begun. */
const insist = 200

/**
 * The way in for statements that refuse to run inside a transaction. Without a pooler the session's own limits
 * are lifted for the statement and set back after it. Behind a pooler each statement may meet another session, and
 * what is set in one stays behind for somebody else, so there the server's defaults hold.
 */
export function createAlone({ pool, requests, timing, pooled }: AloneParts) {
  return async (sql: string, { lockTimeout = 0, signal }: AloneOptions = {}): Promise<void> => {
    requests.assertOutside()
    if (signal?.aborted) throw new AppError('CANCELLED')
    // By this mark the statement is found among the server's sessions, also where a pooler hides which one it is.
    const mark = `/* podoskin-admin ${randomUUID()} */`
    const direct = !pooled()
    const limits = `SET statement_timeout=0;SET lock_timeout=${Math.trunc(lockTimeout)}`
    pool.figures.request()
    const lease = await pool.take(direct ? limits : 'SELECT 1')
    let healthy = true
    const statement = send(lease.client, { text: `${mark} ${sql}`, values: [] }, null, pool.place)
    let running = true
    const settled = statement.then(
      () => undefined,
      () => undefined,
    )
    void settled.then(() => {
      running = false
    })
    const cancel = async () => {
      while (running) {
        await cancelOnServer(requests, mark).catch(() => undefined)
        await Promise.race([settled, pause(insist)])
      }
    }
    let cancelling: Promise<void> | null = null
    const onAbort = () => {
      cancelling ??= cancel()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
    try {
      await statement
    } catch (error) {
      const ours = signal?.aborted && error instanceof AppError && error.params.sqlstate === '57014'
      throw ours ? new AppError('CANCELLED') : error
    } finally {
      signal?.removeEventListener('abort', onAbort)
      await cancelling
      if (direct) {
        const reset = 'RESET statement_timeout;RESET lock_timeout'
        await send(lease.client, reset, timing.rollback, pool.place).catch(() => {
          healthy = false
        })
      }
      await pool.giveBack(lease, healthy)
    }
  }
}

/** Cancels a statement from a second connection; a role may always cancel its own sessions. */
async function cancelOnServer(requests: Requests, mark: string): Promise<void> {
  await requests.run('read', (transaction) =>
    transaction.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
          AND state = 'active' AND starts_with(query, $1)`,
      [mark],
    ),
  )
}
