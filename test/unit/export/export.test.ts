import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type ChoosePlace, createExport } from '#electron/export/export.ts'
import type { ExportResult } from '#shared/export.ts'
import { recordedLog } from '#support/log.ts'
import { smallDisk } from '#support/small-disk.ts'

const root = mkdtempSync(join(tmpdir(), 'podoskin-export-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'files-'))
})

const log = recordedLog()
const parts = (choosePlace: ChoosePlace) =>
  createExport({
    ...{ choosePlace, log, clinic: () => 'Clínica Mexicali', zone: () => 'America/Tijuana' },
    print: async ({ header }, { orientation }) => Buffer.from(`%PDF ${orientation} ${header}`),
    author: () => 'Ivette Martínez',
    language: () => 'es',
    // Half past five in Tijuana, already the next day in London.
    now: () => new Date('2026-11-25T01:30:00Z'),
  }).handlers

const table = {
  title: 'Citas por día',
  columns: [
    { title: 'Día', kind: 'date' as const },
    { title: 'Citas', kind: 'integer' as const },
  ],
  rows: [['2026-11-24', 18]] as (string | number | null)[][],
}
const page = { title: 'Panel', range: 'últimos 30 días', takenAt: null, orientation: 'landscape' as const, width: 1280 }
const typed =
  (name: string): ChoosePlace =>
  async () =>
    join(folder, name)
const save = (choose: ChoosePlace) => parts(choose)['export.saveCsv'](table) as Promise<ExportResult>

describe('a table that is saved', () => {
  it('proposes a name with the clinic and its own day, and tells the page the name only', async () => {
    let proposed = ''
    const result = await save(async ({ name, ending, kind }) => {
      proposed = `${name} ${ending} ${kind}`
      return join(folder, name)
    })
    expect(proposed).toBe('Clínica Mexicali - Citas por día - 2026-11-24.csv csv Tabla CSV (Excel)')
    expect(result).toEqual({ saved: true, file: 'Clínica Mexicali - Citas por día - 2026-11-24.csv' })
    expect(readFileSync(join(folder, 'Clínica Mexicali - Citas por día - 2026-11-24.csv'), 'utf8')).toBe(
      '\uFEFFDía,Citas\r\n2026-11-24,18\r\n',
    )
    expect(log.text()).not.toContain(folder)
  })

  it('is no error when the person changes their mind', async () => {
    expect(await save(async () => null)).toEqual({ saved: false })
    expect(readdirSync(folder)).toEqual([])
  })

  it('gets its ending when the person leaves it out, but replaces nothing that nobody was asked about', async () => {
    expect(await save(typed('citas'))).toEqual({ saved: true, file: 'citas.csv' })
    await expect(save(typed('citas'))).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN', params: { reason: 'exists' } })
    expect(await save(typed('citas.csv'))).toEqual({ saved: true, file: 'citas.csv' })
  })

  it('says why it could not be written, and leaves no half of it behind', async () => {
    mkdirSync(join(folder, 'taken.csv'))
    for (const name of ['no/such/citas.csv', 'taken.csv']) {
      await expect(save(typed(name))).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN', params: { reason: 'folder' } })
    }
    expect(readdirSync(folder)).toEqual(['taken.csv'])
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'is refused by a folder that does not allow it (root may write anywhere)',
    async () => {
      chmodSync(folder, 0o500)
      await expect(save(typed('citas.csv'))).rejects.toMatchObject({ params: { reason: 'denied' } })
      chmodSync(folder, 0o700)
    },
  )

  it('says that the disk is full, and leaves what it was to replace as it was', async ({ skip }) => {
    const disk = smallDisk(folder)
    if (disk === null) return skip('only root mounts a small disk')
    try {
      const place: ChoosePlace = async () => join(disk.path, 'citas.csv')
      await save(place)
      const before = readFileSync(join(disk.path, 'citas.csv'), 'utf8')
      const rows = Array.from({ length: 20_000 }, () => ['2026-11-24', 18])
      await expect(parts(place)['export.saveCsv']({ ...table, rows })).rejects.toMatchObject({
        code: 'FILE_NOT_WRITTEN',
        params: { reason: 'full' },
      })
      expect(readdirSync(disk.path)).toEqual(['citas.csv'])
      expect(readFileSync(join(disk.path, 'citas.csv'), 'utf8')).toBe(before)
    } finally {
      disk.remove()
    }
  })

  it('is asked for one at a time', async () => {
    let answer: (place: string | null) => void = () => {}
    const handlers = parts(
      () =>
        new Promise((resolve) => {
          answer = resolve
        }),
    )
    const first = handlers['export.saveCsv'](table)
    await expect(handlers['export.saveCsv'](table)).rejects.toMatchObject({ code: 'JOB_RUNNING' })
    answer(null)
    expect(await first).toEqual({ saved: false })
  })
})

describe('a page that is printed', () => {
  it('is printed before anybody is asked where to, with who and when', async () => {
    let atQuestion = false
    const handlers = createExport({
      ...{ log, clinic: () => 'Clínica', zone: () => 'America/Tijuana', author: () => 'Ivette', language: () => 'en' },
      print: async ({ footer }) => {
        expect(atQuestion).toBe(false)
        return Buffer.from(footer)
      },
      choosePlace: async ({ name }) => {
        atQuestion = true
        return join(folder, name)
      },
      now: () => new Date('2026-11-25T01:30:00Z'),
    }).handlers
    const result = await handlers['export.savePdf'](page)
    expect(result).toEqual({ saved: true, file: 'Clínica - Panel - 2026-11-24.pdf' })
    const written = readFileSync(join(folder, 'Clínica - Panel - 2026-11-24.pdf'), 'utf8')
    expect(written).toContain('Prepared by: Ivette · Printed on 24/11/2026 17:30')
  })

  it('leaves the way free for the next one when the printing fails', async () => {
    let fail = true
    const handlers = createExport({
      ...{ log, clinic: () => 'Clínica', zone: () => 'America/Tijuana', author: () => 'Ivette', language: () => 'es' },
      print: async () => {
        if (fail) throw new Error('no printer')
        return Buffer.from('%PDF')
      },
      choosePlace: typed('panel.pdf'),
    }).handlers
    await expect(handlers['export.savePdf'](page)).rejects.toThrow('no printer')
    expect(existsSync(join(folder, 'panel.pdf'))).toBe(false)
    fail = false
    expect(await handlers['export.savePdf'](page)).toEqual({ saved: true, file: 'panel.pdf' })
  })
})
