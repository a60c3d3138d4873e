import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { type IdleLimits, idleLimits } from '#shared/monitoring-sessions.ts'
import { backendToken, loadDashboard } from '#support/backend-client.ts'
import { type BackendMode, noBackend } from '#support/backend-folder.ts'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { buildLogWorker } from '#support/log-worker.ts'
import { say } from '#support/words.ts'
import { type Watching, watchBackend } from './watching.ts'

const long = process.env.PODOSKIN_LONG === '1'
/** The hour of the brief at a moderate rate, or as much of it as fits a test that runs often. Milliseconds. */
const load = long
  ? { lasts: 3_600_000, clients: 4, pause: 500, look: 1_000 }
  : { lasts: 6_000, clients: 4, pause: 40, look: 200 }
/** The product's own limits where there is time for them, else shorter ones in the same order. */
const limits: IdleLimits = long ? idleLimits : { warning: 0.7, critical: 1.5 }
/** Below the backend's half hour. */
const tokenLasts = 20 * 60_000

const folder = mkdtempSync(join(tmpdir(), 'podoskin-load-'))
let workerFile = ''
let role: DatabaseOptions
let watcher: DatabaseOptions
const open: Watching[] = []
beforeAll(async () => {
  workerFile = await buildLogWorker(join(folder, 'worker'))
  const clinic = await freshClinic()
  role = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
  watcher = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')
})
afterEach(async () => {
  for (const watching of open.splice(0)) await watching.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
dropClinicsAfterAll()

async function watch(mode: BackendMode): Promise<Watching> {
  const watching = await watchBackend({ mode, role, watcher, limits, folder, workerFile })
  open.push(watching)
  return watching
}

/** One look at the sessions as the page takes it, which the alarm hears of. */
async function look({ monitoring }: Watching) {
  // A look is shared for some seconds; a test wants its own.
  monitoring.forgetSessions()
  return monitoring.handlers['monitoring.sessions'](undefined)
}

const collect = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

/** Megabytes: what the process holds, and what of it is reachable. */
function memory(): { readonly rss: number; readonly heap: number } {
  collect()
  const { rss, heapUsed } = process.memoryUsage()
  return { rss: rss / 1e6, heap: heapUsed / 1e6 }
}

describe.skipIf(noBackend !== null)(`a backend under load${noBackend === null ? '' : ` (${noBackend})`}`, () => {
  test(
    `that is correct is clean for ${load.lasts / 1_000} s in every view, and watching it leaves no trace`,
    async () => {
      const watching = await watch('correct')
      const { backend, monitoring, database, notices } = watching
      const began = Date.now()
      const counts = { requests: 0, looks: 0 }
      const statuses = new Set<number>()
      const verdicts = new Set<string>()
      let failed = false
      const during = (work: () => Promise<void>, pause: number) =>
        (async () => {
          while (!failed && Date.now() - began < load.lasts) {
            await work()
            await wait(pause)
          }
        })().catch((error: unknown) => {
          failed = true
          throw error
        })

      let token = { text: await backendToken(backend), since: began }
      const client = async () => {
        if (Date.now() - token.since > tokenLasts) {
          token = { ...token, since: Date.now() }
          token = { ...token, text: await backendToken(backend) }
        }
        statuses.add(await loadDashboard(backend, token.text))
        counts.requests += 1
      }
      let early: ReturnType<typeof memory> | null = null
      const watcherOf = async () => {
        verdicts.add((await monitoring.handlers['monitoring.sessions'](undefined)).status)
        verdicts.add((await monitoring.lookAtSessions(database)).status)
        counts.looks += 1
        if (early === null && Date.now() - began > load.lasts / 12) early = memory()
      }
      await Promise.all([
        ...Array.from({ length: load.clients }, () => during(client, load.pause)),
        during(watcherOf, load.look),
      ])

      const end = memory()
      expect([...statuses]).toEqual([200])
      expect([...verdicts]).toEqual(['clean'])
      const { history } = await monitoring.handlers['monitoring.sessions'](undefined)
      expect(history.every(({ overdue, blocked, unseen }) => overdue + blocked + unseen === 0)).toBe(true)
      const { sessions } = await monitoring.lookAtSessions(database)
      const held = sessions.filter(({ user, state }) => user === role.user && state !== 'idle')
      expect(held).toEqual([])
      // The log was read to its end, and nothing in it is a problem.
      const written = () => Buffer.byteLength(backend.log())
      await expect
        .poll(async () => (await monitoring.handlers['monitoring.logState'](undefined)).read.bytes)
        .toBe(written())
      const log = await monitoring.handlers['monitoring.logState'](undefined)
      expect(log).toMatchObject({ status: 'following', groups: [], problems: 0, starts: 1, poolReady: 1, minutes: [] })
      expect(log.requests.after).toEqual({ total: counts.requests + logins(backend.log()), failed: 0 })
      expect(notices).toEqual([])
      const pool = database.figures()
      expect(pool).toMatchObject({ leaks: 0, timeouts: 0, reconnects: 0, failures: 0 })
      expect(pool.now).toMatchObject({ waiting: 0, idle: pool.now.total })
      expect(pool.requests).toBeGreaterThan(counts.looks)
      // Half of what was asked for is asked of a machine that is shared with other work.
      expect(counts.requests).toBeGreaterThan((load.lasts / load.pause) * load.clients * (long ? 0.5 : 0.1))
      const since = early ?? end
      expect(end.heap - since.heap).toBeLessThan(8)
      expect(end.rss - since.rss).toBeLessThan(60)
      const [from, to] = [since, end].map(({ rss, heap }) => `${rss.toFixed(0)} MB (heap ${heap.toFixed(1)})`)
      process.stdout.write(
        `correct backend, ${load.lasts / 1_000} s: ${counts.requests} requests, ${counts.looks} looks, all clean; ` +
          `log ${log.read.entries} entries, 0 problems; 0 notices; pool ${pool.requests} requests, 0 leaks; ` +
          `memory after ${Math.round(load.lasts / 12_000)} s ${from}, at the end ${to}\n`,
      )
    },
    load.lasts + 120_000,
  )

  test('that gives connections back inside a transaction is told once, and only the log shows it', async () => {
    const watching = await watch('in-transaction')
    const { backend, notices } = watching
    const token = await backendToken(backend)
    await expect
      .poll(async () => (await watching.monitoring.handlers['monitoring.logState'](undefined)).status)
      .toBe('following')
    for (let request = 0; request < 20; request += 1) {
      expect(await loadDashboard(backend, token)).toBe(200)
      expect((await look(watching)).status).toBe('clean')
    }
    const leaks = async () =>
      (await watching.monitoring.handlers['monitoring.logState'](undefined)).groups.find(
        ({ cause }) => cause === 'leak',
      )?.count
    await expect.poll(leaks, { timeout: 10_000 }).toBeGreaterThanOrEqual(20)
    await expect.poll(() => notices).toEqual([say('log', 'notice.title')])
  })

  test('that never gives them back is told once, and only the sessions show it', async () => {
    const watching = await watch('never-returned')
    const { backend, monitoring, notices } = watching
    const token = await backendToken(backend)
    for (let request = 0; request < 3; request += 1) expect(await loadDashboard(backend, token)).toBe(200)
    await expect
      .poll(async () => (await look(watching)).status, { timeout: (limits.critical + 20) * 1_000, interval: 100 })
      .toBe('critical')
    await look(watching)
    expect(notices).toEqual([say('sessions', 'alarm.critical')])
    expect((await monitoring.handlers['monitoring.logState'](undefined)).problems).toBe(0)
  })
})

function logins(log: string): number {
  return log.match(/"POST \/auth\/login /g)?.length ?? 0
}
