import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Protection, Unlock } from '#electron/cleanup/backup/types.ts'
import { type Journal, openJournal } from '#electron/cleanup/journal.ts'
import { planFrom } from '#electron/cleanup/rehearsal.ts'
import { type RestoreOptions, restoreBackup } from '#electron/cleanup/restore.ts'
import { type RunOptions, runCleanup } from '#electron/cleanup/run.ts'
import type { Database } from '#electron/database/database.ts'
import type { CleanupPlan, Decisions } from '#shared/cleanup.ts'
import type { RestoreOutcome, RunOutcome } from '#shared/cleanup-run.ts'
import { recordedLog } from '#support/log.ts'
import { administrator, zone } from './setting.ts'

/** A folder of backups and what a workstation remembers of them. */
export interface Desk {
  readonly folder: string
  readonly journal: Journal
}

const desks: string[] = []

/** A workstation with an empty folder. */
export function desk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-backups-'))
  desks.push(folder)
  return { folder, journal: openJournal({ file: join(folder, 'cleanups.json'), log: recordedLog() }) }
}

afterAll(() => {
  for (const folder of desks.splice(0)) rmSync(folder, { recursive: true, force: true })
})

export const by = { id: administrator, userName: 'dr.santiago.ornelas' }
const quiet = { report() {}, passPointOfNoReturn() {}, signal: new AbortController().signal }

/** Everything that the last confirmation would say, from the plan of this moment. */
export async function confirmed(
  database: Database,
  at: Desk,
  decisions: Decisions,
  more: Partial<RunOptions> = {},
): Promise<RunOptions> {
  const who = more.administrator === undefined ? administrator : more.administrator
  const plan = await planFrom(database, { decisions, administrator: who, zone })
  return order(plan, at, { ...more, decisions, administrator: who })
}

/** The same from a plan that is known. */
export function order(
  plan: CleanupPlan,
  { folder, journal }: Desk,
  more: Partial<RunOptions> & Pick<RunOptions, 'decisions' | 'administrator'>,
): RunOptions {
  const protection: Protection = { kind: 'none' }
  return {
    ...{ id: randomUUID(), zone, hash: plan.hash, by, folder, journal, protection },
    typed: { databaseName: plan.database, patients: plan.totals.patients },
    baseName: 'limpieza',
    app: { name: 'PodoSkin Admin', version: '0.0.0' },
    server: { host: '127.0.0.1', port: 5432 },
    ...{ environment: 'testing', proof: true, record: false, log: recordedLog(), lockTimeout: 2_000 },
    ...quiet,
    ...more,
  }
}

/** A cleanup from its plan to its end. */
export async function clean(
  database: Database,
  at: Desk,
  decisions: Decisions,
  more: Partial<RunOptions> = {},
): Promise<RunOutcome> {
  return runCleanup(database, await confirmed(database, at, decisions, more))
}

/** Puts back what a run took. */
export function restore(
  database: Database,
  { folder, journal }: Desk,
  name: string,
  more: Partial<RestoreOptions> = {},
): Promise<RestoreOutcome> {
  const unlock: Unlock = null
  return restoreBackup(database, {
    ...{ kind: 'restore', id: randomUUID(), file: join(folder, name), unlock, databaseName: null, by, record: false },
    ...{ journal, log: recordedLog(), lockTimeout: 2_000 },
    ...quiet,
    ...more,
  })
}
