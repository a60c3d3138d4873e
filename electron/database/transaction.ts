import { AsyncLocalStorage } from 'node:async_hooks'
import type { Readable } from 'node:stream'
import { AppError } from '#shared/errors.ts'
import type { ClinicClient } from './client.ts'
import { type CopyTerms, runCopyIn } from './copy-in.ts'
import { startCopyOut } from './copy-out.ts'
import type { Parameter, RequestOptions, Row, Transaction } from './database.ts'
import { isLinkFailure, type Place, toAppError } from './errors.ts'
import { send } from './statement.ts'
import { requestDefaults, type Timing } from './timing.ts'

export type Kind = 'read' | 'write'

/** An identifier as SQL text, whatever it holds. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * The one message that opens a transaction with its limits. They are set inside it because PgBouncer refuses
 * them as start-up parameters and hands each transaction to another session.
 */
export function beginText(kind: Kind, options: RequestOptions, schema: string | null): string {
  const limits = { ...requestDefaults, ...options }
  const settings = [
    `statement_timeout=${milliseconds(limits.statementTimeout)}`,
    `lock_timeout=${milliseconds(limits.lockTimeout)}`,
    `idle_in_transaction_session_timeout=${milliseconds(limits.idleTimeout)}`,
    ...(schema === null ? [] : [`search_path=${quoteIdentifier(schema)}`]),
    ...(options.jit === false ? ['jit=off'] : []),
  ]
  const mode = kind === 'read' ? 'ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'ISOLATION LEVEL READ COMMITTED'
  return [`BEGIN ${mode}`, ...settings.map((setting) => `SET LOCAL ${setting}`)].join(';')
}

function milliseconds(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 0x7fffffff) return value
  throw new AppError('INTERNAL', { reason: 'a timeout is not a number of milliseconds' })
}

/** A transaction as its owner sees it: what the work gets, and how it stands. */
export interface OpenTransaction {
  readonly transaction: Transaction
  /** Waits for statements the work did not wait for, then refuses any more. */
  finish(): Promise<void>
  /** Why the transaction cannot be committed any more; null while it can. */
  failure(): AppError | null
}

interface Level {
  readonly owner: object
  /** Settles when all that was asked for so far is done. */
  tail: Promise<unknown>
  /** Settles when the last attempt is done; nothing may be sent from outside of it before. */
  gate: Promise<unknown>
}

/** Tags of statements that end a transaction, also one that begins the next at once (`AND CHAIN`). */
const endings: ReadonlySet<string> = new Set(['COMMIT', 'ROLLBACK'])

const levels = new AsyncLocalStorage<Level>()

