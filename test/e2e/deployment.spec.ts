import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkCertificate } from '#scripts/certificate/check.js'
import type { DeploymentState } from '#shared/deployment.ts'
import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'
import { line, openChecklist, openLine, verify } from './deployment-pages.ts'
import { willOpen } from './pages.ts'
import { accessible } from './screen-check.ts'

const word = (key: string) => say('deployment', key)

test('an administrator verifies everything, sees what blocks, and takes the certificate home', async ({
  demo,
  folder,
}) => {
  test.setTimeout(240_000)
  const { page, app } = demo
  await openChecklist(demo)
  await expect(page.locator('[data-part="score"]')).toHaveText('0 de 8 verificadas')
  await expect(page.locator('[data-step]')).toHaveCount(6)
  await expect(page.locator('[data-item]')).toHaveCount(8)
  await accessible(page)

  await page.getByRole('button', { name: word('run.all'), exact: true }).click()
  await expect(page.locator('[data-part="progress"]')).toBeVisible()
  await expect(page.locator('[data-part="progress"]')).toBeHidden({ timeout: 180_000 })
  await expect(line(page, 'poolTest')).toHaveAttribute('data-status', 'passed')
  await expect(line(page, 'cleanup')).toHaveAttribute('data-status', 'failed')
  await expect(line(page, 'webCharts')).not.toHaveAttribute('data-status', 'pending')

  // What blocks leads to its line, opened, with the focus on it.
  await page
    .locator('[data-part="blocks"]')
    .getByRole('button', { name: say('checks', 'check.cleanup.title') })
    .click()
  await expect(line(page, 'cleanup').locator('button[aria-expanded="true"]')).toBeFocused()
  await expect(line(page, 'cleanup').locator('[data-part="hint"]')).toBeVisible()
  const pool = await openLine(page, 'poolTest')
  await pool.locator('summary').getByText(word('check.lines')).click()
  await expect(
    pool
      .getByRole('region', { name: word('check.lines') })
      .getByRole('listitem')
      .last(),
  ).toHaveText('✅ TODAS LAS PRUEBAS PASARON')
  await accessible(page)

  await page.getByRole('button', { name: word('certificate.open'), exact: true }).click()
  const sheet = page.getByRole('article')
  await expect(sheet.locator('[data-part="missing"]')).toContainText(word('certificate.notReady'))
  await expect(sheet).not.toContainText('¡Base de datos lista para producción!')
  await accessible(page)
  const code = /([0-9A-Z]{4}-){3}[0-9A-Z]{4}/.exec((await sheet.textContent()) ?? '')?.[0]
  const answer = (name: string) =>
    app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      },
      join(folder, name),
    )
  await answer('certificado.json')
  await page.getByRole('button', { name: word('certificate.saveJson') }).click()
  await expect(page.getByText('certificado.json')).toBeVisible()
  const saved = readFileSync(join(folder, 'certificado.json'), 'utf8')
  expect(checkCertificate(saved)).toEqual({ intact: true, code, stated: code, ready: false })
  await answer('certificado.pdf')
  await page.getByRole('button', { name: word('certificate.save'), exact: true }).click()
  await expect(page.getByText('certificado.pdf')).toBeVisible({ timeout: 30_000 })
  const pdf = readFileSync(join(folder, 'certificado.pdf'))
  // Letter, standing.
  expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 612(\.\d+)? 792(\.\d+)?\]/)

  // Whatever is not green is accepted, in a name and with a reason: then, and only then, the guide's last line.
  await page.getByRole('button', { name: word('certificate.back') }).click()
  const { checks } = (await demo.call('deployment.state')).value as DeploymentState
  for (const { id, may } of checks) {
    if (may.waive) await demo.call('deployment.decide', { check: id, kind: 'waived', reason: 'Aceptado en la prueba' })
  }
  await page.keyboard.press('F5')
  await expect(page.locator('[data-part="score"]')).toHaveText('8 de 8 verificadas')
  await expect(page.getByText(word('score.nothingBlocks'))).toBeVisible()
  await page.getByRole('button', { name: word('certificate.open'), exact: true }).click()
  await expect(page.locator('[data-part="last-line"]')).toHaveText('🎉 ¡Base de datos lista para producción!')
  await expect(sheet.locator('[data-part="missing"]')).toHaveCount(0)
})

