import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoCredentials } from '#scripts/clinic/clinic.js'
import { expect, test } from '#support/app.ts'
import { dashboard, login } from './pages.ts'

const table = {
  title: 'Citas por día',
  columns: [
    { title: 'Día', kind: 'date' },
    { title: 'Citas', kind: 'integer' },
    { title: 'Nota', kind: 'text' },
  ],
  rows: [['2026-11-24', 18, '=1+1']],
}
const page = { title: 'Panel <b>', range: 'últimos 30 días', takenAt: '2026-11-24T14:05:00', width: 1265 }

test('a table and the page become files where the person says, and nowhere when they change their mind', async ({
  demo,
  folder,
}) => {
  const { user, password } = demoCredentials[0] ?? { user: '', password: '' }
  await login(demo.page, user, password)
  await dashboard(demo.page)
  const answer = (filePath: string | null) =>
    demo.app.evaluate(({ dialog }, place) => {
      dialog.showSaveDialog = async (...given: unknown[]) => {
        Reflect.set(dialog, 'asked', given.at(-1))
        return { canceled: place === null, filePath: place ?? '' }
      }
    }, filePath)
  const asked = () =>
    demo.app.evaluate(({ dialog }) => (Reflect.get(dialog, 'asked') as Electron.SaveDialogOptions).defaultPath ?? '')

  await answer(null)
  expect((await demo.call('export.saveCsv', table)).value).toEqual({ saved: false })
  expect(await asked()).toMatch(/Clínica de prueba - Citas por día - \d{4}-\d\d-\d\d\.csv$/)

  await answer(join(folder, 'citas.csv'))
  expect((await demo.call('export.saveCsv', table)).value).toEqual({ saved: true, file: 'citas.csv' })
  expect(readFileSync(join(folder, 'citas.csv'), 'utf8')).toBe("\uFEFFDía,Citas,Nota\r\n2026-11-24,18,'=1+1\r\n")

  await answer(join(folder, 'panel.pdf'))
  expect((await demo.call('export.savePdf', page)).value).toEqual({ saved: true, file: 'panel.pdf' })
  const pdf = readFileSync(join(folder, 'panel.pdf'))
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF')
  // Letter, lying: 11 by 8.5 inches of 72 points.
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 792(\.\d+)? 612(\.\d+)?\]/)
  expect(pdf.length).toBeGreaterThan(10_000)

  await answer(join(folder, 'missing', 'panel.pdf'))
  expect((await demo.call('export.savePdf', page)).error).toMatchObject({
    code: 'FILE_NOT_WRITTEN',
    params: { reason: 'folder' },
  })
  expect(
    readdirSync(folder)
      .filter((name) => /citas|panel/.test(name))
      .sort(),
  ).toEqual(['citas.csv', 'panel.pdf'])
  expect(demo.log()).not.toContain(folder)
})
