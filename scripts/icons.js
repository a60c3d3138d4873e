// Draws the app's icons from the page's own mark (renderer/ui/mark.tsx) into build/. The files are committed, so
// packaging does not need this; run it when the mark changes, and a test says when that was forgotten.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { circle, outline, paint, polygon, roundSquare } from './package/drawing.js'
import { icns, ico, png } from './package/icon-files.js'
import { root } from './process.js'
import { done, run } from './say.js'

const view = 32
/** The accent of the theme that carries white: shade 6. */
const ground = /** @type {const} */ ([0x12, 0x74, 0x6e])
const white = /** @type {const} */ ([0xff, 0xff, 0xff])
/** macOS' icons stand in a margin of their own. */
const macInset = 0.098

/** The shapes of the mark, read from the component that draws it. */
function mark() {
  const source = readFileSync(join(root, 'renderer', 'ui', 'mark.tsx'), 'utf8')
  const corner = Number(/<rect[^>]*\brx="([\d.]+)"/.exec(source)?.[1])
  const paths = [...source.matchAll(/<path d="([^"]+)"/g)].map(([, d]) => polygon(outline(d ?? '')))
  const toes = [...source.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)].map(([, x, y, r]) =>
    circle(Number(x), Number(y), Number(r)),
  )
  if (!corner || paths.length === 0 || toes.length === 0)
    throw new Error('renderer/ui/mark.tsx is not drawn as expected')
  return [
    { contains: roundSquare(view, corner), colour: ground },
    ...[...paths, ...toes].map((contains) => ({ contains, colour: white })),
  ]
}

await run(async () => {
  const shapes = mark()
  const folder = join(root, 'build')
  mkdirSync(join(folder, 'icons'), { recursive: true })
  /** @type {Map<string, Buffer>} */
  const drawn = new Map()
  const image = (/** @type {number} */ size, inset = 0) => {
    const name = `${size} ${inset}`
    const file = drawn.get(name) ?? png(paint(shapes, { size, view, inset }), size)
    drawn.set(name, file)
    return file
  }
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    writeFileSync(join(folder, 'icons', `${size}x${size}.png`), image(size))
  }
  writeFileSync(
    join(folder, 'icon.ico'),
    ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, data: image(size) }))),
  )
  writeFileSync(
    join(folder, 'icon.icns'),
    icns((size) => image(size, macInset)),
  )
  done('build/icons, build/icon.ico, build/icon.icns')
})
