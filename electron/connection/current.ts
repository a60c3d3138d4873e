import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { ConnectionState } from '#shared/connection.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { watched } from './watched.ts'

export interface CurrentConnection {
  /** Throws `NOT_CONNECTED` while none is open. */
  database(): Database
  /** Whether a database is still the one in use. */
  holds(other: Database): boolean
  status(): ConnectionState['status']
  /** Why it does not work; null while it does. */
  failure(): ErrorCode | null
  /**
   * Lets go of the database in use and takes the one that `connect` brings. Throws what `connect` throws, and
   * `NOT_CONNECTED` when another `open` or a `close` came first.
   */
  open(connect: () => Promise<Database>): Promise<void>
  /** Closes the database in use, waiting a moment for what still runs on it. */
  close(): Promise<void>
  onDatabaseChange(listener: () => void): () => void
}

/** The one connection to a clinic that is in use; `changed` hears of each new status. */
export function createCurrent({ log, changed }: { log: Log; changed: () => void }): CurrentConnection {
  const listeners = new Set<() => void>()
  let database: Database | null = null
  let status: ConnectionState['status'] = 'closed'
  let failure: ErrorCode | null = null
  let turn = 0

  function become(next: ConnectionState['status'], why: ErrorCode | null): void {
    status = next
    failure = why
    log.info('connection.status', { status: next, failure: why })
    changed()
  }

  function take(next: Database | null): Database | null {
    const leaving = database
    database = next
    if (leaving !== next) for (const listener of listeners) listener()
    return leaving
  }

  async function leave(leaving: Database | null): Promise<void> {
    await leaving?.close().catch((error: unknown) => log.warn('connection.closeFailed', { code: codeOf(error) }))
  }

  return {
    status: () => status,
    failure: () => failure,
    holds: (other) => database === other,
    database() {
      if (!database) throw new AppError('NOT_CONNECTED')
      return database
    },
    onDatabaseChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async open(connect) {
      turn += 1
      const mine = turn
      void leave(take(null))
      become('opening', null)
      try {
        const found = await connect()
        if (mine !== turn) {
          void leave(found)
          throw new AppError('NOT_CONNECTED')
        }
        const tell = (loss: ErrorCode | null) => {
          if (mine === turn && failure !== loss) become(loss ? 'lost' : 'open', loss)
        }
        take(watched(found, tell))
        become('open', null)
      } catch (error) {
        if (mine === turn) become('closed', codeOf(error))
        throw error
      }
    },

    async close() {
      turn += 1
      const leaving = take(null)
      become('closed', null)
      await leave(leaving)
    },
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'INTERNAL'
}
