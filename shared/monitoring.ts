/** One reading of our own pool; counts are since the pool opened, times in milliseconds. */
export interface PoolReading {
  /** Seconds since the epoch, by this workstation's clock. */
  readonly at: number
  readonly total: number
  readonly idle: number
  readonly waiting: number
}

/** The figures that prove the pool is not leaking. */
export interface PoolFigures {
  readonly open: boolean
  readonly max: number
  readonly warm: number
  readonly now: PoolReading
  readonly highWater: number
  readonly wait: { readonly p50: number; readonly p95: number }
  readonly requests: number
  readonly leaks: number
  readonly timeouts: number
  readonly reconnects: number
  readonly failures: number
  /** The last hour, oldest first, at most one reading every ten seconds. */
  readonly history: readonly PoolReading[]
}
