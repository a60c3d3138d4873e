/** Every wait of the database part, in milliseconds. Tests shorten them; the product uses the defaults. */
export interface Timing {
  /** From asking for a client to an open transaction on it: name, socket, TLS, password, BEGIN. */
  readonly connect: number
  /** Waiting for one of the pool's own clients to come back. */
  readonly wait: number
  /** BEGIN on a connection that lay idle: a dead one (sleep, cable) must leave time for a fresh one within `connect`. */
  readonly reused: number
  /** Beyond the server's own `statement_timeout`, until a silent link is taken for dead. */
  readonly margin: number
  /** A COPY without a limit of time, until a server that takes nothing more is taken for dead. */
  readonly stall: number
  readonly rollback: number
  readonly commit: number
  /** Finding out what became of a COMMIT whose answer was lost. */
  readonly resolve: number
  /** Until an idle connection beyond the first is closed. */
  readonly idle: number
  /** How long fewer clients are used after the server said 53300. */
  readonly narrow: number
}

export const defaultTiming: Timing = {
  connect: 5_000,
  wait: 10_000,
  reused: 1_500,
  margin: 2_000,
  stall: 120_000,
  rollback: 2_000,
  commit: 10_000,
  resolve: 20_000,
  idle: 60_000,
  narrow: 15_000,
}

/** What a request may take when it does not say: the server's limits, in milliseconds. */
export const requestDefaults = { statementTimeout: 30_000, lockTimeout: 5_000, idleTimeout: 30_000 } as const
