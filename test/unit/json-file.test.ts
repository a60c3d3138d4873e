import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '#electron/cleanup/journal.ts'
import { openProfiles } from '#electron/connection/profiles.ts'
import { openJsonFile } from '#electron/json-file.ts'
import { recordedLog } from '#support/log.ts'
import { smallDisk } from '#support/small-disk.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podoskin-json-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const root = process.getuid?.() === 0
const open = (file: string) => openJsonFile({ file, name: 'test', parse: (value) => value, log: recordedLog() })

describe('the state of this workstation', () => {
  it('sets profiles of a later version aside whole, and starts without them', async () => {
    const file = join(folder, 'connections.json')
    const later = JSON.stringify({ schemaVersion: 2, profiles: [{ name: 'Clínica', novelty: true }] })
    writeFileSync(file, later)
    const profiles = openProfiles({ file, log: recordedLog() })
    expect(profiles.list()).toEqual([])
    await profiles.remove('nobody')
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(later)
  })

  it('reads the last good journal when the newer one is damaged, and keeps the damaged one', async () => {
    const file = join(folder, 'cleanups.json')
    await openJournal({ file, log: recordedLog() }).addFolder('/respaldos')
    writeFileSync(file, '{"entries":[{')
    expect(openJournal({ file, log: recordedLog() }).folders()).toEqual(['/respaldos'])
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"entries":[{')
  })

  it.skipIf(root || process.platform === 'win32')(
    'says that a read-only folder refused, and keeps what was there',
    async () => {
      const file = join(folder, 'state.json')
      await open(file).write({ kept: 1 })
      chmodSync(folder, 0o500)
      try {
        await expect(open(file).write({ kept: 2 })).rejects.toMatchObject({ code: 'EACCES' })
        expect(open(file).read()).toEqual({ kept: 1 })
      } finally {
        chmodSync(folder, 0o700)
      }
    },
  )

  it('says that a full disk refused, keeps what was there, and leaves no rest', async ({ skip }) => {
    const disk = smallDisk(folder)
    if (disk === null) return skip('only root mounts a small disk')
    try {
      const file = join(disk.path, 'state.json')
      await open(file).write({ kept: 1 })
      await expect(open(file).write({ much: 'x'.repeat(200_000) })).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(open(file).read()).toEqual({ kept: 1 })
      expect(readdirSync(disk.path).sort()).toEqual(['state.json', 'state.json.bak'])
    } finally {
      disk.remove()
    }
  })
})
