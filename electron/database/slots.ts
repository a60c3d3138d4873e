import { AppError } from '#shared/errors.ts'

/**
 * The turns at the pool's clients, first come first served. pg-pool has a queue too, but its timeout does
 * not tell a full pool from a slow server, and a request that gave up keeps its place.
 */
export interface Slots {
  /** Resolves when it is our turn; throws `POOL_TIMEOUT` after `timeout` ms, `NOT_CONNECTED` once closed. */
  take(timeout: number): Promise<void>
  /** A turn only if one is free now. */
  tryTake(): boolean
  give(): void
  /** Fewer turns for `duration` ms, because the server has no more connections for us. */
  narrow(to: number, duration: number): void
  readonly busy: number
  readonly waiting: number
  /** Refuses those who wait; those who have a turn keep it. */
  close(): void
}

interface Waiting {
  readonly admit: () => void
  readonly refuse: (error: AppError) => void
}

/** Makes `max` turns. */
export function createSlots(max: number): Slots {
  const queue: Waiting[] = []
  let busy = 0
  let limit = max
  let closed = false
  let widening: NodeJS.Timeout | undefined

  function admit(): void {
    while (busy < limit) {
      const next = queue.shift()
      if (next === undefined) return
      busy++
      next.admit()
    }
  }

  function tryTake(): boolean {
    if (closed || queue.length > 0 || busy >= limit) return false
    busy++
    return true
  }

  return {
    tryTake,
    take(timeout) {
      if (closed) return Promise.reject(new AppError('NOT_CONNECTED'))
      if (tryTake()) return Promise.resolve()
      return new Promise((resolve, reject) => {
        const leave = () => {
          clearTimeout(timer)
          const place = queue.indexOf(waiting)
          if (place >= 0) queue.splice(place, 1)
        }
        const waiting: Waiting = {
          admit: () => {
            clearTimeout(timer)
            resolve()
          },
          refuse: (error) => {
            leave()
            reject(error)
          },
        }
        const timer = setTimeout(
          () => waiting.refuse(new AppError('POOL_TIMEOUT', { max, seconds: timeout / 1000 })),
          timeout,
        )
        queue.push(waiting)
      })
    },
    give() {
      busy--
      admit()
    },
    narrow(to, duration) {
      limit = Math.max(1, Math.min(limit, to))
      clearTimeout(widening)
      widening = setTimeout(() => {
        limit = max
        admit()
      }, duration).unref()
    },
    get busy() {
      return busy
    },
    get waiting() {
      return queue.length
    },
    close() {
      closed = true
      clearTimeout(widening)
      for (const waiting of [...queue]) waiting.refuse(new AppError('NOT_CONNECTED'))
    },
  }
}
