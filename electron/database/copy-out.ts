import { Readable } from 'node:stream'
import type pg from 'pg'
import { AppError } from '#shared/errors.ts'
import { type ClinicClient, destroyClient } from './client.ts'
import { unwrapCopyData } from './copy-data.ts'
import { type CopyTerms, piece } from './copy-in.ts'

export interface CopyOut {
  readonly rows: Readable
  /** Resolves when the server is done and ready; rejects as the stream does. */
  readonly done: Promise<void>
}

const leftEarly = () => new AppError('INTERNAL', { reason: 'a copy that was not read to its end' })

/**
 * Starts `COPY … TO STDOUT`. The text is taken from the socket's own chunks: pg-copy-streams makes several objects for
 * every row, which at a million rows is most of the work. A reader that leaves early leaves a server that goes on
 * sending: the protocol knows no way back, so the link is cut, and the client is lost with its transaction.
 */
export function startCopyOut(client: ClinicClient, sql: string, terms: CopyTerms): CopyOut {
  const { stream } = client.connection
  let timer: NodeJS.Timeout | undefined
  let signs = 0
  let ended = false
  let settle: { resolve: () => void; reject: (error: unknown) => void } | null = null
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  done.catch(() => {})

  const rows = new Readable({
    highWaterMark: piece,
    read() {
      if (ended) return
      stream.resume()
      watch()
    },
    destroy(error, callback) {
      if (!ended) {
        destroyClient(client)
        end(terms.explain(leftEarly()))
      }
      callback(error)
    },
  })
  // Whoever reads hears of the failure; nobody reading must not end the app.
  rows.on('error', () => {})

  /** While it is the server's turn, silence means a dead link. */
  function watch(): void {
    clearTimeout(timer)
    if (ended || terms.silence === null) return
    const seen = signs
    // After a sleep the timer is late and the answer may lie in the socket: let it be read first.
    timer = setTimeout(() => setImmediate(() => signs === seen && !ended && giveUp()), terms.silence)
  }

  function giveUp(): void {
    destroyClient(client)
    fail(terms.lost())
  }

  function end(failure: unknown): void {
    ended = true
    clearTimeout(timer)
    if (failure === null) settle?.resolve()
    else settle?.reject(failure)
  }

  function fail(error: unknown): void {
    if (ended) return
    const failure = terms.explain(error)
    end(failure)
    rows.destroy(failure)
  }

  client.query({
    submit(connection: pg.Connection) {
      unwrapCopyData(stream, {
        sign() {
          signs++
        },
        text(chunk) {
          if (rows.destroyed) return
          if (rows.push(chunk)) return watch()
          clearTimeout(timer)
          stream.pause()
        },
      })
      connection.query(sql)
    },
    // A server that ends a session says why before the socket closes.
    handleError: (error: Error) => fail(client.lastWords ?? error),
    handleCommandComplete() {},
    handleReadyForQuery() {
      if (ended) return
      end(null)
      rows.push(null)
    },
    handleRowDescription() {},
    handleDataRow() {},
    handleEmptyQuery() {},
    // Something that is no COPY … TO STDOUT would wait here for ever.
    handleCopyInResponse: () => destroyClient(client),
    handlePortalSuspended() {},
  } as unknown as pg.Submittable)
  return { rows, done }
}
