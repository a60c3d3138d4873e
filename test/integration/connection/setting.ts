import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { type Connection, type ConnectionOptions, createConnection } from '#electron/connection/connection.ts'
import { createKeychain, type Keytar, keychainService } from '#electron/connection/keychain.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import type { ProfileFields } from '#shared/connection.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'

export interface Workstation {
  readonly file: string
  readonly log: RecordedLog
  /** What the keychain holds for us, by profile. */
  readonly stored: Map<string, string>
  /** Starts the connection over the same files and keychain, as the app does. */
  start(options?: Partial<ConnectionOptions>): Connection
}

const folder = mkdtempSync(join(tmpdir(), 'podoskin-connection-'))
const connections = new Set<Connection>()
let workstations = 0

/** Closes what the tests of the file opened. */
export function cleanUp(): void {
  afterEach(async () => {
    for (const connection of connections) await connection.close()
    connections.clear()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/** A workstation of a test's own, with a keychain that lives in memory, or with none. */
export function workstation({ keychain = true }: { keychain?: boolean } = {}): Workstation {
  workstations += 1
  const log = recordedLog()
  const file = join(folder, String(workstations), 'connections.json')
  const stored = new Map<string, string>()
  const own = (service: string) => {
    if (service !== keychainService) throw new Error(`not our entry: ${service}`)
  }
  const keytar: Keytar = {
    async getPassword(service, account) {
      own(service)
      return stored.get(account) ?? null
    },
    async setPassword(service, account, password) {
      own(service)
      stored.set(account, password)
    },
    async deletePassword(service, account) {
      own(service)
      return stored.delete(account)
    },
  }
  const load = () => (keychain ? Promise.resolve(keytar) : Promise.reject(new Error('no keychain')))
  return {
    ...{ file, log, stored },
    start(options = {}) {
      const connection = createConnection({ file, log, keychain: createKeychain({ log, load }), ...options })
      connections.add(connection)
      return connection
    },
  }
}

/** A profile that leads to a clinic of a test. */
export function profileOf(options: DatabaseOptions, change: Partial<ProfileFields> = {}): ProfileFields {
  const { host, port, database, user } = options
  return { ...fields, host, port, database, user, ...change }
}

/** A profile that leads nowhere. */
export const fields: ProfileFields = {
  name: 'Clínica',
  environment: 'testing',
  host: '127.0.0.1',
  port: 1,
  database: 'podoskin_db',
  user: 'podoskin_user',
  tls: 'disable',
  caFile: null,
  zone: 'America/Tijuana',
  schema: null,
  pool: { warm: 0, max: 4 },
}
