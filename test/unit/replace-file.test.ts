import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replaceFile } from '#electron/replace-file.ts'
import { smallDisk } from '#support/small-disk.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podoskin-replace-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const mode = (file: string) => statSync(file).mode & 0o777
const here = process.platform === 'win32'

describe('a file that is replaced', () => {
  it('is whole, be it text or bytes, and nothing lies beside it', async () => {
    await replaceFile(at('file'), 'á'.repeat(300_000))
    expect(readFileSync(at('file'), 'utf8')).toBe('á'.repeat(300_000))
    await replaceFile(at('file'), Buffer.from([0, 255, 1]))
    expect(readFileSync(at('file'))).toEqual(Buffer.from([0, 255, 1]))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it('ends as one of two that are written at once', async () => {
    const [one, other] = ['1'.repeat(200_000), '2'.repeat(200_000)]
    await Promise.all([replaceFile(at('file'), one), replaceFile(at('file'), other)])
    expect([one, other]).toContain(readFileSync(at('file'), 'utf8'))
    expect(readdirSync(folder)).toEqual(['file'])
  })

  it.skipIf(here)('keeps its rights, unless they are named; a new one gets what the system gives', async () => {
    writeFileSync(at('file'), 'old')
    chmodSync(at('file'), 0o640)
    await replaceFile(at('file'), 'new')
    expect(mode(at('file'))).toBe(0o640)
    await replaceFile(at('file'), 'newer', { mode: 0o600 })
    expect(mode(at('file'))).toBe(0o600)
    writeFileSync(at('system'), '')
    await replaceFile(at('fresh'), 'new')
    expect(mode(at('fresh'))).toBe(mode(at('system')))
    await replaceFile(at('secret'), 'new', { mode: 0o600 })
    expect(mode(at('secret'))).toBe(0o600)
  })

  it.skipIf(process.getuid?.() !== 0)('stays its owner’s when root writes it', async () => {
    writeFileSync(at('file'), 'old')
    chownSync(at('file'), 4242, 4243)
    chmodSync(at('file'), 0o640)
    await replaceFile(at('file'), 'new')
    expect(statSync(at('file'))).toMatchObject({ uid: 4242, gid: 4243 })
    expect(mode(at('file'))).toBe(0o640)
  })

  it.skipIf(here)('is what a link leads to, also through two of them and to nothing yet; the links stay', async () => {
    mkdirSync(at('inside'))
    writeFileSync(at('inside/file'), 'old')
    symlinkSync('inside/file', at('first'))
    symlinkSync('first', at('second'))
    symlinkSync('inside/none', at('nowhere'))
    symlinkSync('inside', at('folder'))
    symlinkSync('../later', at('inside/up'))
    await replaceFile(at('second'), 'new')
    await replaceFile(at('nowhere'), 'made')
    await replaceFile(at('folder/up'), 'above')
    for (const link of ['first', 'second', 'nowhere', 'inside/up']) {
      expect(lstatSync(at(link)).isSymbolicLink(), link).toBe(true)
    }
    expect(readFileSync(at('inside/file'), 'utf8')).toBe('new')
    expect(readFileSync(at('inside/none'), 'utf8')).toBe('made')
    expect(readFileSync(at('later'), 'utf8')).toBe('above')
    expect(readdirSync(at('inside')).sort()).toEqual(['file', 'none', 'up'])
  })

  it('is refused where a folder lies or none, and leaves no rest', async () => {
    mkdirSync(at('taken'))
    await expect(replaceFile(at('taken'), 'x')).rejects.toMatchObject({ code: 'EISDIR' })
    await expect(replaceFile(at('no/such'), 'x')).rejects.toMatchObject({ code: 'ENOENT' })
    expect(readdirSync(folder)).toEqual(['taken'])
  })

  it('stays what it was when the disk takes only the beginning of the new one', async ({ skip }) => {
    const disk = smallDisk(folder)
    if (disk === null) return skip('only root mounts a small disk')
    try {
      const file = join(disk.path, 'file')
      await replaceFile(file, 'kept')
      await expect(replaceFile(file, 'x'.repeat(200_000))).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readFileSync(file, 'utf8')).toBe('kept')
      expect(readdirSync(disk.path)).toEqual(['file'])
    } finally {
      disk.remove()
    }
  })

  it.skipIf(process.getuid?.() === 0 || here)(
    'is written into a folder that only takes, and gives no list',
    async () => {
      mkdirSync(at('box'))
      chmodSync(at('box'), 0o300)
      await replaceFile(at('box/file'), 'new')
      expect(readFileSync(at('box/file'), 'utf8')).toBe('new')
      chmodSync(at('box'), 0o700)
    },
  )
})
