import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { _electron } from 'playwright'
import { rootArguments } from './application.js'
import { makeBackupFolder, removeBackupFolder } from './backup-folder.js'
import { hasDisplay, withVirtualDisplay } from './display.js'
import { electronEnvironment, electronRuntime } from './electron-runtime.js'
import { root } from './process.js'
import { done, notice, SetupError, step } from './say.js'
import { backendLog } from './tour/backend-log.js'
import { stops } from './tour-stops.js'

/** @typedef {{ id: string, title: string, screenshot: string, ms: number, ok: boolean }} Step */

const folder = join(root, 'out', 'tour')

/**
 * Walks through the app as a person would, with a screenshot of each screen and a report of times in `out/tour/`.
 * It runs in the window of whoever has a display, else in a virtual one.
 * @param {import('./demo-clinic.js').Demo} demo
 */
export async function tour(demo) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const userData = mkdtempSync(join(tmpdir(), 'podoskin-tour-'))
  const backups = makeBackupFolder()
  if (backups === null)
    notice('The home folder is a temporary one, where no backup may lie: the cleanup is not shown to its end.')
  try {
    if (hasDisplay()) await walk(demo, { userData, backups }, process.env)
    else await withVirtualDisplay((environment) => walk(demo, { userData, backups }, environment))
  } finally {
    removeBackupFolder(backups)
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * @param {import('./demo-clinic.js').Demo} demo
 * @param {{ userData: string, backups: string | null }} folders
 * @param {NodeJS.ProcessEnv} environment
 */
async function walk(demo, { userData, backups }, environment) {
  const runtime = await electronRuntime()
  // Playwright looks for Electron in our own environment, not in the one it gives to the app.
  Object.assign(process.env, electronEnvironment(runtime))
  writeFileSync(
    join(userData, 'settings.json'),
    JSON.stringify({ schemaVersion: 1, language: 'es', appearance: 'light' }),
  )
  const log = join(userData, 'backend.log')
  writeFileSync(log, backendLog(new Date()))
  const application = await _electron.launch({
    args: [...rootArguments(), root],
    cwd: root,
    chromiumSandbox: process.getuid?.() !== 0,
    env: /** @type {Record<string, string>} */ ({
      ...environment,
      PODOSKIN_DEMO: demo.file,
      PODOSKIN_USER_DATA: userData,
    }),
  })
  /** @type {Step[]} */
  const steps = []
  try {
    const page = await application.firstWindow()
    await sizeOf(application)(1280, 800)
    for (const stop of stops.filter(({ backup }) => backup !== true || backups !== null)) {
      const guide = { application, page, demo, log, backups: backups ?? '', size: sizeOf(application) }
      steps.push(await visit(stop, guide))
    }
  } finally {
    await application.close()
  }
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const report = {
    app: `${name} ${version}`,
    electron: `${runtime.version} (${runtime.kind})`,
    node: process.version,
    server: demo.server,
    steps,
  }
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  const failed = steps.filter((one) => !one.ok)
  if (failed.length > 0) {
    throw new SetupError(
      `The tour could not finish: ${failed.map((one) => one.title).join(', ')}.`,
      'Look at the screenshots in out/tour/.',
    )
  }
  done(`Tour: ${steps.length} screens in out/tour/, times in out/tour/report.json`)
}

/**
 * @param {import('./tour/guide.js').Stop} stop
 * @param {import('./tour/guide.js').Guide} guide
 * @returns {Promise<Step>}
 */
async function visit(stop, guide) {
  const screenshot = `${stop.id}.png`
  const started = performance.now()
  let ok = true
  try {
    await stop.go(guide)
  } catch (error) {
    ok = false
    console.error(error)
  }
  const ms = Math.round(performance.now() - started)
  await guide.page.screenshot({ path: join(folder, screenshot), animations: 'disabled' })
  step(`${stop.title}: ${ms} ms`)
  return { id: stop.id, title: stop.title, screenshot, ms, ok }
}

/** @param {import('@playwright/test').ElectronApplication} application @returns {import('./tour/guide.js').Guide['size']} */
const sizeOf = (application) => (width, height) =>
  application.evaluate(
    ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w ?? 0, h ?? 0),
    [width, height],
  )

/** Keeps the tour's pictures that the documents show. */
export function keepScreenshots() {
  const kept = join(root, 'docs', 'screenshots')
  mkdirSync(kept, { recursive: true })
  for (const { id } of stops.filter((stop) => stop.documented))
    copyFileSync(join(folder, `${id}.png`), join(kept, `${id}.png`))
}
