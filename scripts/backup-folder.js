import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import process from 'node:process'

/** @param {string} parent @param {string} path */
const isWithin = (parent, path) => {
  const way = relative(parent, path)
  return !way.startsWith('..') && !isAbsolute(way)
}

/**
 * A folder for backups of tests and of the tour: the app refuses temporary ones. Root's home is closed to the ordinary
 * user as whom the windows are tested. Null where the only place we have is a temporary one.
 */
export function makeBackupFolder() {
  const base = process.getuid?.() === 0 ? '/var' : homedir()
  if ([tmpdir(), '/tmp', '/var/tmp'].some((temporary) => isWithin(temporary, base))) return null
  return mkdtempSync(join(base, 'podoskin-backups-'))
}

/** @param {string | null} folder */
export function removeBackupFolder(folder) {
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
