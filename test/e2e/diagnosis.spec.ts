import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import { ownClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { dashboard, login, visit } from './pages.ts'
import { accessible } from './screen-check.ts'

const diagnosis = (key: string) => say('diagnosis', key)
const verdict = (page: Page) => page.locator('[data-verdict]:not([data-verdict="running"])')

test('who cannot get in finds the cause from the login screen, and hears when it is solved', async ({
  folder,
  launch,
}) => {
  test.setTimeout(120_000)
  const own = await ownClinic(folder)
  try {
    const { page } = await launch({ clinic: own.target })
    await own.server.stop()
    await page.locator('[data-action="diagnosis"]').click()
    await expect(page.getByRole('heading', { level: 1, name: diagnosis('title') })).toBeVisible()
    await accessible(page)

    // In one's own words, without accents.
    await page.getByRole('textbox', { name: diagnosis('search') }).fill('conexion servidor apagado')
    await expect(page.locator('[data-symptom]')).toHaveCount(1)
    await page.locator('[data-symptom="refused"]').press('Enter')
    await expect(verdict(page)).toHaveAttribute('data-cause', 'portRefused', { timeout: 20_000 })
    await expect(page.locator('[data-command]')).toHaveText('sudo systemctl status postgresql')
    await expect(page.locator('[data-probe="login"]')).toHaveAttribute('data-status', 'skipped')
    await accessible(page)

    await own.server.start()
    await page.locator('[data-action="again"]').click()
    await expect(verdict(page)).toHaveAttribute('data-verdict', 'clear', { timeout: 20_000 })
    await expect(page.locator('[data-solved="portRefused"]')).toBeVisible()
  } finally {
    await own.remove()
  }
})

test('an administrator is led from the symptom to one next step, and shown the sum of connections', async ({
  demo: { page },
}) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await page.keyboard.press('Control+5')
  await expect(page.getByRole('heading', { level: 1, name: diagnosis('title') })).toBeVisible()
  await accessible(page)

  await page.locator('[data-symptom="poolExhausted"]').click()
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'clear', { timeout: 30_000 })
  await expect(page.locator('[data-probe="slots"]')).toHaveAttribute('data-status', 'passed')
  const budget = page.locator('[data-part="budget"]')
  await expect(budget.locator('[data-part="sum"]')).toHaveText(/3 × 20 \+ 1 × 20 \+ 10 = 90\s*100 − 3 = 97/)
  await budget.getByLabel(diagnosis('budget.workers'), { exact: true }).fill('4')
  await expect(budget.locator('[data-fits="false"]')).toContainText('max_size=6')
  await accessible(page)

  await page.getByRole('button', { name: diagnosis('verdict.other') }).click()
  await page.locator('[data-symptom="slow"]').click()
  await expect(verdict(page)).toHaveAttribute('data-cause', 'indexesMissing', { timeout: 30_000 })
  await page.getByRole('button', { name: diagnosis('page.monitoring') }).click()
  await expect(page.getByRole('heading', { level: 1, name: say('monitoring', 'title') })).toBeVisible()
})

test('the support bundle is read before it is saved, and holds no name of the connection', async ({
  demo: { page, app },
  clinic,
  folder,
}) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await visit(page, 'diagnosis')
  await page.getByRole('button', { name: diagnosis('bundle.prepare') }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(diagnosis('bundle.reviewIntro'))
  await accessible(page)
  for (const tab of await dialog.getByRole('tab').all()) {
    await tab.click()
    const shown = await dialog.getByRole('tabpanel').textContent()
    expect(shown).not.toContain(clinic.database)
    expect(shown).not.toContain(administrator.user)
    expect(shown).not.toContain(administrator.password)
  }
  const place = join(folder, 'soporte.zip')
  await app.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof system.showSaveDialog
  }, place)
  await dialog.getByRole('button', { name: diagnosis('bundle.save') }).click()
  await expect.poll(() => readZip(place)).toBe('PK')
})

test('a receptionist who is logged in is not offered the diagnosis, and main refuses it', async ({
  demo: { page, call },
}) => {
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  await expect(page.getByRole('link', { name: say('common', 'nav.diagnosis') })).toHaveCount(0)
  const start = { symptom: 'refused', profile: null, backendUrl: null, before: null }
  expect((await call('diagnosis.start', start)).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('diagnosis.prepareBundle')).error?.code).toBe('FORBIDDEN_ROLE')
})

function readZip(place: string): string {
  try {
    return readFileSync(place).subarray(0, 2).toString()
  } catch {
    return ''
  }
}
