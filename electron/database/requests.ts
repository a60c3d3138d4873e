import { AsyncLocalStorage } from 'node:async_hooks'
import { AppError, errorGroup } from '#shared/errors.ts'
import type { ClinicClient } from './client.ts'
import { commit } from './commit.ts'
import type { RequestOptions, Transaction } from './database.ts'
import { isTimeout } from './errors.ts'
import type { Lease, Pool } from './pool.ts'
import { send } from './statement.ts'
import type { Timing } from './timing.ts'
import { beginText, type Kind, type OpenTransaction, openTransaction } from './transaction.ts'

type Work<T> = (transaction: Transaction, client: ClinicClient) => Promise<T>

/** Requests to one pool: each takes one client, for one transaction. */
export interface Requests {
  run<T>(kind: Kind, work: Work<T>, options?: RequestOptions): Promise<T>
  share<T>(key: string, work: () => Promise<T>): Promise<T>
  /** Throws `INTERNAL` inside a request: whoever waits for a second client while holding one can deadlock the pool. */
  assertOutside(): void
}

/** Makes the two ways in over a pool. `onSchemaChanged` hears of statements that met a missing table or column. */
export function createRequests(
  pool: Pool,
  timing: Timing,
  schema: string | null,
  onSchemaChanged: () => void,
): Requests {
  const inside = new AsyncLocalStorage<{ active: boolean }>()
  const flights = new Map<string, Promise<unknown>>()

  function assertOutside(): void {
    if (inside.getStore()?.active) throw new AppError('INTERNAL', { reason: 'a request inside a request' })
  }

  async function transact<T>(kind: Kind, work: Work<T>, options: RequestOptions): Promise<T> {
    const lease = await pool.take(beginText(kind, options, schema))
    const { client } = lease
    const open = openTransaction(client, pool.place, timing, { kind, options })
    const token = { active: true }
    try {
      const value = await inside.run(token, async () => work(open.transaction, client))
      await open.finish()
      const failure = open.failure()
      if (failure !== null && (kind === 'write' || failure.code === 'INTERNAL')) throw failure
      if (kind === 'write') await commit(lease, client, pool, timing)
      return value
    } finally {
      token.active = false
      await end(lease, open)
    }
  }

  async function end(lease: Lease, open: OpenTransaction): Promise<void> {
    await open.finish()
    await pool.giveBack(lease, lease.client !== null && (await rollBack(lease.client)))
  }

  async function rollBack(client: ClinicClient): Promise<boolean> {
    // After a COMMIT there is nothing left to end; a transaction that is left anyway meets the leak guard.
    if (client.lastWords === null && client.getTransactionStatus() === 'I') return true
    try {
      await send(client, 'ROLLBACK', timing.rollback, pool.place)
      return true
    } catch {
      return false
    }
  }

  function note(error: unknown, kind: Kind): void {
    if (!(error instanceof AppError)) return
    if (isTimeout(error)) pool.figures.timeout()
    if (errorGroup(error.code) === 'environment') pool.figures.failure()
    if (error.code === 'SCHEMA_CHANGED') onSchemaChanged()
    // A primary that became a stand-by: its name may lead to the new one.
    if (error.code === 'READ_ONLY_SERVER' && kind === 'write') pool.distrust()
  }

  return {
    assertOutside,
    async run(kind, work, options = {}) {
      assertOutside()
      pool.figures.request()
      try {
        return await transact(kind, work, options)
      } catch (error) {
        note(error, kind)
        throw error
      }
    },
    async share<T>(key: string, work: () => Promise<T>): Promise<T> {
      assertOutside()
      const flying = flights.get(key) as Promise<T> | undefined
      if (flying !== undefined) return flying
      const flight = work().finally(() => flights.delete(key))
      flights.set(key, flight)
      return flight
    },
  }
}
