import { existsSync, readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { circle, outline, paint, polygon } from '#scripts/package/drawing.js'
import { icnsKinds, png } from '#scripts/package/icon-files.js'
import { debianVersion, refusal } from '#scripts/package/runtime-choice.js'

const standIn = { kind: 'stand-in', version: '33.2.1' } as const
const official = { kind: 'official', version: '45.4.1' } as const

describe('a release', () => {
  it('refuses the stand-in Electron and says why, unless told otherwise', () => {
    const refused = refusal(standIn, '45.4.1', { release: true, standIn: false })
    expect(refused?.what).toMatch(/33\.2\.1.*45\.4\.1.*holes/)
    expect(refused?.todo).toContain('--stand-in')
    expect(refusal(standIn, '45.4.1', { release: true, standIn: true })).toBeNull()
    expect(refusal(standIn, '45.4.1', { release: false, standIn: false })).toBeNull()
  })

  it('refuses an official Electron that is not the one package.json asks for', () => {
    expect(refusal({ ...official, version: '44.11.5' }, '45.4.1', { release: true, standIn: false })).not.toBeNull()
    expect(refusal(official, '45.4.1', { release: true, standIn: false })).toBeNull()
  })

  it('replaces a trial package of the same version', () => {
    expect(debianVersion('1.2.0', official)).toBe('1.2.0')
    // In Debian's order a tilde comes before the end of the word.
    expect(debianVersion('1.2.0', standIn)).toBe('1.2.0~standin33.2.1')
    expect(debianVersion('1.2.0-beta.1', official)).toBe('1.2.0~beta.1')
  })
})

describe('the configuration of the packages', () => {
  const builder = readFileSync('electron-builder.yml', 'utf8')

  it('flips every fuse the safe way', () => {
    for (const fuse of [
      'runAsNode: false',
      'enableCookieEncryption: true',
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'loadBrowserProcessSpecificV8Snapshot: false',
      'grantFileProtocolExtraPrivileges: false',
    ]) {
      expect(builder).toContain(`  ${fuse}\n`)
    }
  })

  it('names files of its own that exist', () => {
    for (const [, path] of builder.matchAll(/(?:icon|entitlements\w*|afterPack): ([\w./-]+)/g)) {
      expect(existsSync(path ?? ''), path).toBe(true)
    }
  })
})

describe('the icons', () => {
  it('are drawn from the mark of the page', () => {
    const source = readFileSync('renderer/ui/mark.tsx', 'utf8')
    const foot = polygon(outline(/<path d="([^"]+)"/.exec(source)?.[1] ?? ''))
    const shapes = [{ contains: foot, colour: [255, 255, 255] as const }]
    const size = 64
    const pixels = unfiltered(readFileSync(`build/icons/${size}x${size}.png`), size)
    const drawn = paint(shapes, { size, view: 32 })
    let white = 0
    for (let pixel = 0; pixel < size * size; pixel += 1) {
      if (drawn[pixel * 4 + 3] !== 255) continue
      white += 1
      expect([...pixels.subarray(pixel * 4, pixel * 4 + 4)]).toEqual([255, 255, 255, 255])
    }
    expect(white).toBeGreaterThan(200)
  })

  it('have every size that Windows and macOS ask for', () => {
    const ico = readFileSync('build/icon.ico')
    expect(ico.readUInt16LE(2)).toBe(1)
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + 16 * index] || 256)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
    const icns = readFileSync('build/icon.icns')
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    for (const [kind] of icnsKinds) expect(icns.includes(kind)).toBe(true)
  })

  it('hold what was painted', () => {
    const pixels = paint([{ contains: circle(2, 2, 1.5), colour: [10, 20, 30] }], { size: 4, view: 4 })
    expect(unfiltered(png(pixels, 4), 4)).toEqual(pixels)
    expect(pixels[0]).toBe(0)
    expect([...pixels.subarray(4 * 5, 4 * 5 + 4)]).toEqual([10, 20, 30, 255])
  })
})

/** The pixels of one of our PNG files, whose rows are stored as they are. */
function unfiltered(file: Buffer, size: number): Buffer {
  const at = file.indexOf('IDAT')
  const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)))
  return Buffer.concat(
    Array.from({ length: size }, (_, row) => rows.subarray(row * (size * 4 + 1) + 1, (row + 1) * (size * 4 + 1))),
  )
}
