import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { bin, npm, root } from './process.js'
import { done, notice, SetupError, step } from './say.js'

const cache = join(root, '.cache')
const stampFile = join(cache, 'setup.json')

/** @returns {Record<string, string>} what earlier runs have finished, by step */
export function stamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}

/** @param {string} name @param {string} value */
export function stamp(name, value) {
  mkdirSync(cache, { recursive: true })
  writeFileSync(stampFile, `${JSON.stringify({ ...stamps(), [name]: value }, null, 2)}\n`)
}

/**
 * A fingerprint of files and folders by name, size and time of change.
 * @param {readonly string[]} paths relative to the project
 */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  const add = (/** @type {string} */ path) => {
    const full = join(root, path)
    if (!existsSync(full)) return
    const stat = statSync(full)
    if (stat.isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name))
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(`Node ${process.versions.node} is too old.`, 'Install Node 20.19 or newer and run this again.')
}

async function dependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (stamps().dependencies === lock && existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    done('Dependencies: already installed')
    return
  }
  step('Dependencies: npm ci (about 560 MB, once)')
  const { code } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    throw new SetupError(
      'npm could not install the dependencies.',
      'Read its message above; check the network and the free space, then run this again.',
    )
  }
  stamp('dependencies', lock)
  done('Dependencies: installed')
}

/**
 * Debian packages: installed when we are root, else the command is printed.
 * @param {'run' | 'test'} purpose what the packages are for: running the app, or also its tests
 */
async function systemPackages(purpose) {
  const { installSystemPackages } = await import('./system-packages.js')
  await installSystemPackages(purpose)
}

async function runtime() {
  const { electronRuntime } = await import('./electron-runtime.js')
  const { version, kind } = await electronRuntime({ log: step })
  if (kind === 'official') done(`Electron: official ${version}`)
  else notice(`Electron: stand-in ${version} for development and tests; the official one cannot be downloaded here`)
}

async function build() {
  const sources = fingerprint([
    'electron',
    'renderer',
    'shared',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
  ])
  if (stamps().build === sources && existsSync(join(root, 'out', 'main', 'main.js'))) {
    done('Build: up to date')
    return
  }
  step('Build: electron-vite build')
  const { code, output } = await bin('electron-vite/bin/electron-vite.js', ['build'], { quiet: true })
  if (code !== 0) throw new SetupError(`The build failed.\n${output}`, 'Correct the error above and run this again.')
  stamp('build', sources)
  done('Build: out/')
}

/**
 * Brings this machine to where the app can run from source: dependencies, system libraries, Electron's
 * runtime, build. Each step is skipped when it was done before.
 * @param {'check' | 'run' | 'test'} purpose reading the sources, running the app, or also testing it
 */
export async function setup(purpose) {
  checkNode()
  await dependencies()
  if (purpose === 'check') return
  await systemPackages(purpose)
  await runtime()
  await build()
}
