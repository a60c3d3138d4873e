import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { systemCode } from '#electron/system-code.ts'

export interface Folders {
  readonly logs: string
  /** Whether the profile can be written; else nothing of this run is remembered. */
  readonly writable: boolean
}

/** What a system says of a folder that is not ours to write; a full disk is none of these. */
const readOnly = ['EROFS', 'EACCES', 'EPERM']

/**
 * A profile that cannot be written (a read-only home, a folder of somebody else's) is read all the same: what Chromium and
 * the log have to write goes to a temporary folder. Must come before Electron is ready. Without it Chromium finds no place
 * for its lock, takes us for a second start, and the program would end without a word.
 */
export function settleFolders(): Folders {
  const profile = app.getPath('userData')
  const probe = join(profile, `.probe-${process.pid}`)
  try {
    mkdirSync(profile, { recursive: true })
    writeFileSync(probe, '', { flag: 'wx' })
  } catch (error) {
    const code = systemCode(error)
    if (readOnly.includes(code)) return temporaryFolders()
  }
  rmSync(probe, { force: true })
  return { logs: join(profile, 'logs'), writable: true }
}

function temporaryFolders(): Folders {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-admin-'))
  app.setPath('sessionData', join(folder, 'session'))
  // After the last line of the log, which would make its folder again. What Chromium still writes on its way out stays.
  app.once('quit', () => {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // Windows holds files of a page that has not gone yet; the system empties its temporary folder by itself.
    }
  })
  return { logs: join(folder, 'logs'), writable: false }
}
