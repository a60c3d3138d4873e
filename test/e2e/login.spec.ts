import { createFormat } from '#shared/format.ts'
import { expect, test } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import { errorTitle, say } from '#support/words.ts'
import { dashboard, figure, login, notice } from './pages.ts'

const { integer, money } = createFormat('es')

test('an administrator logs in and sees the figures that the database gives when asked directly', async ({
  demo: { page },
  clinic,
}) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  const [counts] = await clinic.query(`
    WITH local AS (SELECT (now() AT TIME ZONE 'America/Tijuana') AS moment)
    SELECT (SELECT count(*)::int FROM pacientes) AS patients,
           (SELECT count(*)::int FROM pacientes WHERE activo) AS active,
           (SELECT count(*)::int FROM citas, local WHERE fecha_hora_inicio::date = moment::date) AS today,
           (SELECT count(*)::int FROM citas, local
             WHERE date_trunc('week', fecha_hora_inicio) = date_trunc('week', moment)) AS week,
           (SELECT coalesce(sum(monto_pagado), 0)::numeric(14, 2)::text FROM pagos, local
             WHERE date_trunc('month', fecha_pago) = date_trunc('month', moment)
               AND lower(coalesce(estado_pago, '')) <> 'cancelado') AS month`)
  expect(counts?.patients).toBeGreaterThan(0)
  await expect(figure(page, 'totalPatients')).toContainText(integer(counts?.patients))
  await expect(figure(page, 'activePatients')).toContainText(integer(counts?.active))
  await expect(figure(page, 'appointmentsToday')).toContainText(integer(counts?.today))
  await expect(figure(page, 'appointmentsThisWeek')).toContainText(integer(counts?.week))
  await expect(figure(page, 'revenueThisMonth')).toContainText(money(counts?.month))
})

test('a receptionist sees the dashboard only, and main refuses what the page does not offer', async ({
  demo: { page, call },
}) => {
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  const pages = page.getByRole('navigation', { name: say('common', 'nav.label') })
  await expect(pages.getByText(say('common', 'nav.dashboard'))).toBeVisible()
  await expect(pages.getByText(say('common', 'nav.monitoring'))).toHaveCount(0)
  // As somebody at the console of the page would.
  expect((await call('monitoring.pool')).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('connection.close')).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('dashboard.load', { days: 7 })).ok).toBe(true)
})

test('before login nothing of the clinic is answered', async ({ demo: { call } }) => {
  for (const name of ['dashboard.load', 'monitoring.pool', 'session.activity', 'session.lock'] as const) {
    const input = name === 'dashboard.load' ? { days: 7 } : undefined
    expect((await call(name, input)).error?.code, name).toBe('NOT_LOGGED_IN')
  }
})

test('a wrong password and an unknown user get the same words, and the name stays typed', async ({
  demo: { page },
}) => {
  await login(page, administrator.user, 'no-es-esta')
  await expect(notice(page, 'WRONG_CREDENTIALS')).toContainText(errorTitle('WRONG_CREDENTIALS'))
  await expect(page.getByLabel(say('session', 'login.name'))).toHaveValue(administrator.user)
  await login(page, 'nadie', 'no-es-esta')
  await expect(notice(page, 'WRONG_CREDENTIALS')).toContainText(errorTitle('WRONG_CREDENTIALS'))
})

test('after too many tries the login waits and counts, also after the app was started again', async ({
  demo: { page, call, userData, close },
  launch,
  clinic,
}) => {
  const codes = []
  for (let tries = 0; tries < 6; tries += 1) {
    codes.push((await call('session.login', { name: administrator.user, password: 'no-es-esta' })).error?.code)
  }
  expect(codes).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'TOO_MANY_TRIES'])
  await login(page, administrator.user, administrator.password)
  await expect(notice(page, 'TOO_MANY_TRIES')).toBeVisible()
  await close()
  const again = await launch({ clinic, userData })
  await login(again.page, administrator.user, administrator.password)
  await expect(notice(again.page, 'TOO_MANY_TRIES')).toBeVisible()
})

test('an administrator logs out, and the next person starts at the login', async ({ demo: { page, call } }) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await page.getByRole('button', { name: /^Menú de / }).click()
  await page.getByRole('menuitem', { name: say('common', 'user.logout') }).click()
  await expect(page.getByRole('heading', { name: say('session', 'login.title') })).toBeVisible()
  expect((await call('dashboard.load', { days: 7 })).error?.code).toBe('NOT_LOGGED_IN')
})

test('the demo offers its users on the login', async ({ demo: { page } }) => {
  const fill = say('session', 'login.demoFill').replace('{{user}}', administrator.user).split(' (')[0] ?? ''
  await page.getByRole('button', { name: fill }).click()
  await page.getByRole('button', { name: say('session', 'login.submit'), exact: true }).click()
  await dashboard(page)
})
