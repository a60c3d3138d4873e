import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { hasDisplay, withVirtualDisplay } from '#scripts/display.js'
import { execute, root } from '#scripts/process.js'
import { packEmpty } from './empty-package.js'
import { interleaved } from './measure.js'
import { startPacked } from './packed-start.js'
import { row } from './report.js'

/** @typedef {{ folder: string, program: string, deb: string }} Packed what lies unpacked, what starts it, what apt takes */

/**
 * What a clinic gets, untouched, beside an empty Electron window that is packed the same way: what it takes of the disk,
 * how long a start with a new profile takes, and what it weighs at its first screen.
 */
export async function packageRows() {
  const packed = { ours: await packOurs(), empty: await packEmpty() }
  const started = await (hasDisplay()
    ? starts(packed, process.env)
    : withVirtualDisplay((display) => starts(packed, display)))
  const size = (/** @type {string} */ id, /** @type {string} */ what, /** @type {(one: Packed) => number} */ bytes) =>
    row({ id, what, measured: bytes(packed.ours) / 1e6, reference: bytes(packed.empty) / 1e6, unit: 'MB' })
  return [
    size('package.installed', 'Package as installed, against an empty Electron window packed alike', ({ folder }) =>
      sizeOf(folder),
    ),
    size('package.deb', 'Its .deb (gzip -1; a release packs smaller)', ({ deb }) => sizeOf(deb)),
    ...started,
  ]
}

/**
 * @param {{ ours: Packed, empty: Packed }} packed
 * @param {NodeJS.ProcessEnv} display
 */
async function starts({ ours, empty }, display) {
  const shown = await interleaved(
    {
      ours: async () => (await startPacked(ours, display)).shown,
      empty: async () => (await startPacked(empty, display)).shown,
    },
    { rounds: 5 },
  )
  const weight = await interleaved(
    {
      ours: async () => (await startPacked(ours, display, { weigh: true })).megabytes,
      empty: async () => (await startPacked(empty, display, { weigh: true })).megabytes,
    },
    { rounds: 3 },
  )
  return [
    row({
      id: 'package.shown',
      what: 'Its window shown, from the start of the process, against the empty one',
      ...{ measured: shown.ours, reference: shown.empty, unit: 'ms', budget: 1.5 },
    }),
    row({
      id: 'package.memory',
      what: 'Memory of all its processes at the first screen, against the empty one',
      ...{ measured: weight.ours, reference: weight.empty, unit: 'MB', budget: 1.5 },
    }),
  ]
}

/** @returns {Promise<Packed>} */
async function packOurs() {
  const { code } = await execute(process.execPath, [join(root, 'scripts', 'package.js'), '--if-needed'])
  if (code !== 0) throw new Error('the package was not made')
  const release = join(root, 'release')
  const deb = readdirSync(release).find((name) => name.endsWith('.deb'))
  if (deb === undefined) throw new Error('there is no .deb: this bench needs dpkg-deb')
  const folder = join(release, 'linux-unpacked')
  return { folder, program: join(folder, 'podoskin-admin'), deb: join(release, deb) }
}

/** @param {string} path @returns {number} bytes of a file, or of all files below */
function sizeOf(path) {
  const found = lstatSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}
