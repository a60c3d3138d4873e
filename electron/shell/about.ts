import { arch, release } from 'node:os'
import { app } from 'electron'
import type { About } from '#shared/shell.ts'

/** What really runs, asked of the running program. */
export function about(logFile: string): About {
  const { electron, chrome, node } = process.versions
  return {
    app: app.getVersion(),
    electron: electron ?? '',
    chromium: chrome ?? '',
    node,
    platform: `${process.platform} ${release()} ${arch()}`,
    runtime: major(electron) === __ELECTRON_MAJOR__ ? 'official' : 'stand-in',
    packaged: app.isPackaged,
    logFile,
  }
}

function major(version: string | undefined): number {
  return Number.parseInt(version ?? '', 10)
}
