import { type EventEmitter, once } from 'node:events'
import type { Readable } from 'node:stream'
import { from as copyFrom } from 'pg-copy-streams'
import { AppError } from '#shared/errors.ts'
import { type ClinicClient, destroyClient } from './client.ts'

/** Bytes that go into one message of the protocol, and that wait for a slow reader. */
export const piece = 256 * 1024

/** How a running COPY tells its transaction about failures and silence. */
export interface CopyTerms {
  /** Milliseconds without a sign of life while it is the server's turn; null: only the socket's own probes decide. */
  readonly silence: number | null
  /** Makes what the transaction says of a failure, and remembers that it failed. */
  readonly explain: (error: unknown) => AppError
  /** The error of a link that was silent for too long. */
  readonly lost: () => AppError
}

/**
 * Runs `COPY … FROM STDIN` with what `source` gives, within `limit` ms after its end; answers the number of rows. When
 * the source fails, its own error is thrown, the server is told to give the COPY up, and the transaction has failed.
 */
export async function runCopyIn(
  client: ClinicClient,
  { sql, source, limit }: { sql: string; source: Readable; limit: number | null },
  terms: CopyTerms,
): Promise<number> {
  const copy = copyFrom(sql)
  const finished = serverIsDone(client, copy as unknown as Submitted)
  client.query(copy)
  const chunks: AsyncIterator<Buffer | string> = source[Symbol.asyncIterator]()
  const onServer = <T>(operation: Promise<T>, silence: number | null) =>
    patiently(Promise.race([operation, finished.failure]), client, { ...terms, silence })

  async function giveUp(): Promise<void> {
    terms.explain(new AppError('INTERNAL', { reason: 'the source of a copy failed' }))
    // The message of the source's error could quote anything, and this text ends in the server's log.
    copy.destroy(new Error('the source of the copy failed'))
    await patiently(finished.settled, client, terms).catch(() => {})
  }

  async function nextChunk(): Promise<IteratorResult<Buffer | string>> {
    try {
      return await chunks.next()
    } catch (error) {
      throw new SourceFailure(error)
    }
  }

  try {
    for (;;) {
      const { value, done } = await Promise.race([nextChunk(), finished.failure])
      if (done) break
      const chunk = typeof value === 'string' ? Buffer.from(value) : value
      for (let at = 0; at < chunk.length; at += piece) {
        if (!copy.write(chunk.subarray(at, at + piece))) await onServer(once(copy, 'drain'), terms.silence)
      }
    }
    copy.end()
    await onServer(finished.ready, limit)
    return copy.rowCount
  } catch (error) {
    source.destroy()
    if (!(error instanceof SourceFailure)) throw terms.explain(error)
    await giveUp()
    throw error.cause
  }
}

/** Carries the error of a source past those of the server. */
class SourceFailure extends Error {
  constructor(cause: unknown) {
    super('source', { cause })
  }
}

interface Finished {
  /** Resolves when the server is ready for the next statement; rejects with what ended the COPY. */
  readonly ready: Promise<void>
  readonly failure: Promise<never>
  /** Resolves in both cases. */
  readonly settled: Promise<void>
  fail(error: unknown): void
}

/** Follows a COPY through the callbacks that node-postgres makes on what it was given to run. */
function serverIsDone(client: ClinicClient, copy: Submitted): Finished {
  let succeed = () => {}
  let fail: (error: unknown) => void = () => {}
  const ready = new Promise<void>((resolve, reject) => {
    succeed = resolve
    fail = reject
  })
  const failure = new Promise<never>((_resolve, reject) => {
    ready.catch(reject)
  })
  for (const promise of [ready, failure]) promise.catch(() => {})
  const onReady = copy.handleReadyForQuery.bind(copy)
  copy.handleReadyForQuery = (connection) => {
    onReady(connection)
    succeed()
  }
  const onError = copy.handleError.bind(copy)
  copy.handleError = (error) => {
    // A server that ends a session says why before the socket closes.
    fail(client.lastWords ?? error)
    onError(error)
  }
  copy.on('error', fail)
  return { ready, failure, settled: ready.catch(() => {}), fail }
}

/** What node-postgres calls on a COPY and the types of pg-copy-streams do not show. */
interface Submitted extends EventEmitter {
  handleReadyForQuery(connection: unknown): void
  handleError(error: Error): void
}

async function patiently<T>(operation: Promise<T>, client: ClinicClient, { silence, lost }: CopyTerms): Promise<T> {
  if (silence === null) return operation
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<never>((_resolve, reject) => {
    // After a sleep the timer is late and the answer may lie in the socket: let it be read first.
    timer = setTimeout(() => setImmediate(() => reject(lost())), silence)
  })
  try {
    return await Promise.race([operation, silent])
  } catch (error) {
    if (error instanceof AppError && error.params.silent === true) destroyClient(client)
    throw error
  } finally {
    clearTimeout(timer)
  }
}
