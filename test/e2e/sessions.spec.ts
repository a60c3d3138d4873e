import pg from 'pg'
import { expect, test } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, login, visit } from './pages.ts'
import { accessible } from './screen-check.ts'

const sessions = (key: string) => say('sessions', key)

test('a connection that is not given back is seen, named, and let go of with the password', async ({
  demo: { page, log },
  clinic,
}) => {
  // The clinic's own role, as a backend has it: sessions of superusers are nobody's business here.
  const role = `backend_${clinic.database}`
  await clinic.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secreta-backend'`)
  await clinic.query(`GRANT SELECT ON pacientes TO ${role}`)
  const { host, port, database } = clinic
  const leaking = new pg.Client({
    host,
    port,
    database,
    user: role,
    password: 'secreta-backend',
    application_name: 'backend',
  })
  leaking.on('error', () => undefined)
  await leaking.connect()
  try {
    await leaking.query('BEGIN')
    await leaking.query(`SELECT * FROM pacientes WHERE primer_nombre = 'Juana7712'`)
    await login(page, administrator.user, administrator.password)
    await dashboard(page)
    await visit(page, 'monitoring')
    await expect(page.locator('[data-status="warning"]')).toBeVisible({ timeout: 20_000 })
    const row = page.locator('[data-pid][data-level="warning"]')
    await expect(row).toContainText('backend')
    await expect(row).toContainText('SELECT * FROM pacientes WHERE primer_nombre = ?')
    await expect(page.locator('body')).not.toContainText('Juana7712')
    await accessible(page)

    await row.getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(role)
    await expect(dialog).toContainText(sessions('end.terminateBody'))
    await dialog.getByLabel(say('session', 'confirm.password'), { exact: true }).fill(administrator.password)
    await dialog.locator('[data-action="terminate"]').click()
    await expect(dialog).toBeHidden()
    await expect(page.locator('[data-status="clean"]')).toBeVisible()
    await expect(row).toHaveCount(0)
    expect(log()).toContain('monitoring.sessionEnded')
    expect(log()).not.toMatch(/Juana7712|SELECT/)
  } finally {
    await leaking.end().catch(() => undefined)
    await clinic.query(`REVOKE ALL ON pacientes FROM ${role}`)
    await clinic.query(`DROP ROLE ${role}`)
  }
})

test('who is no administrator gets neither the sessions nor the power to end one', async ({ demo: { page, call } }) => {
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  expect((await call('monitoring.sessions')).error?.code).toBe('FORBIDDEN_ROLE')
  const target = { pid: 1, startedAt: '1', how: 'terminate', owner: null }
  expect((await call('monitoring.endSession', target)).error?.code).toBe('FORBIDDEN_ROLE')
})

test('ending a session wants the password again, whatever the page says', async ({ demo: { page, call } }) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  const target = { pid: 1, startedAt: '1', how: 'cancel', owner: null }
  expect((await call('monitoring.endSession', target)).error?.code).toBe('REAUTHENTICATION_REQUIRED')
})
