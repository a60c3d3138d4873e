import type { Database } from '#electron/database/database.ts'
import type { HandlersOf } from '#shared/contract.ts'

export interface MonitoringOptions {
  /** The open database. Throws `NOT_CONNECTED`. */
  readonly database: () => Database
}

/** Shows how our own pool is doing. Throws `NOT_CONNECTED` while no profile is open. */
export function createMonitoring({ database }: MonitoringOptions): {
  handlers: Pick<HandlersOf<'monitoring'>, 'monitoring.pool'>
} {
  return { handlers: { 'monitoring.pool': () => database().figures() } }
}
