import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { say } from '#support/words.ts'
import { count, decideSigns, goTo, openCleanup, rehearseButton, settled } from './cleanup-pages.ts'
import { line, openLine, verify } from './deployment-pages.ts'
import { dashboard, login, openTab, visit, willOpen } from './pages.ts'
import { checkScreens, indistinct, moving } from './screen-check.ts'

const passphrase = 'una frase larga y segura'

// A quiet machine needs a tenth of it.
test.setTimeout(900_000)

test('nothing is found on the screens before the login', async ({ plain }) => {
  const { page } = plain
  const { look } = await checkScreens(plain)
  await look('welcome')
  await page.getByRole('button', { name: say('connection', 'welcome.own') }).click()
  await look('connection form')
  await page.getByRole('button', { name: say('connection', 'form.save') }).click()
  await expect(page.locator('[aria-invalid="true"]').first()).toBeVisible()
  await look('connection form, wrong')
})

test('nothing is found from the login to the panel, the monitoring, the users, the settings', async ({
  demo,
  clinic,
  folder,
}) => {
  const { page } = demo
  const { look } = await checkScreens(demo)
  await look('login')
  await page.locator('[data-action="diagnosis"]').click()
  await look('diagnosis before the login')
  await page.keyboard.press('Escape')
  await page.reload()
  await login(page, administrator.user, 'no es esta')
  await expect(page.locator('[data-code="WRONG_CREDENTIALS"]')).toBeVisible()
  await look('login, refused')
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await expect(page.locator('.recharts-surface')).toHaveCount(2)
  await look('panel')
  await page.keyboard.press('t')
  await expect(page.locator('[data-view="table"]').first()).toBeVisible()
  await look('panel, tables')
  await page.keyboard.press('t')
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('palette')
  await page.keyboard.press('Escape')

  await visit(page, 'monitoring')
  await expect(page.locator('[data-status="clean"]')).toBeVisible({ timeout: 20_000 })
  await look('monitoring, sessions')
  await openTab(page, 'pool')
  await look('monitoring, pool')
  await openTab(page, 'log')
  await expect(page.locator('[data-part="log-choice"]')).toBeVisible()
  await look('monitoring, no log')
  const log = join(folder, 'backend.log')
  writeFileSync(log, logOfABackend)
  await willOpen(demo.app, log)
  await page.getByRole('button', { name: say('log', 'source.file'), exact: true }).click()
  await expect(page.locator('[data-part="log-count"]')).toBeVisible()
  await page.locator('[data-index]').first().click()
  await look('monitoring, log')
  await openTab(page, 'indexes')
  await look('monitoring, indexes')

  await visit(page, 'diagnosis')
  await expect(page.locator('[data-symptom]').first()).toBeVisible()
  await look('diagnosis')
  await page.locator('[data-symptom="slow"]').click()
  await expect(page.locator('[data-verdict]:not([data-verdict="running"])')).toBeVisible({ timeout: 30_000 })
  await look('diagnosis, verdict')
  await visit(page, 'users')
  await expect(page.locator('[data-user]').first()).toBeVisible()
  await look('users')
  await page.locator('[data-user] button').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('user')
  await page.keyboard.press('Escape')
  await visit(page, 'settings')
  await look('settings')

  await visit(page, 'dashboard')
  await clinic.query(
    'TRUNCATE pacientes, citas, pagos, gastos, inventario_productos, tratamientos, detalle_cita CASCADE',
  )
  await page.keyboard.press('F5')
  await expect(page.locator('[data-state="zero"]').first()).toBeVisible()
  await look('panel, empty clinic')
  await page.keyboard.press('ControlOrMeta+l')
  await expect(page.getByRole('heading', { name: say('session', 'lock.title') })).toBeVisible()
  await look('lock')
})

