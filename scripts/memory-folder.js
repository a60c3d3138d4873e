import { accessSync, chmodSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const memory = '/dev/shm'

/**
 * A folder in memory for what the tests write and throw away: a clinic is copied there in a tenth of the time.
 * @param {number} need bytes that must be free
 * @returns {string | null} null where there is no such folder, too little room in it, or no program may run from it
 */
export function makeMemoryFolder(need) {
  if (process.platform !== 'linux') return null
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < need) return null
    // Short, for the paths of sockets below it are limited to 107 bytes.
    const folder = mkdtempSync(join(memory, 'podoskin-'))
    chmodSync(folder, 0o1777)
    const program = join(folder, 'program')
    writeFileSync(program, '', { mode: 0o755 })
    try {
      accessSync(program, constants.X_OK)
      rmSync(program)
      return folder
    } catch {
      rmSync(folder, { recursive: true })
      return null
    }
  } catch {
    return null
  }
}
