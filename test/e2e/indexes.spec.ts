import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import type { WindowClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { dashboard, login, notice, openTab, visit } from './pages.ts'
import { findings } from './screen-check.ts'

const index = 'podoskin_admin_pagos_fecha'
const row = (page: Page, id = 'payments') => page.locator(`[data-index="${id}"]`)
const act = (page: Page, action: string) => row(page).locator(`[data-action="${action}"]`)
const state = (name: string) => say('indexes', `state.${name}`)
const confirm = (page: Page) => page.getByRole('dialog').locator('[data-action="confirm"]')
const field = (page: Page, label: string) => page.getByRole('dialog').getByLabel(label, { exact: true })
const own = (page: Page) => field(page, say('session', 'confirm.password'))
const ownerPassword = (page: Page) => field(page, say('indexes', 'owner.password'))
const told = (page: Page, outcome: string) =>
  page.getByText(say('indexes', `outcome.${outcome}`).replace('{{name}}', say('indexes', 'name.payments')))

async function openMonitoring(page: Page): Promise<void> {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await visit(page, 'monitoring')
  await openTab(page, 'indexes')
  await expect(row(page)).toBeVisible()
}

async function validity(clinic: WindowClinic): Promise<boolean[]> {
  const rows = await clinic.query<{ valid: boolean }>(
    `SELECT x.indisvalid AND x.indisready AS valid FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE c.relname = $1`,
    [index],
  )
  return rows.map(({ valid }) => valid)
}

/** An everyday role that reads the clinic and owns nothing of it. */
async function asReader<T>(clinic: WindowClinic, work: (role: { user: string; password: string }) => Promise<T>) {
  const role = { user: `diario_${randomBytes(4).toString('hex')}`, password: 'de-todos-los-dias' }
  await clinic.query(`CREATE ROLE ${role.user} LOGIN PASSWORD '${role.password}'`)
  await clinic.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role.user}`)
  await work(role).finally(async () => {
    await clinic.query(`DROP OWNED BY ${role.user}`)
    await clinic.query(`DROP ROLE ${role.user}`)
  })
}

test('an administrator creates an index with the credentials of the owner, and removes it again', async ({
  launch,
  clinic,
}) => {
  await asReader(clinic, async (reader) => {
    const { page, close } = await launch({ clinic: { ...clinic, ...reader } })
    await openMonitoring(page)
    await expect(row(page)).toContainText(state('missing'))
    await expect(row(page, 'details')).toContainText(state('present'))
    await expect(act(page, 'create')).toBeEnabled()
    await act(page, 'create').click()
    await expect(field(page, say('indexes', 'owner.user'))).toHaveValue(clinic.user)

    // Each password is refused beside its own field, and nothing else that was typed is lost.
    await ownerPassword(page).fill('no-es-esta')
    await own(page).fill('tampoco')
    await confirm(page).click()
    await expect(page.locator('[data-part="reauthenticate"] [data-code="WRONG_CREDENTIALS"]')).toBeVisible()
    await expect(ownerPassword(page)).toHaveValue('no-es-esta')
    await own(page).fill(administrator.password)
    await confirm(page).click()
    await expect(notice(page, 'AUTHENTICATION_FAILED')).toContainText(clinic.user)
    await expect(own(page)).toHaveCount(0)
    await expect(ownerPassword(page)).toHaveValue('no-es-esta')
    await expect(ownerPassword(page)).toBeFocused()
    expect(await validity(clinic)).toEqual([])
    await ownerPassword(page).fill(clinic.password)
    await confirm(page).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await expect(told(page, 'created')).toBeVisible()
    await expect(row(page)).toContainText(state('ours'))
    await expect(page.locator('[data-job]')).toHaveCount(0)
    expect(await validity(clinic)).toEqual([true])

    // Confirmed a moment ago: only the owner is asked again.
    await act(page, 'drop').click()
    await expect(ownerPassword(page)).toHaveValue('')
    await expect(own(page)).toHaveCount(0)
    await ownerPassword(page).fill(clinic.password)
    await page.keyboard.press('Enter')
    await expect(told(page, 'dropped')).toBeVisible()
    await expect(row(page)).toContainText(state('missing'))
    expect(await validity(clinic)).toEqual([])
    await close()
  })
})

test('an index that waits for others shows it in its row, is cancelled, and leaves nothing behind', async ({
  demo: { page },
  clinic,
}) => {
  await openMonitoring(page)
  await clinic.query('BEGIN')
  await clinic.query('LOCK TABLE pagos IN ROW EXCLUSIVE MODE')
  await act(page, 'create').click()
  await own(page).fill(administrator.password)
  await confirm(page).click()
  await expect(row(page)).toContainText(state('building'))
  await expect(row(page)).toContainText(say('indexes', 'phase.wait'))
  await expect(row(page, 'appointments').locator('[data-action="create"]')).toBeDisabled()
  const line = page.locator('[data-job="indexes.create"]')
  await line.getByRole('button', { name: say('jobs', 'cancel'), exact: true }).click()
  await clinic.query('ROLLBACK')
  await expect(told(page, 'cancelled')).toBeVisible()
  await expect(row(page)).toHaveAttribute('data-state', 'missing')
  expect(await validity(clinic)).toEqual([])
})

test('main asks for the password again after the session was locked, whatever the page remembers', async ({
  demo: { page },
}) => {
  await openMonitoring(page)
  await act(page, 'create').click()
  await own(page).fill(administrator.password)
  await confirm(page).click()
  await expect(told(page, 'created')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+l')
  await page.getByLabel(say('session', 'login.password'), { exact: true }).fill(administrator.password)
  await page.getByRole('button', { name: say('session', 'lock.submit') }).click()
  await visit(page, 'monitoring')
  await openTab(page, 'indexes')
  await act(page, 'drop').click()
  await expect(own(page)).toHaveCount(0)
  await confirm(page).click()
  await expect(notice(page, 'REAUTHENTICATION_REQUIRED')).toBeVisible()
  await own(page).fill(administrator.password)
  await confirm(page).click()
  await expect(told(page, 'dropped')).toBeVisible()
})

for (const appearance of ['dark'] as const) {
  test(`axe finds nothing in the advice and its dialog, ${appearance}`, async ({ demo: { page, call }, clinic }) => {
    await clinic.query('ALTER TABLE pacientes DROP COLUMN activo CASCADE')
    expect((await call('settings.save', { appearance })).ok).toBe(true)
    await openMonitoring(page)
    await expect(row(page, 'patients').locator('[data-part="why"]')).toContainText('activo')
    await row(page).locator('summary').click()
    await expect(row(page)).toContainText('CREATE INDEX CONCURRENTLY')
    expect(await findings(page), 'section').toEqual([])
    await act(page, 'create').click()
    await expect(own(page)).toBeVisible()
    await confirm(page).click()
    await expect(page.getByRole('dialog')).toContainText(say('common', 'validation.required'))
    expect(await findings(page), 'dialog').toEqual([])
  })
}
