import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import type { TableHead } from '#electron/cleanup/backup/manifest.ts'
import { createBackup } from '#electron/cleanup/backup/writer.ts'
import { rest } from './setting.ts'

const megabyte = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'podoskin-full-'))
const disk = join(folder, 'disk')
mkdirSync(disk)
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128m', 'podoskin-test', disk]).status === 0
afterAll(() => {
  if (mounted) spawnSync('umount', [disk])
  rmSync(folder, { recursive: true, force: true })
})

function begin() {
  const signal = new AbortController().signal
  const app = { name: 'test', version: '1' }
  return createBackup({ folder: disk, baseName: 'full', app, protection: { kind: 'none' }, expectedBytes: 0, signal })
}

const table: TableHead = {
  ...{ key: 'public.t', schema: 'public', name: 't', columns: ['a'], role: 'deleted', keyColumns: [] },
}

/** Text that does not get smaller: so many mebibytes, and something that happens after the first quarter. */
async function* noise(megabytes: number, accident: () => Promise<void> = async () => {}) {
  for (let n = 0; n < megabytes; n++) {
    if (n === Math.ceil(megabytes / 4)) await accident()
    yield randomBytes(megabyte)
  }
}

test.skipIf(!mounted)(
  'a disk that another program fills is said to be full, and nothing stays (needs root, to mount a small disk)',
  async () => {
    const writer = await begin()
    const eat = async () => {
      const { bavail, bsize } = await statfs(disk)
      writeFileSync(join(disk, 'other'), Buffer.alloc(bavail * bsize - megabyte))
    }
    const source = Readable.from(noise(24, eat))
    const writing = async () => {
      await writer.addTable(table, source)
      await writer.finish(rest)
    }
    await expect(writing()).rejects.toMatchObject({ code: 'BACKUP_DISK_FULL', params: { reason: 'ENOSPC' } })
    await expect(writer.publish()).rejects.toMatchObject({ code: 'INTERNAL' })
    await writer.abandon()
    expect(readdirSync(disk)).toEqual(['other'])
    rmSync(join(disk, 'other'))
  },
)

test.skipIf(!mounted)('a backup never takes the last of a disk (needs root, to mount a small disk)', async () => {
  const writer = await begin()
  await expect(writer.addTable(table, Readable.from(noise(120)))).rejects.toMatchObject({
    code: 'BACKUP_DISK_FULL',
    params: { reason: 'reserve' },
  })
  await writer.abandon()
  expect(readdirSync(disk)).toEqual([])
})
