import type { Database } from '#electron/database/database.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { LogScan, LogSource } from '#shared/monitoring-log.ts'
import { scanLog } from './log/scan.ts'

export interface MonitoringOptions {
  /** The open database. Throws `NOT_CONNECTED`. */
  readonly database: () => Database
  /** The file of the thread that reads logs; null reads in this one. */
  readonly workerFile: string | null
}

export interface Monitoring {
  readonly handlers: Pick<HandlersOf<'monitoring'>, 'monitoring.pool'>
  /** `scanLog` of `log/scan.ts`, off the main thread, for the checks of other features. */
  scanLog(source: LogSource, signal?: AbortSignal): Promise<LogScan>
}

/** Shows how our own pool is doing (`NOT_CONNECTED` while no profile is open), and reads logs. */
export function createMonitoring({ database, workerFile }: MonitoringOptions): Monitoring {
  return {
    handlers: { 'monitoring.pool': () => database().figures() },
    scanLog: (source, signal) => scanLog(source, { workerFile, ...(signal && { signal }) }),
  }
}
