import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createDashboard } from '#electron/dashboard/dashboard.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { createBackendChecks } from '#electron/deployment/backend-checks.ts'
import type { CheckContext, CheckOutcome } from '#electron/deployment/check.ts'
import { createBackendLog } from '#electron/monitoring/log.ts'
import { staff } from '#scripts/clinic/staff.js'
import type { BackendSettings, CheckId } from '#shared/deployment.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'

export const zone = 'America/Tijuana'
const [doctor] = staff
if (doctor === undefined) throw new Error('the demo clinic has no staff')
/** Whose password the backend of the tests can verify. */
export const credentials = { user: doctor.user, password: doctor.password }

export interface Looking {
  readonly clinic: FreshClinic
  /** Runs one check as the checklist does. */
  run(id: CheckId, change?: Partial<CheckContext>): Promise<CheckOutcome>
  /** Chooses the file of the backend's log, as a person does in Monitoreo. */
  read(file: string): Promise<void>
  /** What the program logged meanwhile. */
  logged(): string
}

/** The checks of the backend, as one run of the program has them, over the clinic of this file. */
export async function lookAt(backend: Partial<BackendSettings>): Promise<Looking> {
  const log = recordedLog()
  shared ??= open()
  const { clinic, database } = await shared
  const dashboard = createDashboard({ database: () => database, zone: () => zone, log })
  let logFile: string | null = null
  const backendLog = createBackendLog({
    ...{ file: join(folder, `${randomUUID()}.json`), workerFile: null, log },
    profile: () => 'p',
    chooseFiles: async () => (logFile === null ? null : [logFile]),
    chooseFolder: async () => null,
    keepFile: async () => ({ saved: false }),
    language: () => 'es',
  })
  const checks = createBackendChecks({
    loadDashboard: async () => dashboard.handlers['dashboard.load']({ days: 30 }),
    backendLog,
  })
  const { host, port, user, database: name } = clinic.options
  const context: CheckContext = {
    profile: {
      id: 'p',
      name: 'Clínica',
      environment: 'production',
      host,
      port,
      database: name,
      user,
      pool: { warm: 5, max: 20 },
    },
    database: () => database,
    zone,
    backend: { folder: null, venv: null, url: null, ...backend },
    credentials,
    standing: () => ({ status: 'pending', result: null }),
    now: Date.now,
  }
  return {
    clinic,
    logged: () => log.text(),
    async read(file) {
      logFile = file
      await backendLog.handlers['monitoring.logChooseFiles'](undefined)
      await backendLog.close()
    },
    async run(id, change = {}) {
      const check = checks.find((one) => one.id === id)
      if (check === undefined) throw new Error(`no check ${id}`)
      const control = { signal: new AbortController().signal, report: () => undefined }
      return check.probe({ ...context, ...change }, control)
    },
  }
}

const folder = mkdtempSync(join(tmpdir(), 'podoskin-backend-setting-'))
let shared: Promise<{ readonly clinic: FreshClinic; readonly database: Database }> | null = null

async function open() {
  const clinic = await freshClinic()
  return { clinic, database: await openDatabase(clinic.options) }
}

/** Closes the clinic that the tests of the file shared. */
export function closeAfterAll(): void {
  afterAll(async () => {
    const opened = await shared
    await opened?.database.close()
    await opened?.clinic.drop()
    rmSync(folder, { recursive: true, force: true })
  })
}
