import type { PoolFigures, PoolReading } from '#shared/monitoring.ts'

/** What the figures count, one call for each thing that happened. */
export interface Figures {
  request(): void
  /** Milliseconds a request waited for one of the pool's clients. */
  waited(milliseconds: number): void
  leak(): void
  timeout(): void
  reconnect(): void
  failure(): void
  /** Takes a reading, unless the last one of the history is less than ten seconds old. */
  sample(): void
  read(open: boolean): PoolFigures
  stop(): void
}

interface Counts {
  readonly total: number
  readonly idle: number
  readonly waiting: number
  readonly busy: number
}

const second = 1000
const readingEvery = 10 * second
const hour = 3600 * second
const readingsKept = hour / readingEvery
const waitsKept = 2048

/**
 * Counts what happens to a pool, in flat memory: the last hour's readings (at most one every ten seconds) and
 * the last 2,048 waits of that hour. `highWater` is the most clients that were ever in use at once. `now` is
 * a clock in milliseconds since the epoch.
 */
export function createFigures(
  size: { readonly max: number; readonly warm: number },
  count: () => Counts,
  now: () => number = Date.now,
): Figures {
  const sums = { requests: 0, leaks: 0, timeouts: 0, reconnects: 0, failures: 0 }
  const waits = { at: new Float64Array(waitsKept), ms: new Float64Array(waitsKept), taken: 0 }
  let history: PoolReading[] = []
  let highWater = 0
  let readAt = Number.NEGATIVE_INFINITY

  function reading(): PoolReading {
    const { total, idle, waiting } = count()
    return { at: Math.floor(now() / second), total, idle, waiting }
  }

  function sample(): void {
    highWater = Math.max(highWater, count().busy)
    const at = now()
    if (at - readAt < readingEvery && at >= readAt) return
    readAt = at
    const oldest = Math.floor((at - hour) / second)
    history = [...history.slice(1 - readingsKept).filter((kept) => kept.at > oldest), reading()]
  }

  function percentiles(): { p50: number; p95: number } {
    const since = now() - hour
    const kept = Math.min(waits.taken, waitsKept)
    const recent = waits.ms
      .subarray(0, kept)
      .filter((_, index) => (waits.at[index] ?? 0) >= since)
      .sort()
    const at = (share: number) => Math.round((recent[Math.ceil(recent.length * share) - 1] ?? 0) * 10) / 10
    return { p50: at(0.5), p95: at(0.95) }
  }

  const timer = setInterval(sample, readingEvery).unref()
  return {
    request: () => void sums.requests++,
    leak: () => void sums.leaks++,
    timeout: () => void sums.timeouts++,
    reconnect: () => void sums.reconnects++,
    failure: () => void sums.failures++,
    waited(milliseconds) {
      const index = waits.taken++ % waitsKept
      waits.at[index] = now()
      waits.ms[index] = milliseconds
    },
    sample,
    read(open) {
      sample()
      return { open, max: size.max, warm: size.warm, now: reading(), highWater, wait: percentiles(), ...sums, history }
    },
    stop: () => clearInterval(timer),
  }
}
