import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import { createDashboard } from '#electron/dashboard/dashboard.ts'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { Check, CheckContext, CheckOutcome, ProfileFacts } from '#electron/deployment/check.ts'
import { type CheckParts, createChecks } from '#electron/deployment/checks.ts'
import { createDeployment } from '#electron/deployment/deployment.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import { verifyPassword } from '#electron/session/password-hash.ts'
import type { HandlersOf } from '#shared/contract.ts'
import {
  type CheckId,
  type CheckState,
  type CheckStatus,
  type DeploymentState,
  type IssuedCertificate,
  noBackend,
} from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import type { Job } from '#shared/jobs.ts'
import type { LogSource } from '#shared/monitoring-log.ts'
import type { SessionState } from '#shared/session.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-deployment-'))
const databases = new Set<Database>()
let files = 0

/** Closes what the tests of the file opened. */
export function cleanUpChecklists(): void {
  afterEach(async () => {
    for (const database of databases) await database.close(1_000)
    databases.clear()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
}

/** The product's connection to a clinic, closed after the test. */
export async function connect(options: DatabaseOptions): Promise<Database> {
  const database = await openDatabase(options)
  databases.add(database)
  return database
}

export function profileOf(options: DatabaseOptions, part: Partial<ProfileFacts> = {}): ProfileFacts {
  const { host, port, database, user, pool } = options
  return {
    ...{ id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10', name: 'Clínica', environment: 'testing' },
    ...{ host, port, database, user, pool },
    ...part,
  }
}

/** The product's checks over a database, by their names. */
export function checksOf(database: Database, parts: Partial<CheckParts> = {}): (id: CheckId) => Check {
  const dashboard = createDashboard({ database: () => database, zone: () => 'America/Tijuana', log: recordedLog() })
  const checks = createChecks({
    verifyPassword,
    cleanupHistory: async () => [],
    backendLog: { source: () => null, runs: () => Promise.reject(new AppError('LOG_NO_SOURCE')) },
    loadDashboard: async () => dashboard.handlers['dashboard.load']({ days: 30 }),
    ...parts,
  })
  return (id) => {
    const found = checks.find((check) => check.id === id)
    if (!found) throw new Error(`no check ${id}`)
    return found
  }
}

/** Runs one probe alone. */
export function probe(
  check: Check,
  database: Database,
  profile: ProfileFacts,
  { standings = {}, ...part }: Partial<CheckContext> & { standings?: Partial<Record<CheckId, CheckStatus>> } = {},
): Promise<CheckOutcome> {
  const context: CheckContext = {
    ...{ profile, database: () => database, zone: 'America/Tijuana', backend: noBackend, credentials: null },
    standing: (id) => ({ status: standings[id] ?? 'pending', result: null }),
    now: Date.now,
    ...part,
  }
  return check.probe(context, { signal: new AbortController().signal, report: () => {} })
}

export interface Checklist {
  readonly handlers: HandlersOf<'deployment'>
  readonly log: RecordedLog
  readonly file: string
  /** Moved by hand, in milliseconds. */
  readonly clock: { time: number }
  readonly jobs: ReturnType<typeof createJobs>
  profile: ProfileFacts | null
  session: SessionState
  logSource: LogSource | null
  state(): Promise<DeploymentState>
  check(id: CheckId): Promise<CheckState>
  /** Runs checks to the end of their job. */
  run(checks?: readonly CheckId[] | null): Promise<Job>
  certificate(): Promise<IssuedCertificate>
  /** The texts that were saved as files. */
  readonly saved: string[]
  /** The same files, read anew, as after a restart of the app. */
  restarted(): Checklist
}

interface ChecklistOptions {
  readonly profile: ProfileFacts
  readonly checks: readonly Check[]
  readonly file?: string
  readonly clock?: { time: number }
  readonly chosen?: () => string | null
}

/** The product's checklist over a database, with real jobs and a real file. */
export function checklist(database: Database, options: ChecklistOptions): Checklist {
  const log = recordedLog()
  const jobs = createJobs({ log })
  files += 1
  const file = options.file ?? join(folder, `deployment-${files}.json`)
  const clock = options.clock ?? { time: Date.now() }
  const saved: string[] = []
  const user = { id: '1', userName: 'ivette', fullName: 'Ivette M.', roleName: 'Admin', role: 'admin' as const }
  const own: Checklist = {
    ...{ log, jobs, file, clock, saved, profile: options.profile },
    session: { status: 'in', user },
    logSource: null,
    handlers: createDeployment({
      ...{ file, log, jobs, checks: options.checks, app: '0.1.0' },
      database: () => database,
      profile: () => own.profile,
      zone: () => 'America/Tijuana',
      session: { state: () => own.session },
      logSource: () => own.logSource,
      choosePlace: async () => options.chosen?.() ?? null,
      async keepFile(_title, _ending, content) {
        saved.push(content)
        return { saved: true, file: 'certificado.json' }
      },
      now: () => clock.time,
    }).handlers,
    state: async () => own.handlers['deployment.state'](undefined),
    async check(id) {
      const found = (await own.state()).checks.find((check) => check.id === id)
      if (!found) throw new Error(`no check ${id}`)
      return found
    },
    async run(checks = null) {
      const started = await own.handlers['deployment.run']({ checks: checks && [...checks] })
      return ended(jobs, started.id)
    },
    certificate: async () => own.handlers['deployment.certificate'](undefined),
    restarted: () => checklist(database, { ...options, file, clock }),
  }
  return own
}

/** A job when it has ended. */
export function ended(jobs: ReturnType<typeof createJobs>, id: string): Promise<Job> {
  return new Promise((resolve) => {
    const look = (job: Job) => {
      if (job.id !== id || job.state === 'running' || job.state === 'cancelling') return
      stop()
      resolve(job)
    }
    const stop = jobs.onChange(look)
    for (const job of jobs.handlers['jobs.list'](undefined) as readonly Job[]) look(job)
  })
}

/** A clinic, the product's connection to it, and its checks. */
export async function openChecks(clinic: FreshClinic, part: Parameters<typeof checksOf>[1] = {}) {
  const database = await connect(clinic.options)
  return { clinic, database, check: checksOf(database, part), profile: profileOf(clinic.options) }
}
