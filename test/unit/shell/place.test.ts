import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readPlace, writePlace } from '#electron/shell/place.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-place-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = join(folder, 'window.json')
const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: 0, width: 1280, height: 1000 }
const at = (x: number, y: number, width = 1280, height = 800) => ({ bounds: { x, y, width, height }, maximized: false })

describe('the remembered place of the window', () => {
  it('is where the window was left', async () => {
    await writePlace(file, { ...at(100, 50), maximized: true })
    expect(readPlace(file, [screen])).toEqual({ ...at(100, 50), maximized: true })
  })

  it('may be on a second display, as long as that is there', async () => {
    await writePlace(file, at(2000, 100))
    expect(readPlace(file, [screen, second])).toEqual(at(2000, 100))
    expect(readPlace(file, [screen])).toBeNull()
  })

  it.each([
    ['above the screen, where nobody reaches the title bar', at(100, -200)],
    ['below the screen', at(100, 1035)],
    ['left of the screen', at(-1270, 100)],
  ])('is forgotten when it is %s', async (_where, place) => {
    await writePlace(file, place)
    expect(readPlace(file, [screen])).toBeNull()
  })

  it('shrinks to the display and never below the smallest window', async () => {
    await writePlace(file, at(0, 0, 3000, 2000))
    expect(readPlace(file, [screen])?.bounds).toEqual({ x: 0, y: 0, width: 1920, height: 1040 })
    await writePlace(file, at(0, 0, 200, 100))
    expect(readPlace(file, [screen])?.bounds).toEqual({ x: 0, y: 0, width: 1024, height: 700 })
  })

  it.each(['', '{', '[]', '{"bounds":{"x":1e99,"y":0,"width":1,"height":1},"maximized":false}', '{"bounds":null}'])(
    'is ignored when the file says %s',
    (content) => {
      writeFileSync(file, content)
      expect(readPlace(file, [screen])).toBeNull()
    },
  )
})
