import { AppError } from '#shared/errors.ts'
import type { ClinicClient } from './client.ts'
import { pause } from './connections.ts'
import { isLinkFailure, toAppError } from './errors.ts'
import type { Lease, Pool } from './pool.ts'
import { send } from './statement.ts'
import type { Timing } from './timing.ts'

/** What identifies a transaction after its connection is gone. */
interface Identity {
  /** The 64-bit transaction id as text. */
  readonly xid: string
  /** The server process, also where a pooler hides it. */
  readonly pid: number
}

/**
 * Commits the transaction of a lease. When the answer is lost, finds out on a new connection what became of
 * it: returns if it was committed, throws the link's failure if it was not, and `COMMIT_UNKNOWN` (with the
 * transaction id and the statement that tells) when the server cannot be asked in time.
 */
export async function commit(lease: Lease, client: ClinicClient, pool: Pool, timing: Timing): Promise<void> {
  const { rows } = await send(client, identify, timing.commit, pool.place)
  let failure: AppError
  try {
    const { command } = await send(client, 'COMMIT', timing.commit, pool.place)
    if (command === 'COMMIT') return
    throw new AppError('INTERNAL', { reason: 'COMMIT of a failed transaction' })
  } catch (error) {
    failure = toAppError(error, pool.place)
  }
  if (!isLinkFailure(failure)) throw failure
  await pool.dismiss(lease, false)
  const { xid, pid } = rows[0] ?? {}
  // Without an id nothing was written: there is nothing to lose.
  if (typeof xid === 'string') await resolve({ xid, pid: Number(pid) }, lease, pool, timing, failure)
}

const identify = 'SELECT pg_current_xact_id_if_assigned()::text AS xid, pg_backend_pid() AS pid'

async function resolve(identity: Identity, lease: Lease, pool: Pool, timing: Timing, failure: AppError): Promise<void> {
  const until = performance.now() + timing.resolve
  for (let wait = 50; performance.now() < until; wait = Math.min(wait * 2, 1_000)) {
    const status = await ask(identity, lease, pool, timing)
    if (status === 'committed') return
    if (status === 'aborted') throw new AppError('CONNECTION_LOST', { ...failure.params, committed: false })
    if (status === null) break
    await pause(wait)
  }
  throw new AppError('COMMIT_UNKNOWN', {
    xid: identity.xid,
    database: pool.place.database,
    check: `SELECT pg_xact_status('${identity.xid}'::xid8)`,
  })
}

/**
 * `in progress` also stands for a server that does not answer yet; null is a transaction that the server
 * remembers no more. Every question takes a connection of its own: the next one may find another server.
 */
async function ask({ xid, pid }: Identity, lease: Lease, pool: Pool, timing: Timing): Promise<unknown> {
  let healthy = false
  try {
    const client = await pool.replace(lease, 'BEGIN READ ONLY')
    const query = (text: string, values: readonly unknown[]) =>
      send(client, { text, values }, timing.rollback, pool.place)
    const { rows } = await query('SELECT pg_xact_status($1::text::xid8) AS status', [xid])
    const status = rows[0]?.status ?? null
    if (status === 'in progress') await query(endOurs, [pid, xid])
    await send(client, 'ROLLBACK', timing.rollback, pool.place)
    healthy = true
    return status
  } catch (error) {
    // "Transaction ID is in the future": this server lost it, in a crash without synchronous_commit or a failover.
    const unheardOf = toAppError(error, pool.place).params.sqlstate === '22023'
    return unheardOf ? 'aborted' : 'in progress'
  } finally {
    await pool.dismiss(lease, healthy)
  }
}

/** A session that still sits in our transaction waits for a COMMIT that never arrived: ending it settles the answer. */
const endOurs = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid = $1 AND usename = current_user AND state = 'idle in transaction'
    AND backend_xid::text::bigint = $2::text::bigint % 4294967296`
