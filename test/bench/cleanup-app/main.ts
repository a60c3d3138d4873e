// The program's cleanup in an Electron main process without a window: does what it is ordered, one thing after
// another, and writes how long each took and how far the memory of this process rose above its rest before the first.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { app } from 'electron'
import type { Derive } from '#electron/cleanup/backup/key.ts'
import { readBackup } from '#electron/cleanup/backup/reader.ts'
import { openJournal } from '#electron/cleanup/journal.ts'
import { planFrom } from '#electron/cleanup/rehearsal.ts'
import { restoreBackup } from '#electron/cleanup/restore.ts'
import { runCleanup } from '#electron/cleanup/run.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { askAside } from '#electron/shell/aside.ts'
import { type CleanupPlan, decisionsSchema } from '#shared/cleanup.ts'

export interface Order {
  readonly connection: { host: string; port: number; user: string; password: string; database: string }
  readonly folder: string
  /** Encrypted with a passphrase, or not at all as the work by hand. */
  readonly passphrase: string | null
  readonly steps: readonly ('run' | 'runUnproven' | 'verify' | 'testRestore' | 'restore')[]
  /** Where to write the `Answer`. */
  readonly report: string
}

export interface Done {
  readonly step: Order['steps'][number]
  readonly milliseconds: number
  readonly phases: readonly { readonly phase: string; readonly milliseconds: number }[]
  /** Bytes beyond the rest before the first step, at most, of this process. */
  readonly extra: number
}

export interface Answer {
  readonly done: readonly Done[]
  /** Of the backup. */
  readonly bytes: number
  /** Bytes that the process which derives a passphrase's key took, at most. */
  readonly aside: number
  readonly plan: CleanupPlan
}

const log = { info() {}, warn: console.warn, error: console.error }
const zone = 'America/Tijuana'
const by = { id: '1', userName: 'bench' }
const quiet = { report() {}, passPointOfNoReturn() {}, signal: new AbortController().signal, log }
const decisions = decisionsSchema.parse({
  guard: { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete' },
})

let aside = 0

/** As the app does it, watched. */
const derive: Derive = async (derivation) => {
  const timer = setInterval(() => {
    const found = app.getAppMetrics().find(({ name }) => name === 'podoskin-key')
    aside = Math.max(aside, (found?.memory.workingSetSize ?? 0) * 1024)
  }, 20)
  try {
    return await askAside<Uint8Array>(join(import.meta.dirname, 'key-process.js'), 'podoskin-key', derivation)
  } finally {
    clearInterval(timer)
  }
}

async function work(order: Order): Promise<Answer> {
  const { connection, folder, passphrase } = order
  const database = await openDatabase({
    ...connection,
    ...{ tls: { mode: 'disable', ca: null }, schema: null, pool: { warm: 0, max: 3 }, log },
  })
  try {
    const plan = await planFrom(database, { decisions, administrator: by.id, zone })
    await delay(1_000)
    const rest = process.memoryUsage.rss()
    const done: Done[] = []
    const backup = { file: '', bytes: 0 }
    for (const step of order.steps) {
      const peak = watchPeak()
      const started = performance.now()
      const phases = await steps[step](database, { plan, folder, passphrase, backup })
      const milliseconds = performance.now() - started
      done.push({ ...{ step, milliseconds, phases }, extra: peak() - rest })
      // As between two clicks.
      await delay(1_000)
    }
    return { done, bytes: backup.bytes, aside, plan }
  } finally {
    await database.close()
  }
}

interface Setting {
  readonly plan: CleanupPlan
  readonly folder: string
  readonly passphrase: string | null
  readonly backup: { file: string; bytes: number }
}

const unlockOf = ({ passphrase }: Setting) => (passphrase === null ? null : { passphrase, derive })

async function clean(database: Database, setting: Setting, proof: boolean): Promise<Done['phases']> {
  const { plan, folder, passphrase, backup } = setting
  const outcome = await runCleanup(database, {
    ...{ id: randomUUID(), zone, decisions, hash: plan.hash, by, administrator: by.id, folder, proof, record: false },
    typed: { databaseName: plan.database, patients: plan.totals.patients },
    protection: passphrase === null ? { kind: 'none' } : { kind: 'passphrase', passphrase, derive },
    ...{ baseName: 'bench', app: { name: 'bench', version: '0' }, server: { host: '', port: 0 } },
    ...{ environment: 'testing', journal: journalOf(folder) },
    ...quiet,
  })
  backup.file = join(folder, outcome.backup.name)
  backup.bytes = outcome.backup.bytes
  return outcome.phases
}

async function putBack(database: Database, setting: Setting, kind: 'restore' | 'testRestore'): Promise<Done['phases']> {
  const { phases } = await restoreBackup(database, {
    ...{ kind, id: randomUUID(), file: setting.backup.file, unlock: unlockOf(setting), databaseName: null, by },
    ...{ record: false, journal: journalOf(setting.folder) },
    ...quiet,
  })
  return phases
}

const journalOf = (folder: string) => openJournal({ file: join(folder, 'journal.json'), log })

const steps: Record<Done['step'], (database: Database, setting: Setting) => Promise<Done['phases']>> = {
  run: (database, setting) => clean(database, setting, true),
  runUnproven: (database, setting) => clean(database, setting, false),
  async verify(_, setting) {
    await readBackup(setting.backup.file, unlockOf(setting))
    return []
  },
  testRestore: (database, setting) => putBack(database, setting, 'testRestore'),
  restore: (database, setting) => putBack(database, setting, 'restore'),
}

/** The most that this process weighs from now on: by the system's own mark where it keeps one, else by looking often. */
function watchPeak(): () => number {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
    const mark = () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024
    if (Number.isFinite(mark())) return mark
  } catch {
    // Not Linux, or not ours to reset.
  }
  let most = process.memoryUsage.rss()
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 10)
  return () => {
    clearInterval(timer)
    return Math.max(most, process.memoryUsage.rss())
  }
}

void app.whenReady().then(async () => {
  const order: Order = JSON.parse(readFileSync(process.env.PODOSKIN_BENCH_ORDER ?? '', 'utf8'))
  try {
    writeFileSync(order.report, JSON.stringify(await work(order)))
  } catch (error) {
    writeFileSync(order.report, JSON.stringify({ failure: error instanceof Error ? error.stack : String(error) }))
  }
  app.exit(0)
})
