import PgPool from 'pg-pool'
import { AppError } from '#shared/errors.ts'
import { type ClinicClient, clinicClient, destroyClient, type Target } from './client.ts'
import { isLinkFailure, type Place, toAppError } from './errors.ts'
import { send } from './statement.ts'
import type { Timing } from './timing.ts'

/** pg-pool, with what it lacks: clients that are known to answer, and an end that does not wait for the dead. */
export interface Connections {
  /** A client that has answered `opening`, within `timing.connect`; one that lay idle and is dead is replaced. */
  open(opening: string): Promise<ClinicClient>
  /** Opens connections until `count` clients are held, then lets them lie idle. Throws the first failure. */
  warm(count: number): Promise<void>
  keep(client: ClinicClient): void
  discard(client: ClinicClient): void
  /** From now on, what lies idle is closed instead of used. */
  distrust(): void
  readonly total: number
  readonly idle: number
  /** Closes what is idle, destroys what is not when `force`, and returns within seconds. */
  end(force: boolean): Promise<void>
}

interface ConnectionsOptions {
  readonly target: Target
  readonly max: number
  readonly timing: Timing
  readonly place: Place
  readonly onConnect: () => void
  readonly onLoss: (failure: AppError) => void
}

/** pg-pool puts `release` on the client it hands out. */
type Leased = ClinicClient & { release(destroy?: boolean): void }

/** Milliseconds that a goodbye may stay unanswered. */
const goodbye = 500

/** Makes the connections of a pool; opens none. Throws `CA_FILE_UNREADABLE`. */
export function createConnections({ target, max, timing, place, onConnect, onLoss }: ConnectionsOptions): Connections {
  const pool = new PgPool<ClinicClient>({
    Client: clinicClient(target, timing.connect) as unknown as new () => ClinicClient,
    max,
    min: 1,
    idleTimeoutMillis: timing.idle,
  })
  const live = new Set<ClinicClient>()
  const fresh = new Set<ClinicClient>()
  const heard = new WeakMap<ClinicClient, number>()
  let trustedSince = Number.NEGATIVE_INFINITY

  pool.on('connect', (client) => {
    live.add(client)
    fresh.add(client)
    heard.set(client, performance.now())
    onConnect()
  })
  pool.on('remove', (client) => void live.delete(client))
  pool.on('error', (error) => onLoss(toAppError(error, place)))

  function distrust(): void {
    trustedSince = performance.now()
  }

  function discard(client: ClinicClient): void {
    destroyClient(client)
    ;(client as Leased).release(true)
  }

  function layDown(client: ClinicClient): void {
    fresh.delete(client)
    ;(client as Leased).release()
  }

  /** A client of pg-pool, new or idle, within `ms`. */
  async function connect(ms: number): Promise<ClinicClient> {
    const coming = pool.connect()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        coming.then(layDown, () => {})
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

  async function open(opening: string): Promise<ClinicClient> {
    const until = performance.now() + timing.connect
    const left = () => Math.max(1, until - performance.now())
    for (;;) {
      const client = await connect(left())
      const idle = !fresh.delete(client)
      if (idle && (heard.get(client) ?? 0) <= trustedSince) {
        discard(client)
        continue
      }
      try {
        await send(client, opening, idle ? Math.min(timing.reused, left()) : left(), place)
        return client
      } catch (error) {
        discard(client)
        const failure = toAppError(error, place)
        if (!idle || !isLinkFailure(failure)) throw unanswered(failure)
        // What lay idle beside it is as dead.
        distrust()
        onLoss(failure)
      }
    }
  }

  function unanswered(failure: AppError): AppError {
    return failure.params.silent === true ? new AppError('CONNECTION_TIMEOUT', { ...place }) : failure
  }

  return {
    ...{ open, discard, distrust },
    keep(client) {
      heard.set(client, performance.now())
      layDown(client)
    },
    async warm(count) {
      const opened = await Promise.allSettled(Array.from({ length: count }, () => connect(timing.connect)))
      for (const one of opened) if (one.status === 'fulfilled') layDown(one.value)
      for (const one of opened) if (one.status === 'rejected') throw one.reason
    },
    get total() {
      return pool.totalCount
    },
    get idle() {
      return pool.idleCount
    },
    async end(force) {
      const ended = pool.end()
      if (force) for (const client of live) destroyClient(client)
      await Promise.race([ended, pause(goodbye)])
      for (let waited = 0; live.size > 0 && waited < goodbye; waited += 10) await pause(10)
      for (const client of live) destroyClient(client)
    },
  }
}

/** Resolves after some milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
