import { randomBytes } from 'node:crypto'
import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'
import { contents, decideSigns, goTo, heading, openCleanup, rehearseButton, settled } from './cleanup-pages.ts'
import { dashboard, notice } from './pages.ts'

const line = '[data-job="cleanup.rehearse"]'

test('a rehearsal is seen from every page, and cancelling it leaves the database as it was', async ({
  demo: { page },
  clinic,
}) => {
  await openCleanup(page)
  await decideSigns(page)
  const before = await contents(clinic)
  // Somebody is writing: the rehearsal waits for them, so that there is time to cancel.
  await clinic.query('BEGIN')
  await clinic.query('LOCK TABLE citas IN ROW EXCLUSIVE MODE')
  await goTo(page, 'rehearsal')
  await rehearseButton(page).click()
  await expect(page.locator('[data-phase="lock"]')).toHaveAttribute('aria-current', 'step')
  await expect(page.locator('[data-voice="job"]')).toContainText(say('cleanup', 'phase.lock'))
  await page.keyboard.press('ControlOrMeta+1')
  await dashboard(page)
  await expect(page.locator(line)).toHaveAttribute('data-state', 'running')
  await page
    .locator(line)
    .getByRole('button', { name: say('jobs', 'cancel'), exact: true })
    .click()
  await expect(page.locator(line)).toHaveAttribute('data-state', 'cancelled')
  await clinic.query('ROLLBACK')
  await page
    .locator(line)
    .getByRole('button', { name: say('jobs', 'showResult') })
    .click()
  await expect(heading(page, 'rehearsal')).toBeVisible()
  await expect(page.locator('[data-outcome="cancelled"]')).toContainText(say('cleanup', 'rehearsal.cancelledBody'))
  await expect(page.locator(line)).toHaveCount(0)
  expect(await contents(clinic)).toEqual(before)
})

test('a table that somebody is writing to makes the rehearsal give way, and names who holds it', async ({
  demo: { page },
  clinic,
}) => {
  await openCleanup(page)
  await decideSigns(page)
  await clinic.query('BEGIN')
  const [holder] = await clinic.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  await clinic.query('LOCK TABLE pacientes IN ROW EXCLUSIVE MODE')
  await goTo(page, 'rehearsal')
  await expect(page.locator('[data-part="sessions"]')).toContainText('test')
  await rehearseButton(page).click()
  // While it waits already, so that somebody can do something about it.
  const waiting = page.locator('[data-part="waiting"]')
  await expect(waiting).toContainText('pacientes')
  await expect(waiting.locator(`[data-holder="${holder?.pid}"]`)).toContainText(/test.*postgres.*\d/)
  await expect(waiting).toContainText(say('cleanup', 'sessionState.inTransaction'))
  const failure = notice(page, 'LOCK_TIMEOUT')
  await expect(failure).toContainText(`pid ${holder?.pid}`, { timeout: 25_000 })
  await expect(failure).toContainText('test')
  await clinic.query('ROLLBACK')
  await rehearseButton(page).click()
  await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
})

test('an everyday role is told what it lacks, and the owner of the tables rehearses', async ({ launch, clinic }) => {
  const role = `diario_${randomBytes(4).toString('hex')}`
  await clinic.query(`CREATE ROLE ${role} LOGIN PASSWORD 'de-todos-los-dias'`)
  await clinic.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`)
  try {
    const { page, close } = await launch({ clinic: { ...clinic, user: role, password: 'de-todos-los-dias' } })
    await openCleanup(page)
    await expect(page.locator('[data-refusal="NOT_OWNER"]')).toContainText(clinic.user)
    await expect(page.locator('[data-part="cure"]')).toContainText(`GRANT "${clinic.user}" TO "${role}";`)
    await decideSigns(page)
    await goTo(page, 'rehearsal')
    const password = page.getByLabel(say('cleanup', 'rehearsal.ownerPassword'), { exact: true })
    await expect(page.getByLabel(say('cleanup', 'rehearsal.ownerUser'))).toHaveValue(clinic.user)
    await password.fill('no-es-esta')
    await rehearseButton(page).click()
    await expect(notice(page, 'AUTHENTICATION_FAILED')).toBeVisible()
    await expect(password).toHaveValue('')
    await password.fill(clinic.password)
    await settled(page)
    await rehearseButton(page).click()
    await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
    await close()
  } finally {
    await clinic.query(`DROP OWNED BY ${role}`)
    await clinic.query(`DROP ROLE ${role}`)
  }
})
