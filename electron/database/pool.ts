import PgPool from 'pg-pool'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import type { PoolFigures } from '#shared/monitoring.ts'
import { type ClinicClient, clinicClient, destroyClient, type Target } from './client.ts'
import { isLinkFailure, type Place, toAppError } from './errors.ts'
import { createFigures, type Figures } from './figures.ts'
import { comeBack } from './leak-guard.ts'
import { createSlots } from './slots.ts'
import { send } from './statement.ts'
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
  const pool = new PgPool<ClinicClient>({
    Client: clinicClient(target, timing.connect) as unknown as new () => ClinicClient,
    max: size.max,
    min: 1,
    idleTimeoutMillis: timing.idle,
  })
  const slots = createSlots(size.max)
  const figures = createFigures(size, () => ({
    total: pool.totalCount,
    idle: pool.idleCount,
    waiting: slots.waiting,
    busy: slots.busy,
  }))
  const live = new Set<ClinicClient>()
  const fresh = new Set<ClinicClient>()
  const heard = new WeakMap<ClinicClient, number>()
  let trustedSince = Number.NEGATIVE_INFINITY
  let lost = false
  let closing: Promise<void> | null = null

  pool.on('connect', (client) => {
    live.add(client)
    fresh.add(client)
    if (lost) figures.reconnect()
    lost = false
  })
  pool.on('remove', (client) => void live.delete(client))
  pool.on('error', (error) => noteLoss(toAppError(error, place)))

  function noteLoss(failure: AppError): void {
    lost = true
    log.warn('connection lost', { code: failure.code, host: place.host, port: place.port, database: place.database })
    onLost()
  }

  function distrust(): void {
    trustedSince = performance.now()
  }

  function discard(client: ClinicClient): void {
    destroyClient(client)
    ;(client as ClinicClient & { release(destroy: boolean): void }).release(true)
  }

  function keep(client: ClinicClient): void {
    heard.set(client, performance.now())
    fresh.delete(client)
    ;(client as ClinicClient & { release(): void }).release()
  }

  /** A client of pg-pool, new or idle, within `ms`. */
  async function connect(ms: number): Promise<ClinicClient> {
    const coming = pool.connect()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        coming.then(keep, () => {})
        reject(new AppError('CONNECTION_TIMEOUT', { ...place }))
      }, ms)
    })
    try {
      return await Promise.race([coming, late])
    } catch (error) {
      throw toAppError(error, place)
    } finally {
      clearTimeout(timer)
    }
  }

  /** A client that answered `opening`, within `timing.connect` altogether. */
  async function open(opening: string): Promise<ClinicClient> {
    const until = performance.now() + timing.connect
    for (;;) {
      const client = await connect(Math.max(1, until - performance.now()))
      const idle = !fresh.delete(client)
      if (idle && (heard.get(client) ?? 0) <= trustedSince) {
        discard(client)
        continue
      }
      const left = Math.max(1, until - performance.now())
      try {
        await send(client, opening, idle ? Math.min(timing.reused, left) : left, place)
        return client
      } catch (error) {
        discard(client)
        const failure = toAppError(error, place)
        if (!idle || !isLinkFailure(failure)) {
          throw failure.params.silent === true ? new AppError('CONNECTION_TIMEOUT', { ...place }) : failure
        }
        // What lay idle beside it is as dead.
        distrust()
        noteLoss(failure)
      }
    }
  }

  async function take(opening: string): Promise<Lease & { client: ClinicClient }> {
    for (;;) {
      const asked = performance.now()
      await slots.take(timing.wait)
      figures.waited(performance.now() - asked)
      figures.sample()
      try {
        return { client: await open(opening) }
      } catch (error) {
        const others = slots.busy - 1
        const full =
          error instanceof AppError && error.code === 'TOO_MANY_CONNECTIONS' && others > 0 && pool.totalCount > 0
        // The server has no more for us, but ours will come back: wait for one of those.
        if (full) slots.narrow(Math.min(others, pool.totalCount), timing.narrow)
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
    if (healthy && (await comeBack(client, guard))) return keep(client)
    discard(client)
    distrust()
    noteLoss(toAppError(client.lastWords ?? new AppError('CONNECTION_LOST'), place))
  }

  async function giveBack(lease: Lease, healthy: boolean): Promise<void> {
    await dismiss(lease, healthy)
    figures.sample()
    slots.give()
  }

  async function replace(lease: Lease, opening: string): Promise<ClinicClient> {
    const client = await open(opening)
    lease.client = client
    return client
  }

  async function warm(): Promise<void> {
    const held: Promise<ClinicClient>[] = []
    while (held.length < size.warm && slots.tryTake()) held.push(connect(timing.connect))
    const opened = await Promise.allSettled(held)
    for (const one of opened) {
      if (one.status === 'fulfilled') keep(one.value)
      slots.give()
    }
    const failed = opened.find((one) => one.status === 'rejected')
    if (failed) log.warn('pool not warmed', { code: (failed.reason as AppError).code })
  }

  async function end(deadline: number): Promise<void> {
    slots.close()
    const until = performance.now() + deadline
    while (slots.busy > 0 && performance.now() < until) await pause(Math.min(20, deadline))
    const ended = pool.end()
    const working = slots.busy > 0
    if (working) for (const client of live) destroyClient(client)
    await Promise.race([ended, pause(timing.rollback)])
    // A goodbye to a peer that is gone is never answered.
    for (let waited = 0; live.size > 0 && waited < 500; waited += 10) await pause(10)
    for (const client of live) destroyClient(client)
    figures.stop()
  }

  return {
    ...{ place, take, giveBack, dismiss, replace, distrust, warm, figures },
    read: () => figures.read(closing === null),
    close(deadline) {
      closing ??= end(deadline)
      return closing
    },
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
