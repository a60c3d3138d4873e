import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { electronRuntime } from '#scripts/electron-runtime.js'
import { makeDeb } from '#scripts/package/deb.js'
import { bin, root } from '#scripts/process.js'

const source = join(import.meta.dirname, 'empty-window')

/**
 * Packs the empty window as `npm run package` packs the app: the same Electron, fuses, languages and archive, nothing in
 * it but a page without a word.
 * @returns {Promise<import('./package.js').Packed>}
 */
export async function packEmpty() {
  const destination = join(root, '.cache', 'empty-package')
  const { folder, version, kind } = await electronRuntime()
  rmSync(destination, { recursive: true, force: true })
  mkdirSync(destination, { recursive: true })
  const config = join(destination, 'config.json')
  const overrides = {
    extends: join(root, 'electron-builder.yml'),
    ...{ appId: 'mx.podoskin.empty', productName: 'Empty window', fileAssociations: [] },
    directories: { output: destination, buildResources: join(root, 'build') },
    files: ['**/*'],
    afterPack: join(root, 'scripts', 'package', 'after-pack.js'),
    ...(kind === 'stand-in' ? { electronDist: folder } : {}),
    electronVersion: version,
    linux: { executableName: 'empty-window', icon: join(root, 'build', 'icons') },
  }
  writeFileSync(config, JSON.stringify(overrides))
  const args = ['--linux', '--dir', '--projectDir', source, '--config', config, '--publish', 'never']
  const { code, output } = await bin('electron-builder/cli.js', args, { quiet: true })
  const unpacked = join(destination, 'linux-unpacked')
  const program = join(unpacked, 'empty-window')
  if (code !== 0 || !existsSync(program)) throw new Error(`the empty window was not packed\n${output}`)
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const deb = await makeDeb({
    ...{ source: unpacked, destination, icons: join(root, 'build', 'icons') },
    ...{ name: 'empty-window', productName: 'Empty window', version: manifest.version, description: 'yardstick' },
    compression: 'fast',
  })
  return { folder: unpacked, program, deb }
}
