import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { checkPassword } from '#electron/session/password-hash.ts'
import { createSession, type Session } from '#electron/session/session.ts'
import { settingsSchema } from '#shared/settings.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'
import { createStaff, type Drift } from './staff.ts'

export interface Setting {
  readonly clinic: FreshClinic
  readonly session: Session
  readonly database: Database
  readonly log: RecordedLog
  /** Moved by hand. */
  readonly clock: { time: number; now(): number }
  /** How many passwords were computed. */
  checks(): number
  /** A session that starts anew over the same files and database, as after a restart of the app. */
  restarted(): Session
  login(name: string, password: string): Promise<unknown>
}

const databases = new Set<Database>()
const folder = mkdtempSync(join(tmpdir(), 'podoskin-session-'))
let settings = 0

/** Closes what the tests of the file opened, and then drops their clinics. */
export function cleanUp(): void {
  dropClinicsAfterAll()
  afterEach(async () => {
    for (const database of databases) await database.close(1000)
    databases.clear()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/** A session over a fresh clinic with staff; `grants` connects as a role with only these rights. */
export async function setting(
  drift: Drift = {},
  { grants, zone = 'America/Tijuana' }: { grants?: readonly string[]; zone?: string } = {},
): Promise<Setting> {
  const clinic = await freshClinic({ empty: true })
  await createStaff(clinic.client, drift)
  const options: DatabaseOptions = grants ? await clinic.role(...grants) : clinic.options
  const database = await openDatabase({ ...options, pool: { warm: 0, max: 20 } })
  databases.add(database)
  const log = recordedLog()
  const clock = { time: Date.parse('2026-11-24T18:00:00Z'), now: () => clock.time }
  settings += 1
  const throttleFile = join(folder, `throttle-${settings}.json`)
  let checks = 0
  const restarted = () =>
    createSession({
      ...{ throttleFile, log, clock, zone: () => zone, database: () => database },
      settings: () => settingsSchema.parse({}),
      check: (password, hash) => {
        checks += 1
        return checkPassword(password, hash)
      },
    })
  const session = restarted()
  const login = async (name: string, password: string) => session.handlers['session.login']({ name, password })
  return { clinic, session, database, log, clock, checks: () => checks, restarted, login }
}
