import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import pg from 'pg'
import { AppError } from '#shared/errors.ts'
import { type TlsChoice, tlsOptions } from './tls.ts'
import { clinicTypes } from './types.ts'

export const applicationName = 'podoskin-admin'

/** What one connection to the server needs. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  /** Null when nobody gave one: asked for, it fails with `PASSWORD_REQUIRED`. */
  readonly password: string | null
  readonly tls: TlsChoice
}

/** A connection that knows how its link is protected. */
export interface ClinicClient extends pg.Client {
  readonly connection: pg.Connection & Wire
  readonly processID: number | null
  /** False from a statement until the server has said how the transaction stands, which comes after an error. */
  readonly readyForQuery: boolean
  /** Whether statements are sent before those ahead of them are answered; changed only while none is under way. */
  pipeline: boolean
  /** What ended the connection while no statement ran, such as the server's farewell. */
  lastWords: Error | null
}

/** The part of node-postgres' connection that is not in its types and that we step into. */
interface Wire {
  stream: Duplex
  attachListeners(stream: Pick<Duplex, 'on'>): void
}

/** `'R'`, `'E'`, `'N'`, `'v'`: what a PostgreSQL server may open a conversation with. */
const greetings = new Set([0x52, 0x45, 0x4e, 0x76])

/**
 * The most bytes that a server may say before it is ready for the next statement; COPY streams past it. The largest
 * answer that we ask for, the catalogue of a huge installation, weighs a third of it.
 */
const heaviestAnswer = 32 * 1024 * 1024

/**
 * The class of client that a pool makes. It only sends start-up parameters that PgBouncer accepts, holds the
 * password in a closure, gives up connecting after `connectTimeout` ms, refuses to send a readable password
 * over a plain link that leaves the machine, turns the bytes of something that is not PostgreSQL into an error
 * instead of an exception nobody catches, and leaves a server whose answer has no end.
 */
export function clinicClient(target: Target, connectTimeout: number): new () => ClinicClient {
  const ssl = tlsOptions(target.tls)
  return class extends pg.Client {
    lastWords: Error | null = null

    constructor() {
      let readable = false
      super({
        host: target.host,
        port: target.port,
        database: target.database,
        user: target.user,
        password: () => {
          if (readable && !protectedLink(wire.stream, target.host))
            throw new AppError('PLAIN_PASSWORD_REFUSED', { host: target.host })
          if (target.password === null || target.password === '')
            throw new AppError('PASSWORD_REQUIRED', { user: target.user })
          return target.password
        },
        ssl,
        sslnegotiation: 'postgres',
        application_name: applicationName,
        connectionTimeoutMillis: connectTimeout,
        keepAlive: true,
        // Ten probes a second apart follow: a dead peer of an idle connection is noticed within 20 s.
        keepAliveInitialDelayMillis: 10_000,
        types: clinicTypes,
      })
      const wire = (this as unknown as ClinicClient).connection
      wire.on('authenticationCleartextPassword', () => {
        readable = true
      })
      guardWire(wire)
      this.on('error', (error) => {
        this.lastWords ??= error
      })
    }
  } as unknown as new () => ClinicClient
}

function protectedLink(stream: Duplex, host: string): boolean {
  if ('encrypted' in stream || host.startsWith('/')) return true
  const address = (stream as Socket).remoteAddress ?? ''
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

/** node-postgres parses what arrives inside a socket event, where an exception would end the app. */
function guardWire(wire: pg.Connection & Wire): void {
  // A client that fails while connecting is forgotten by the pool, not closed.
  wire.on('error', () => wire.stream.destroy())
  // Attack: rows, notices or one message without end fill the memory long before any deadline.
  let answer = 0
  wire.on('readyForQuery', () => {
    answer = 0
  })
  const attach = wire.attachListeners.bind(wire)
  wire.attachListeners = (stream) => {
    let greeted = false
    const guarded = {
      on: (event: string, listener: (chunk: Buffer) => void) =>
        stream.on(event, (chunk: Buffer) => {
          if (event !== 'data') return listener(chunk)
          const first = chunk[0] ?? 0
          if (!greeted && !greetings.has(first)) return refuse(new AppError('NOT_POSTGRESQL'))
          greeted = true
          answer += chunk.length
          if (answer > heaviestAnswer) return refuse(new AppError('SERVER_ERROR', { reason: 'answerTooLarge' }))
          try {
            listener(chunk)
          } catch (error) {
            const unsupported = error instanceof Error && error.message.startsWith('Unknown authenticationOk')
            refuse(unsupported ? error : new AppError('NOT_POSTGRESQL'))
          }
        }),
    }
    const refuse = (error: unknown) => {
      if (!wire.stream.destroyed) wire.emit('error', error)
    }
    attach(guarded as unknown as Duplex)
  }
}

/** Ends a connection without a word: the only way that cannot wait for a peer that is gone. */
export function destroyClient(client: ClinicClient): void {
  client.connection.stream.destroy()
}

/** How the link of a client is protected, seen from our end of it. */
export function linkTls(client: ClinicClient): { on: boolean; protocol: string | null } {
  const { stream } = client.connection
  if (!('getProtocol' in stream)) return { on: false, protocol: null }
  return { on: true, protocol: (stream.getProtocol as () => string | null)() }
}