test('nothing is found from the first step of the cleanup to its history, and on the checklist', async ({
  demo,
  clinic,
  backups,
}) => {
  const { page } = demo
  await willOpen(demo.app, backups)
  const { look } = await checkScreens(demo)
  await openCleanup(page)
  await look('cleanup 1')
  await decideSigns(page)
  for (const group of await page.locator('[data-group] button[aria-expanded]').all()) await group.click()
  await look('cleanup 2')
  await goTo(page, 'staff')
  await look('cleanup 3')
  await goTo(page, 'rehearsal')
  await look('cleanup 4')
  await rehearseButton(page).click()
  await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
  await settled(page)
  await look('cleanup 4, rehearsed')
  await goTo(page, 'confirm')
  await look('cleanup 6, lacking')
  await goTo(page, 'backup')
  await page.locator('[data-action="choose-folder"]').click()
  await expect(page.locator('[data-folder="fine"] input')).toBeChecked()
  await page.getByLabel(say('cleanup', 'backup.passphrase'), { exact: true }).fill(passphrase)
  await page.getByLabel(say('cleanup', 'backup.again')).fill(passphrase)
  await look('cleanup 5')
  await goTo(page, 'confirm')
  await look('cleanup 6')
  const patients = await count(page.locator('[data-total="patients"] dd'))
  await page.locator('[data-confirm="database"]').fill(clinic.database)
  await page.locator('[data-confirm="patients"]').fill(String(patients))
  await page.getByLabel(say('session', 'confirm.password')).fill(administrator.password)
  await page.locator('[data-action="run"]').click()
  await expect(page.locator('[data-outcome="deleted"]')).toBeVisible({ timeout: 60_000 })
  await look('cleanup 7')

  await page.getByText(say('cleanup', 'views.backups'), { exact: true }).click()
  await expect(page.locator('[data-action="open-backup"]')).toBeVisible()
  await look('backups')
  await page.locator('[data-action="delete-backup"]').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('backup deletion')
  await page.keyboard.press('Escape')
  await page.locator('[data-action="open-backup"]').click()
  await page.locator('[data-unlock]').fill(passphrase)
  await page.locator('[data-trial="plan"]').click()
  await expect(page.locator('[data-outcome="restorePlan"]')).toBeVisible({ timeout: 60_000 })
  await look('restore')
  await page.getByText(say('cleanup', 'views.history'), { exact: true }).click()
  await expect(page.locator('[data-history="done"]')).toHaveCount(1)
  await look('history')
  await page.locator('[data-action="seal"]').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('seal')
  await page.keyboard.press('Escape')

  await visit(page, 'deployment')
  await expect(page.locator('[data-part="score"]')).toBeVisible()
  await look('checklist')
  await verify(page, 'database', 'passed')
  await openLine(page, 'database')
  await verify(page, 'backendUp', 'notVerifiable')
  await openLine(page, 'backendUp')
  await look('checklist, a check')
  await line(page, 'backendUp').locator('[data-act]').first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await look('checklist, decision')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: say('deployment', 'certificate.open'), exact: true }).click()
  await expect(page.getByRole('article')).toBeVisible()
  await look('certificate')
})

test('with the system’s colours what is chosen is still seen, and without movement nothing moves', async ({ demo }) => {
  const { page } = demo
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const still = async (screen: string) => {
    expect.soft(await indistinct(page), screen).toEqual([])
    expect.soft(await moving(page), screen).toEqual([])
    if (process.env.PODOSKIN_PICTURES)
      await page.screenshot({ path: join(process.env.PODOSKIN_PICTURES, `forced-${screen}.png`) })
  }
  await still('login')
  await openCleanup(page)
  await still('cleanup')
  for (const name of ['dashboard', 'deployment', 'monitoring', 'diagnosis', 'users', 'settings']) {
    await visit(page, name)
    await expect(page.getByRole('heading', { level: 1, name: say('common', `nav.${name}`) })).toBeVisible()
    await still(name)
  }
})

const logOfABackend = [
  '2026-02-03 10:15:22 INFO: Uvicorn running on http://0.0.0.0:8000',
  ...Array.from({ length: 30 }, () => '2026-02-03 10:16:02 INFO: 10.0.0.7:51234 - "GET /citas HTTP/1.1" 200 OK'),
  '2026-02-03 10:17:02 WARNING: rolling back returned connection: <psycopg.AsyncConnection [INTRANS]>',
  "2026-02-03 10:18:02 ERROR: couldn't get a connection after 30.00 sec",
  '',
].join('\n')
