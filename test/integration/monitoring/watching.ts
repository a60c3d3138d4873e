import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createMonitoring, type Monitoring } from '#electron/monitoring/monitoring.ts'
import type { IdleLimits } from '#shared/monitoring-sessions.ts'
import { settingsSchema } from '#shared/settings.ts'
import { startBackend, type TestBackend } from '#support/backend.ts'
import type { BackendMode } from '#support/backend-folder.ts'
import { recordedLog } from '#support/log.ts'

export interface Watching {
  readonly backend: TestBackend
  readonly monitoring: Monitoring
  /** The app's own pool. */
  readonly database: Database
  /** Titles of what the system was told. */
  readonly notices: readonly string[]
  close(): Promise<void>
}

export interface WatchingOptions {
  readonly mode: BackendMode
  /** Whom the backend connects as, and whom the app. */
  readonly role: DatabaseOptions
  readonly watcher: DatabaseOptions
  readonly limits: IdleLimits
  /** Where the app remembers the log that was chosen. */
  readonly folder: string
  readonly workerFile: string
}

/** A backend of the clinic, and the whole of monitoring beside it as the app composes it, with its log chosen. */
export async function watchBackend(options: WatchingOptions): Promise<Watching> {
  const { mode, role, watcher, limits, folder, workerFile } = options
  const { host, port, database: name, user, password } = role
  const backend = await startBackend({ mode, target: { host, port, database: name, user, password } })
  const database = await openDatabase({ ...watcher, pool: { warm: 1, max: 4 }, log: recordedLog() })
  const notices: string[] = []
  const monitoring = createMonitoring({
    ...{ database: () => database, openOwner: () => openDatabase(watcher), log: recordedLog(), limits },
    settings: () => settingsSchema.parse({}),
    session: () => ({
      status: 'in',
      user: { id: '1', userName: 'dra.santiago', fullName: '', roleName: 'Admin', role: 'admin' },
    }),
    notify: ({ title }) => void notices.push(title),
    ...{ file: join(folder, `${randomUUID()}.json`), workerFile, profile: () => 'p' },
    chooseFiles: async () => [backend.logFile],
    chooseFolder: async () => null,
    keepFile: async () => ({ saved: false }),
  })
  await monitoring.handlers['monitoring.logChooseFiles'](undefined)
  return {
    ...{ backend, monitoring, database, notices },
    async close() {
      await monitoring.close()
      await database.close(0)
      await backend.close()
    },
  }
}
