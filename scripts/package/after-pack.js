// electron-builder calls this when a package's folder is filled, before fuses are flipped and anything is signed.
import { rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A ready Electron folder is packed as it lies there: its own example app and its version file are not ours.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ packager, appOutDir }) {
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
  rmSync(join(appOutDir, 'version'), { force: true })
}
