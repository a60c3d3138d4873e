import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import type { PoolFigures } from '#shared/monitoring.ts'
import type { ClinicClient, Target } from './client.ts'
import { createConnections, pause } from './connections.ts'
import { type Place, toAppError } from './errors.ts'
import { createFigures, type Figures } from './figures.ts'
import { comeBack } from './leak-guard.ts'
import { createSlots } from './slots.ts'
import type { Timing } from './timing.ts'

/** A turn at the pool, with the client it brought. Never leaves `database/`. */
export interface Lease {
  /** Null after the client went back while the turn goes on. */
  client: ClinicClient | null
}

/** The one owner of the connections. */
export interface Pool {
  readonly place: Place
  /**
   * Waits for a turn and hands out a client that has answered `opening` (a BEGIN). A connection that turns out
   * to be dead before anything of the work was sent is replaced without a word.
   */
  take(opening: string): Promise<Lease & { readonly client: ClinicClient }>
  /** Ends the turn: the client goes back through the leak guard, or away when its link failed. */
  giveBack(lease: Lease, healthy: boolean): Promise<void>
  /** The same, but keeps the turn. */
  dismiss(lease: Lease, healthy: boolean): Promise<void>
  /** Another client that has answered `opening`, within the turn of one that was dismissed. */
  replace(lease: Lease, opening: string): Promise<ClinicClient>
  /** Makes requests open new connections instead of using those that lie idle: they lead to the wrong server. */
  distrust(): void
  warm(): Promise<void>
  readonly figures: Figures
  read(): PoolFigures
  close(deadline: number): Promise<void>
}

interface PoolOptions {
  readonly target: Target
  readonly size: { readonly warm: number; readonly max: number }
  readonly timing: Timing
  readonly log: Log
  /** Called when a connection was lost: what was known of the server may be out of date. */
  readonly onLost: () => void
}

/** Makes the pool; opens nothing. Throws `CA_FILE_UNREADABLE`. */
export function createPool({ target, size, timing, log, onLost }: PoolOptions): Pool {
  const place: Place = { host: target.host, port: target.port, database: target.database, user: target.user }
  const slots = createSlots(size.max)
  const connections = createConnections({ target, max: size.max, timing, place, onConnect, onLoss })
  const figures = createFigures(size, () => ({
    total: connections.total,
    idle: connections.idle,
    waiting: slots.waiting,
    busy: slots.busy,
  }))
  let lost = false
  let closing: Promise<void> | null = null

  function onConnect(): void {
    if (lost) figures.reconnect()
    lost = false
  }

  function onLoss(failure: AppError): void {
    onLost()
    // A server that stops takes twenty connections with it: one line says so.
    if (lost) return
    lost = true
    log.warn('connection lost', { code: failure.code, host: place.host, port: place.port, database: place.database })
  }

  async function take(opening: string): Promise<Lease & { client: ClinicClient }> {
    for (;;) {
      const asked = performance.now()
      await slots.take(timing.wait)
      figures.waited(performance.now() - asked)
      figures.sample()
      try {
        return { client: await connections.open(opening) }
      } catch (error) {
        const others = slots.busy - 1
        const full =
          error instanceof AppError && error.code === 'TOO_MANY_CONNECTIONS' && others > 0 && connections.total > 0
        // The server has no more for us, but ours will come back: wait for one of those.
        if (full) slots.narrow(Math.min(others, connections.total), timing.narrow)
        slots.give()
        if (!full) throw error
      }
    }
  }

  async function dismiss(lease: Lease, healthy: boolean): Promise<void> {
    const { client } = lease
    if (client === null) return
    lease.client = null
    const guard = { log, place, deadline: timing.rollback, leak: figures.leak }
    if (healthy && (await comeBack(client, guard))) return connections.keep(client)
    connections.discard(client)
    connections.distrust()
    onLoss(toAppError(client.lastWords ?? new AppError('CONNECTION_LOST'), place))
  }

  async function giveBack(lease: Lease, healthy: boolean): Promise<void> {
    await dismiss(lease, healthy)
    figures.sample()
    slots.give()
  }

  async function replace(lease: Lease, opening: string): Promise<ClinicClient> {
    const client = await connections.open(opening)
    lease.client = client
    return client
  }

  async function warm(): Promise<void> {
    let turns = 0
    while (turns < size.warm && slots.tryTake()) turns++
    try {
      await connections.warm(turns)
    } catch (error) {
      log.warn('pool not warmed', { code: toAppError(error, place).code })
    } finally {
      for (; turns > 0; turns--) slots.give()
    }
  }

  async function end(deadline: number): Promise<void> {
    slots.close()
    const until = performance.now() + deadline
    while (slots.busy > 0 && performance.now() < until) await pause(Math.min(20, deadline))
    await connections.end(slots.busy > 0)
    figures.stop()
  }

  return {
    ...{ place, take, giveBack, dismiss, replace, warm, figures },
    distrust: connections.distrust,
    read: () => figures.read(closing === null),
    close(deadline) {
      closing ??= end(deadline)
      return closing
    },
  }
}
