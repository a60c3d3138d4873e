import type { Database } from '#electron/database/database.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'

/** Failures that say that the server is out of reach, not that a request was wrong. */
const losses: ReadonlySet<ErrorCode> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMEOUT',
  'NETWORK_UNREACHABLE',
  'HOST_NOT_FOUND',
  'SERVER_STOPPED',
  'SERVER_STARTING',
])

/** The same database, telling after each request whether the server was reached: null, or why not. */
export function watched(database: Database, tell: (loss: ErrorCode | null) => void): Database {
  async function observe<T>(request: Promise<T>): Promise<T> {
    try {
      const value = await request
      tell(null)
      return value
    } catch (error) {
      if (error instanceof AppError && losses.has(error.code)) tell(error.code)
      throw error
    }
  }
  return {
    ...database,
    read: (work, options) => observe(database.read(work, options)),
    write: (work, options) => observe(database.write(work, options)),
    alone: (sql, options) => observe(database.alone(sql, options)),
    schema: (options) => observe(database.schema(options)),
  }
}