/** Wraps a client inside a transaction that has just begun. */
export function openTransaction(
  client: ClinicClient,
  place: Place,
  timing: Timing,
  { kind, options }: { kind: Kind; options: RequestOptions },
): OpenTransaction {
  const limit = options.statementTimeout ?? requestDefaults.statementTimeout
  const deadline = limit === 0 ? null : limit + timing.margin
  const owner = {}
  const root: Level = { owner, tail: Promise.resolve(), gate: Promise.resolve() }
  // The driver's own: custom queries such as COPY refuse it, so that it is only on while it is asked for.
  const pipeline = options.pipeline === true
  client.pipeline = pipeline
  let latest: Promise<unknown> = Promise.resolve()
  let finished = false
  let savepoints = 0
  let failure: AppError | null = null
  let ended: AppError | null = null
  let dead = false
  let closing = false
  const copies = new Set<Readable>()

  /** Statements and attempts of one level run in the order they were asked for: two savepoints cannot cross. */
  function inOrder<T>(operation: () => Promise<T>, together = false): Promise<T> {
    if (finished) return Promise.reject(new AppError('INTERNAL', { reason: 'statement after the transaction ended' }))
    const current = levels.getStore()
    const level = current?.owner === owner ? current : root
    const result = (together ? level.gate : level.tail).then(operation)
    const done = result.then(
      () => {},
      () => {},
    )
    level.tail = together ? Promise.all([level.tail, done]) : done
    if (!together) level.gate = done
    return result
  }

  async function run(statement: Parameters<typeof send>[1], limited: number | null) {
    if (ended !== null) throw ended
    try {
      const sent = send(client, statement, limited, place, pipeline ? latest : undefined)
      latest = sent.catch(() => {})
      const result = await sent
      assertInside(endings.has(result.command))
      return result
    } catch (error) {
      throw note(error)
    }
  }

  function assertInside(over = false): void {
    if (!over && client.getTransactionStatus() !== 'I') return
    // What the work says now would be neither read only nor committed as one.
    ended = new AppError('INTERNAL', { reason: 'the work ended its transaction' })
    throw ended
  }

  function note(error: unknown): AppError {
    const mapped = explain(toAppError(error, place))
    failure ??= mapped
    return mapped
  }

  const terms: CopyTerms = {
    silence: deadline,
    explain: note,
    lost: () => new AppError('CONNECTION_LOST', { host: place.host, port: place.port, silent: true }),
  }

  async function copying<T>(stream: Readable, work: () => Promise<T>): Promise<T> {
    copies.add(stream)
    try {
      const value = await work()
      assertInside()
      return value
    } finally {
      copies.delete(stream)
    }
  }

  function assertOpen(): void {
    if (ended !== null) throw ended
    if (closing) throw new AppError('INTERNAL', { reason: 'a copy after the transaction ended' })
  }

  function copyOut(sql: string): Promise<Readable> {
    return new Promise((resolve, reject) => {
      inOrder(async () => {
        assertOpen()
        const { rows, done } = startCopyOut(client, sql, terms)
        resolve(rows)
        await copying(rows, () => done)
      }).catch((error: unknown) => reject(note(error)))
    })
  }

  function copyIn(sql: string, source: Readable): Promise<number> {
    // A source may fail before its turn has come.
    source.on('error', () => {})
    return inOrder(async () => {
      assertOpen()
      const patient = { ...terms, silence: deadline ?? timing.stall }
      return copying(source, () => runCopyIn(client, { sql, source, limit: deadline }, patient))
    })
  }

  /** What a work leaves running would be waited for without end. */
  function endCopies(): void {
    for (const stream of copies) stream.destroy()
  }

  function explain(error: AppError): AppError {
    if (isLinkFailure(error) || client.connection.stream.destroyed) dead = true
    // "current transaction is aborted": the statement that aborted it says more.
    if (error.params.sqlstate === '25P02' && failure !== null) return failure
    // Writing inside read() is our own mistake, not a server that became a stand-by.
    if (error.code === 'READ_ONLY_SERVER' && kind === 'read') {
      return new AppError('INTERNAL', { reason: 'write inside a read', sqlstate: '25006' })
    }
    return error
  }

  async function attempt<T>(work: () => Promise<T>): Promise<T> {
    const name = `attempt_${++savepoints}`
    await run(`SAVEPOINT ${name}`, deadline)
    const level: Level = { owner, tail: Promise.resolve(), gate: Promise.resolve() }
    try {
      const value = await levels.run(level, work)
      endCopies()
      await level.tail
      await run(`RELEASE SAVEPOINT ${name}`, deadline)
      return value
    } catch (error) {
      endCopies()
      await level.tail
      if (!dead && ended === null) {
        await run(`ROLLBACK TO SAVEPOINT ${name};RELEASE SAVEPOINT ${name}`, deadline)
        failure = null
      }
      throw error
    }
  }

  return {
    transaction: {
      query: <R extends Row = Row>(text: string, parameters: readonly Parameter[] = []) =>
        inOrder(async () => (await run({ text, values: parameters }, deadline)).rows as R[], pipeline),
      attempt: (work) => inOrder(() => attempt(work)),
      ...{ copyOut, copyIn },
    },
    async finish() {
      closing = true
      endCopies()
      await root.tail
      finished = true
      client.pipeline = false
    },
    failure: () => failure,
  }
}
