import type { Readable } from 'node:stream'
import type { PoolFigures } from '#shared/monitoring.ts'
import type { ClinicSchema } from './schema.ts'

/** What a value of a parameter may be; dates travel as text, money as decimal text. */
export type Parameter = string | number | boolean | null | readonly string[] | readonly number[]

/** Rows as PostgreSQL sent them: int8 as number (or text beyond 2^53), numeric, dates and timestamps as text. */
export type Row = Record<string, unknown>

export interface Transaction {
  /** Runs one parameterised statement and returns its rows. */
  query<R extends Row = Row>(sql: string, parameters?: readonly Parameter[]): Promise<R[]>
  /** Runs `work` inside a savepoint, so that its failure leaves the rest of the transaction usable. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  /**
   * `COPY … TO STDOUT`: the text as it comes, with back-pressure; a failure is an `AppError` of the stream. The next
   * statement waits for its end: read it to there first. Destroyed before its end, it takes connection and transaction along.
   */
  copyOut(sql: string): Promise<Readable>
  /**
   * `COPY … FROM STDIN` with what `source` gives; the number of rows. Throws the source's own error when that fails; the
   * transaction (or the attempt around it) has then failed too.
   */
  copyIn(sql: string, source: Readable): Promise<number>
}

export interface RequestOptions {
  /** Milliseconds a single statement may take on the server; default 30 000. */
  readonly statementTimeout?: number
  /** Milliseconds to wait for a lock; default 5 000. */
  readonly lockTimeout?: number
  /** Milliseconds the transaction may lie idle between two statements; default 30 000, 0 for jobs that must not be cut. */
  readonly idleTimeout?: number
  /** Statistics switch just-in-time compilation off: it costs more than it saves (`performance.md`). */
  readonly jit?: boolean
  /**
   * Statements that are asked for together are sent together, without waiting for each other's answers: one round trip
   * instead of one each. After one that fails, those behind it fail with its reason. Attempts still run alone;
   * copying is refused.
   */
  readonly pipeline?: boolean
}

export interface AloneOptions {
  /** Milliseconds to wait for a lock; default 0, without end. */
  readonly lockTimeout?: number
  /** Cancels the statement on the server. */
  readonly signal?: AbortSignal
}

/** How the link to the server is, measured when the schema was read. */
export interface Link {
  readonly tls: { readonly on: boolean; readonly protocol: string | null }
  /** True when something like PgBouncer stands between: its process number is not the server's. */
  readonly pooler: boolean
}

/**
 * The only ways to the clinic's database: two kinds of transaction, and `alone` for what refuses one. A request takes one client of the pool and never a
 * second one; every transaction is ended before its client goes back.
 */
export interface Database {
  /** READ ONLY, REPEATABLE READ, always ended by ROLLBACK: the guide's correct pattern. */
  read<T>(work: (transaction: Transaction) => Promise<T>, options?: RequestOptions): Promise<T>
  /** COMMIT when `work` resolves, else ROLLBACK. Throws `COMMIT_UNKNOWN` when nobody can say. */
  write<T>(work: (transaction: Transaction) => Promise<T>, options?: RequestOptions): Promise<T>
  /**
   * One statement outside a transaction, for CREATE and DROP INDEX CONCURRENTLY, without a limit of time. Throws
   * `CANCELLED` when `signal` was aborted in time; the rest of what it began must then be cleared away.
   */
  alone(sql: string, options?: AloneOptions): Promise<void>
  /** Lets identical reads in flight share one answer. */
  share<T>(key: string, work: () => Promise<T>): Promise<T>
  /**
   * The clinic's schema, read from the catalogue once, and again after `SCHEMA_CHANGED` or a lost connection.
   * Like read, write and share it is refused inside a request: ask for it first. `again` reads it anew: a table may
   * have come, or the right to read it.
   */
  schema(options?: { readonly again: boolean }): Promise<ClinicSchema>
  link(): Link
  /** Opens the guide's five connections ahead of need; a failure is not an error. */
  warm(): Promise<void>
  figures(): PoolFigures
  /** Waits for running work until the deadline (ms), then closes every connection. */
  close(deadline?: number): Promise<void>
}
