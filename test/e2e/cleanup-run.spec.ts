import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, type OpenApp, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { say } from '#support/words.ts'
import {
  contents,
  count,
  decideSigns,
  goTo,
  heading,
  openCleanup,
  rehearseButton,
  settled,
  tabTo,
} from './cleanup-pages.ts'
import { willOpen, willSave } from './pages.ts'

/** Nobody who looks real is kept. */
const guard = { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete' }
const passphrase = 'una frase larga y segura'

/** Saves the report as the person would, in a folder of the test's. */
async function saveReport({ app, page }: OpenApp, folder: string, format: 'pdf' | 'json'): Promise<Buffer> {
  const filePath = join(folder, `informe.${format}`)
  await willSave(app, filePath)
  await press(page, page.locator(`[data-report="${format}"]`))
  await expect(page.getByText(say('export', 'saved').replace('{{file}}', `informe.${format}`))).toBeVisible()
  return readFileSync(filePath)
}

/** Everything up to the last confirmation. */
async function prepare(demo: OpenApp, folder: string): Promise<void> {
  const { page } = demo
  await willOpen(demo.app, folder)
  await openCleanup(page)
  await decideSigns(page)
  await goTo(page, 'rehearsal')
  await rehearseButton(page).click()
  await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
  await goTo(page, 'backup')
  // From here on with the keyboard alone, as somebody without a mouse does.
  await press(page, page.locator('[data-action="choose-folder"]'))
  await expect(page.locator('[data-folder="fine"] input')).toBeChecked()
  await typeIn(page, page.getByLabel(say('cleanup', 'backup.passphrase'), { exact: true }), passphrase)
  await typeIn(page, page.getByLabel(say('cleanup', 'backup.again')), passphrase)
  const next = say('cleanup', 'wizard.next').replace('{{name}}', say('cleanup', 'steps.confirm'))
  await press(page, page.getByRole('button', { name: next }))
  await expect(heading(page, 'confirm')).toBeFocused()
}

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

/** Types into the field that Tab leads to; what was in it is replaced, as Tab selects it. */
async function typeIn(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.type(text)
}

const patients = (page: Page) => count(page.locator('[data-total="patients"] dd'))

test('deletes after a proven backup, with the keyboard alone, and puts everything back', async ({
  demo,
  clinic,
  backups,
  folder,
}) => {
  test.setTimeout(180_000)
  const { page } = demo
  const before = await contents(clinic)
  const named = await clinic.query<{ path: string }>('SELECT url_almacenamiento AS path FROM archivos_multimedia')
  await prepare(demo, backups)
  const run = page.locator('[data-action="run"]')
  await expect(run).toBeDisabled()
  await typeIn(page, page.locator('[data-confirm="database"]'), clinic.database)
  await typeIn(page, page.locator('[data-confirm="patients"]'), String(await patients(page)))
  await typeIn(page, page.getByLabel(say('session', 'confirm.password')), administrator.password)
  // Enter in a field must never be what deletes.
  await page.keyboard.press('Enter')
  await expect(heading(page, 'confirm')).toBeVisible()
  await press(page, run)
  await expect(heading(page, 'result')).toBeFocused()
  await expect(page.locator('[data-outcome="deleted"]')).toBeVisible({ timeout: 60_000 })

  const emptied = await contents(clinic)
  for (const table of ['pacientes', 'citas', 'pagos', 'gastos', 'nota_clinica'])
    expect(emptied.rows[`public.${table}`], table).toBe(0)
  for (const table of ['usuarios', 'roles', 'catalogo_servicios', 'auditoria'])
    expect(emptied.prints[`public.${table}`], table).toBe(before.prints[`public.${table}`])
  await settled(page)
  expect(await patients(page)).toBe(0)
  // What has been done is not offered for a rehearsal.
  await expect(page.locator('aside [data-standing]')).toHaveAttribute('data-standing', 'done')
  const [file, ...others] = readdirSync(backups)
  expect(others).toEqual([])
  expect(file).toMatch(/\.podoskin-backup$/)
  // Nobody reads a patient in it without the passphrase.
  expect(readFileSync(join(backups, file ?? '')).includes('pacientes')).toBe(false)

  expect((await saveReport(demo, folder, 'pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  const report = JSON.parse((await saveReport(demo, folder, 'json')).toString())
  // Files that nobody else knows of any more.
  expect(named.length).toBeGreaterThan(0)
  expect(report.outcome.files.names).toEqual(
    named
      .map(({ path }) => path)
      .sort()
      .slice(0, 1_000),
  )

  await tabTo(page, page.getByRole('radio', { name: say('cleanup', 'views.wizard') }))
  await page.keyboard.press('ArrowRight')
  await press(page, page.locator(`[data-backup="${file}"] [data-action="open-backup"]`))
  await typeIn(page, page.locator('[data-unlock]'), 'otra frase que no es')
  await press(page, page.locator('[data-trial="verify"]'))
  await expect(page.locator('[data-outcome="failed"]')).toContainText(say('errors', 'BACKUP_WRONG_KEY.title'), {
    timeout: 30_000,
  })
  await typeIn(page, page.locator('[data-unlock]'), passphrase)
  await press(page, page.locator('[data-trial="test"]'))
  await expect(page.locator('[data-outcome="testRestore"]')).toBeVisible({ timeout: 60_000 })
  expect((await contents(clinic)).rows['public.pacientes']).toBe(0)
  await typeIn(page, page.locator('[data-confirm="database"]'), clinic.database)
  await typeIn(page, page.getByLabel(say('session', 'confirm.password')), administrator.password)
  await press(page, page.locator('[data-action="restore"]'))
  await expect(page.locator('[data-outcome="restore"]')).toBeVisible({ timeout: 60_000 })
  expect(await contents(clinic)).toEqual(before)

  await page.getByText(say('cleanup', 'views.history'), { exact: true }).click()
  await expect(page.locator('[data-history="done"]')).toHaveCount(2)
  await expect(page.locator('[data-part="zone"]')).toContainText('America/Tijuana')
  // The keys of the passphrases, right and wrong, were all made in a process of their own.
  expect(demo.log()).not.toContain('keyNotAside')
})

test('does not delete for a wrong name, number or password, nor in a folder that the system empties', async ({
  demo,
  clinic,
  backups,
  folder,
}) => {
  test.setTimeout(120_000)
  const { page } = demo
  const before = await contents(clinic)
  await prepare(demo, backups)
  const run = page.locator('[data-action="run"]')
  const fill = async (database: string, number: string, own: string) => {
    await page.locator('[data-confirm="database"]').fill(database)
    await page.locator('[data-confirm="patients"]').fill(number)
    await page.getByLabel(say('session', 'confirm.password')).fill(own)
  }
  const number = String(await patients(page))
  await fill('otra', number, administrator.password)
  await expect(run).toBeDisabled()
  await fill(clinic.database, '1', administrator.password)
  await expect(run).toBeDisabled()
  await fill(clinic.database, number, 'no es esta')
  await run.click()
  await expect(page.locator('[data-part="reauthenticate"]')).toContainText(say('session', 'confirm.wrong'))

  await willOpen(demo.app, folder)
  await goTo(page, 'backup')
  await page.locator('[data-action="choose-folder"]').click()
  await expect(page.locator('[data-folder="temporary"]')).toContainText(say('cleanup', 'folder.temporary'))
  await goTo(page, 'confirm')
  await expect(page.locator('[data-part="lacking"]')).toContainText(say('cleanup', 'confirm.lack.folderProblem'))
  expect(await contents(clinic)).toEqual(before)
  expect(readdirSync(backups)).toEqual([])
})

test('a sealed database is not cleaned until somebody opens it again in writing', async ({ demo, clinic, backups }) => {
  test.setTimeout(120_000)
  const { page } = demo
  await willOpen(demo.app, backups)
  await openCleanup(page)
  await page.getByText(say('cleanup', 'views.history'), { exact: true }).click()
  const confirm = async (reason: string | null) => {
    if (reason !== null) await page.getByLabel(say('cleanup', 'seal.reason')).fill(reason)
    await page.getByLabel(say('cleanup', 'confirm.typeDatabase')).fill(clinic.database)
    await page.getByLabel(say('session', 'confirm.password')).fill(administrator.password)
    await page.locator('[data-action="confirm-seal"]').click()
  }
  await page.locator('[data-action="seal"]').click()
  await confirm(null)
  await expect(page.locator('[data-action="reopen"]')).toBeVisible()
  const asked = await demo.call('cleanup.rehearse', { decisions: { guard }, owner: null })
  const { id } = asked.value as { id: string }
  const jobs = async () => (await demo.call('jobs.list')).value as { id: string; error: { code: string } | null }[]
  await expect.poll(async () => (await jobs()).find((job) => job.id === id)?.error?.code).toBe('CLEANUP_SEALED')

  await page.locator('[data-action="reopen"]').click()
  await page.getByLabel(say('cleanup', 'seal.reason')).fill('corto')
  await expect(page.locator('[data-action="confirm-seal"]')).toBeDisabled()
  await confirm('Se cargaron datos de prueba por error')
  await expect(page.locator('[data-action="seal"]')).toBeVisible()
  await expect(page.locator('[data-part="seal-history"] li')).toHaveCount(2)
})