test('a decision is taken by keyboard, in a name and with a reason, survives a restart and can be undone', async ({
  demo,
  clinic,
  launch,
}) => {
  test.setTimeout(120_000)
  const { page } = demo
  await openChecklist(demo)
  await verify(page, 'cleanup', 'failed')
  const cleanup = await openLine(page, 'cleanup')
  await cleanup.locator('[data-act="notApplicable"]').focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await accessible(page)
  await page.keyboard.type('no')
  await dialog.locator('[data-action="confirm"]').click()
  await expect(dialog.getByText(word('dialog.reasonShort'))).toBeVisible()
  await dialog.getByRole('textbox').fill('La clínica empieza sin datos de prueba')
  await dialog.locator('[data-action="confirm"]').press('Enter')
  await expect(dialog).toBeHidden()
  await expect(cleanup).toHaveAttribute('data-status', 'notApplicable')
  await expect(cleanup.locator('[data-part="decision"]')).toContainText('La clínica empieza sin datos de prueba')
  await demo.close()

  const again = await launch({ clinic, userData: demo.userData })
  await openChecklist(again)
  await expect(line(again.page, 'cleanup')).toHaveAttribute('data-status', 'notApplicable')
  const reopened = await openLine(again.page, 'cleanup')
  await reopened.getByRole('button', { name: word('decision.clear') }).click()
  await expect(reopened).toHaveAttribute('data-status', 'failed')
})

test('the backend’s folder comes from the dialog, its address is checked, its password is not kept', async ({
  demo,
}) => {
  const { page, app } = demo
  await openChecklist(demo)
  await page
    .locator('summary')
    .filter({ hasText: word('backend.title') })
    .click()
  await willOpen(app, '/srv/clinica/backend')
  await page.locator('[data-place="folder"]').click()
  await expect(page.getByText('/srv/clinica/backend').first()).toBeVisible()
  const address = page.getByLabel(word('backend.url'))
  const save = page.getByRole('button', { name: word('backend.save'), exact: true })
  await address.fill('http://10.0.0.5:8000')
  await save.click()
  await expect(page.getByText(word('backend.urlWrong'))).toBeVisible()
  await address.fill('http://127.0.0.1:8000')
  await save.click()
  await expect(save).toBeDisabled()
  await page.getByLabel(word('backend.user')).fill('ivette.martinez')
  await page.getByLabel(word('backend.password'), { exact: true }).fill('secreta-7712')
  await page.getByRole('button', { name: word('backend.remember') }).click()
  await expect(page.getByText(word('backend.held').replace('{{user}}', 'ivette.martinez'))).toBeVisible()
  await accessible(page)
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }))
  expect(kept + demo.log() + readFileSync(join(demo.userData, 'deployment.json'), 'utf8')).not.toContain('secreta-7712')
})

test('a run that takes long is cancelled, and what it found stays', async ({ demo, clinic }) => {
  test.setTimeout(120_000)
  const { page } = demo
  await openChecklist(demo)
  // The pool test waits for the users' table until it is cancelled.
  await clinic.query('BEGIN')
  await clinic.query('LOCK TABLE usuarios IN ACCESS EXCLUSIVE MODE')
  await page.getByRole('button', { name: word('run.all'), exact: true }).click()
  await expect(line(page, 'database')).toHaveAttribute('data-status', 'passed')
  await page
    .locator('[data-part="progress"]')
    .getByRole('button', { name: word('run.cancel') })
    .click()
  await clinic.query('ROLLBACK')
  await expect(page.locator('[data-part="progress"]')).toBeHidden({ timeout: 30_000 })
  await expect(line(page, 'database')).toHaveAttribute('data-status', 'passed')
  await expect(line(page, 'poolTest')).toHaveAttribute('data-status', 'pending')
})
