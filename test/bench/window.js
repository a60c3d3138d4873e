import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { rootArguments } from '#scripts/application.js'
import { hasDisplay, withVirtualDisplay } from '#scripts/display.js'
import { electronEnvironment, electronRuntime } from '#scripts/electron-runtime.js'
import { root } from '#scripts/process.js'
import { interleaved } from './measure.js'
import { row } from './report.js'

/** @typedef {{ folder: string, environment?: NodeJS.ProcessEnv }} App */

const emptyWindow = join(import.meta.dirname, 'empty-window')
const patience = 60_000
/** Milliseconds until garbage and start-up work have gone. */
const settle = 4_000

/**
 * How long the app takes to show its window and what it weighs with the dashboard open, beside an empty window.
 * @param {import('./clinic.js').BenchDemo} demo
 */
export async function windowRows(demo) {
  return hasDisplay() ? measure(process.env, demo) : withVirtualDisplay((display) => measure(display, demo))
}

/**
 * @param {NodeJS.ProcessEnv} display
 * @param {import('./clinic.js').BenchDemo} demo
 */
async function measure(display, demo) {
  const ours = { folder: root }
  const shown = await interleaved(
    {
      ours: async () => (await launch(ours, display)).shown,
      empty: async () => (await launch({ folder: emptyWindow }, display)).shown,
    },
    { rounds: 7, warmUp: 1 },
  )
  const heavy = { PODOSKIN_BENCH_SETTLE: String(settle) }
  const dashboard = { ...heavy, PODOSKIN_DEMO: demo.file, PODOSKIN_BENCH_SCRIPT: openDashboard(demo.administrator) }
  const weight = await interleaved(
    {
      ours: async () => (await launch({ ...ours, environment: dashboard }, display)).megabytes,
      empty: async () => (await launch({ folder: emptyWindow, environment: heavy }, display)).megabytes,
    },
    { rounds: 3 },
  )
  return [
    row({
      id: 'window.shown',
      what: 'Window shown, from the start of the process, against an empty Electron window',
      ...{ measured: shown.ours, reference: shown.empty, unit: 'ms', budget: 1.5 },
    }),
    row({
      id: 'window.memory',
      what: 'Memory of all processes with the dashboard open, against an empty Electron window',
      ...{ measured: weight.ours, reference: weight.empty, unit: 'MB', budget: 1.5 },
    }),
  ]
}

/**
 * Starts an app with a fresh profile, and reads what the probe in it wrote when it ended.
 * @param {App} app
 * @param {NodeJS.ProcessEnv} display
 * @returns {Promise<{ shown: number, megabytes: number }>} milliseconds from its start
 */
async function launch({ folder, environment = {} }, display) {
  const runtime = await electronRuntime()
  const profile = mkdtempSync(join(tmpdir(), 'podoskin-bench-'))
  const report = join(profile, 'report.json')
  const started = Date.now()
  const child = spawn(
    runtime.executable,
    ['-r', join(import.meta.dirname, 'probe.cjs'), ...rootArguments(), `--user-data-dir=${profile}`, folder],
    {
      stdio: 'ignore',
      env: {
        ...display,
        ...electronEnvironment(runtime),
        PODOSKIN_USER_DATA: profile,
        PODOSKIN_BENCH_REPORT: report,
        ...environment,
      },
    },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await new Promise((ended, failed) => {
    child.once('close', ended)
    child.once('error', failed)
  })
  clearTimeout(timer)
  try {
    const { shown, kilobytes, failure } = JSON.parse(readFileSync(report, 'utf8'))
    if (failure) throw new Error(failure)
    return { shown: shown - started, megabytes: kilobytes / 1024 }
  } catch (error) {
    throw new Error(`${folder} showed no window, or ended before it could be measured`, { cause: error })
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Runs in the page: opens the demo, logs in over the bridge, and waits until the dashboard has drawn a chart.
 * @param {{ user: string, password: string }} login
 */
function openDashboard({ user, password }) {
  return `(async () => {
    const call = async (name, input) => {
      const answer = await window.podoskin.call(name, input)
      if (!answer.ok) throw new Error(name + ' ' + answer.error.code)
      return answer.value
    }
    const { demo } = await call('connection.state')
    await call('connection.open', { id: demo.profileId, password: null })
    await call('session.login', ${JSON.stringify({ name: user, password })})
    for (let waited = 0; !document.querySelector('.recharts-surface'); waited += 100) {
      if (waited > 20000) throw new Error('no chart was drawn')
      await new Promise((wake) => setTimeout(wake, 100))
    }
  })()`
}
