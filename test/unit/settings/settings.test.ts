import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '#electron/log.ts'
import { createSettings } from '#electron/settings/settings.ts'
import { settingsSchema } from '#shared/settings.ts'

const events: string[] = []
const note = (event: string) => void events.push(event)
const log: Log = { info: note, warn: note, error: note }

let folder: string
let file: string
const open = (systemLanguage?: string) =>
  createSettings(systemLanguage === undefined ? { file, log } : { file, log, systemLanguage })

beforeEach(() => {
  events.length = 0
  folder = mkdtempSync(join(tmpdir(), 'podoskin-settings-'))
  file = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('settings', () => {
  it('start with the guide’s defaults in the language of the system', () => {
    expect(open('es-MX').read()).toEqual({
      ...{ language: 'es', appearance: 'system', idleMinutes: 10, refreshSeconds: 60 },
      notifications: true,
    })
    expect(open('en-GB').read().language).toBe('en')
    expect(open('fr').read().language).toBe('es')
  })

  it('keep a change over a restart and leave the rest as it was', async () => {
    await open().handlers['settings.save']({ idleMinutes: 5 })
    await open().handlers['settings.save']({ language: 'en' })
    expect(open('es').read()).toMatchObject({ idleMinutes: 5, language: 'en', refreshSeconds: 60 })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ schemaVersion: 1 })
  })

  it('tell who listens of every change, until they stop', async () => {
    const settings = open()
    const heard: number[] = []
    const stop = settings.onChange((now) => heard.push(now.idleMinutes))
    await settings.handlers['settings.save']({ idleMinutes: 3 })
    stop()
    await settings.handlers['settings.save']({ idleMinutes: 4 })
    expect(heard).toEqual([3])
  })

  it('yield to the last good copy when the file is damaged, and set the damaged one aside', async () => {
    await open().handlers['settings.save']({ idleMinutes: 7 })
    writeFileSync(file, '{"idleMin')
    expect(open().read().idleMinutes).toBe(7)
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"idleMin')
    expect(events).toEqual(['file.damaged', 'file.lastGoodCopy'])
  })

  it('yield to the defaults when the copy is damaged too', async () => {
    await open().handlers['settings.save']({ idleMinutes: 7 })
    writeFileSync(file, '')
    writeFileSync(`${file}.bak`, '[]')
    expect(open().read().idleMinutes).toBe(10)
  })

  it('drop one value that is not allowed and keep the others', () => {
    writeFileSync(file, JSON.stringify({ schemaVersion: 1, language: 'en', idleMinutes: 0, refreshSeconds: 300 }))
    expect(open().read()).toMatchObject({ language: 'en', idleMinutes: 10, refreshSeconds: 300 })
    expect(events).toEqual(['settings.valueRefused'])
  })

  it('read a file of before the first version and one of a later version', () => {
    writeFileSync(file, JSON.stringify({ language: 'en' }))
    expect(open().read().language).toBe('en')
    writeFileSync(file, JSON.stringify({ schemaVersion: 9, idleMinutes: 20, density: 'compact' }))
    expect(open().read().idleMinutes).toBe(20)
  })

  it('say so when the disk refuses, and hold the change in memory', async () => {
    writeFileSync(join(folder, 'not-a-folder'), '')
    file = join(folder, 'not-a-folder', 'settings.json')
    const settings = open()
    await expect(settings.handlers['settings.save']({ idleMinutes: 2 })).rejects.toMatchObject({
      code: 'SETTINGS_NOT_SAVED',
    })
    expect(settings.read().idleMinutes).toBe(2)
    await expect(settings.handlers['settings.save']({ language: 'en' })).rejects.toThrow()
    expect(settings.read()).toMatchObject({ idleMinutes: 2, language: 'en' })
  })

  it('end with the last of many changes made at once', async () => {
    const settings = open()
    const minutes = [5, 6, 7, 8, 9]
    await Promise.all(minutes.map((idleMinutes) => settings.handlers['settings.save']({ idleMinutes })))
    expect(open().read().idleMinutes).toBe(9)
    expect(existsSync(`${file}.damaged`)).toBe(false)
  })

  it('survive any file', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array().map(Buffer.from)), (content) => {
        writeFileSync(file, content)
        expect(settingsSchema.safeParse(open().read()).success).toBe(true)
      }),
      { seed: 20261124 },
    )
  })
})
