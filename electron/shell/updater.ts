import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { UpdateState } from '#shared/updates.ts'

/** What the updates feature asks of electron-updater. */
interface Updater {
  check(): Promise<string | null>
  download(): Promise<void>
  install(): void
}

/** Whether this installation can look for versions, and who installs them. `testFeed` comes from tests only. */
export function updateChannel(testFeed: string | undefined): {
  readonly off: Extract<UpdateState['off'], 'source' | 'noFeed'> | null
  readonly how: 'install' | 'notify'
} {
  const resource = (name: string) => join(process.resourcesPath, name)
  const how = packageType(resource('package-type')) === 'deb' ? 'notify' : 'install'
  if (testFeed !== undefined) return { off: null, how }
  if (!app.isPackaged) return { off: 'source', how }
  return { off: existsSync(resource('app-update.yml')) ? null : 'noFeed', how }
}

function packageType(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}

/**
 * electron-updater, loaded when it is first asked: it reads where to look from the package (app-update.yml). The
 * checksum of every download is compared, and on Windows and macOS its signature. A feed of a test is on this machine.
 */
export async function loadUpdater(testFeed: string | undefined): Promise<Updater> {
  const { autoUpdater } = (await import('electron-updater')).default
  autoUpdater.logger = null
  autoUpdater.autoDownload = false
  // Only a person's yes installs.
  autoUpdater.autoInstallOnAppQuit = false
  if (testFeed !== undefined) {
    const { protocol, hostname } = new URL(testFeed)
    if (protocol !== 'http:' || hostname !== '127.0.0.1') throw new Error('a feed of a test is on this machine')
    autoUpdater.forceDevUpdateConfig = true
    const file = join(app.getPath('userData'), 'test-update.yml')
    writeFileSync(file, JSON.stringify({ provider: 'generic', url: testFeed, updaterCacheDirName: 'podoskin-test' }))
    autoUpdater.updateConfigPath = file
  }
  // Every failure also rejects the call that it belongs to.
  autoUpdater.on('error', () => undefined)
  return {
    async check() {
      const found = await autoUpdater.checkForUpdates()
      return found?.isUpdateAvailable ? found.updateInfo.version : null
    },
    async download() {
      await autoUpdater.downloadUpdate()
    },
    install: () => autoUpdater.quitAndInstall(false, true),
  }
}
