import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession } from '@playwright/test'
import type { PoolFigures } from '#shared/monitoring.ts'
import type { OpenApp } from './app.ts'
import { as, type Target } from './window-clinic.ts'

const MiB = 1024 * 1024

/** What a program that runs for days must not let grow, at one moment. Sizes in MiB. */
export interface Reading {
  readonly minute: number
  readonly mainRss: number
  readonly mainHeap: number
  /** Buffers and the like, outside of the heap. */
  readonly mainExternal: number
  readonly mainListeners: number
  /** What keeps Node's loop alive, but for sockets and timers, which come and go with the pool. */
  readonly mainResources: number
  readonly mainTimers: number
  /** Null where the system does not tell. */
  readonly mainFiles: number | null
  readonly pageRss: number
  readonly pageHeap: number
  readonly pageNodes: number
  readonly pageListeners: number
  readonly poolLeased: number
  readonly poolOpen: number
  readonly poolLeaks: number
  /** Sessions of the product as the server counts them. */
  readonly sessions: number
  readonly idleInTransaction: number
  readonly locks: number
  /** The app's own log, both files. */
  readonly log: number
  /** JSON files of the profile, all together. */
  readonly state: number
}

export interface Readings {
  /** Takes one reading, after both halves collected their garbage. An administrator must be logged in. */
  take(): Promise<Reading>
}

/** Reads the app from inside, the page over the debugger's protocol, and the server beside the app. */
export async function followApp(opened: OpenApp, server: Target): Promise<Readings> {
  const started = Date.now()
  const debug = await opened.page.context().newCDPSession(opened.page)
  await debug.send('Performance.enable')
  return {
    async take() {
      const figures = (await opened.call('monitoring.pool')).value as PoolFigures
      return {
        minute: Math.round((Date.now() - started) / 6_000) / 10,
        ...(await readMain(opened)),
        ...(await readPage(debug)),
        ...{ poolLeased: figures.now.total - figures.now.idle, poolOpen: figures.now.total, poolLeaks: figures.leaks },
        ...(await readServer(server)),
        log: sizeOf(join(opened.userData, 'logs'), /\.log$/),
        state: sizeOf(opened.userData, /\.json$/),
      }
    },
  }
}

async function readMain({ app }: OpenApp) {
  const { files, ...read } = await app.evaluate((electron) => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc')
    collect()
    collect()
    const windows = electron.BrowserWindow.getAllWindows()
    const heard = [
      ...[process, electron.app, electron.powerMonitor, electron.ipcMain, electron.nativeTheme, electron.screen],
      ...[electron.session.defaultSession, ...windows, ...windows.map(({ webContents }) => webContents)],
    ] as readonly NodeJS.EventEmitter[]
    const listeners = heard.flatMap((one) => one.eventNames().map((name) => one.listenerCount(name)))
    const resources = process.getActiveResourcesInfo()
    const page = windows[0]?.webContents.getOSProcessId()
    const { rss, heapUsed, external } = process.memoryUsage()
    return {
      ...{ rss, heapUsed, external, files: process.pid },
      listeners: listeners.reduce((sum, count) => sum + count, 0),
      resources: resources.filter((name) => !/^(TCP|TLS|Timeout|Immediate|FSReq)/.test(name)).length,
      timers: resources.filter((name) => name === 'Timeout').length,
      pageKilobytes: electron.app.getAppMetrics().find(({ pid }) => pid === page)?.memory.workingSetSize ?? 0,
    }
  })
  const descriptors = `/proc/${files}/fd`
  return {
    ...{ mainRss: read.rss / MiB, mainHeap: read.heapUsed / MiB, mainExternal: read.external / MiB },
    ...{ mainListeners: read.listeners, mainResources: read.resources, mainTimers: read.timers },
    mainFiles: existsSync(descriptors) ? readdirSync(descriptors).length : null,
    pageRss: read.pageKilobytes / 1024,
  }
}

async function readPage(debug: CDPSession) {
  await debug.send('HeapProfiler.collectGarbage')
  const { metrics } = await debug.send('Performance.getMetrics')
  const metric = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return {
    pageHeap: metric('JSHeapUsedSize') / MiB,
    pageNodes: metric('Nodes'),
    pageListeners: metric('JSEventListeners'),
  }
}

async function readServer(server: Target) {
  const [row] = await as(server, async (client) => {
    const ours = `datname = current_database() AND application_name = 'podoskin-admin'`
    const { rows } = await client.query<{ sessions: number; stuck: number; locks: number }>(
      `SELECT count(*)::int AS sessions, (count(*) FILTER (WHERE state LIKE 'idle in transaction%'))::int AS stuck,
         (SELECT count(*)::int FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE ${ours} AND a.state = 'idle') AS locks
       FROM pg_stat_activity WHERE ${ours}`,
    )
    return rows
  })
  if (row === undefined) throw new Error('the server counted nothing')
  return { sessions: row.sessions, idleInTransaction: row.stuck, locks: row.locks }
}

function sizeOf(folder: string, wanted: RegExp): number {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && wanted.test(entry.name),
  )
  return files.reduce((sum, { name }) => sum + statSync(join(folder, name)).size, 0) / MiB
}
