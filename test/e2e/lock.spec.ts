import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { errorTitle, say } from '#support/words.ts'
import { dashboard, login, notice } from './pages.ts'

const title = say('session', 'lock.title')

test('Ctrl+L hides the clinic, a wrong password leaves it hidden, the right one brings it back', async ({
  demo: { page, call },
}) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await page.keyboard.press('ControlOrMeta+l')
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await expect(page.locator('[data-figure]')).toHaveCount(0)
  expect((await call('dashboard.load', { days: 7 })).error?.code).toBe('SESSION_LOCKED')

  const password = page.getByLabel(say('session', 'login.password'), { exact: true })
  await password.fill('no-es-esta')
  await password.press('Enter')
  await expect(notice(page, 'WRONG_CREDENTIALS')).toContainText(errorTitle('WRONG_CREDENTIALS'))
  await password.fill(administrator.password)
  await password.press('Enter')
  await dashboard(page)
})

test('the session locks with the screen and with the lid', async ({ demo: { app, page } }) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  for (const event of ['lock-screen', 'suspend'] as const) {
    await app.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    await expect(page.getByText(say('session', 'lock.screen'))).toBeVisible()
    const password = page.getByLabel(say('session', 'login.password'), { exact: true })
    await password.fill(administrator.password)
    await password.press('Enter')
    await dashboard(page)
  }
})

test('a reload of the page does not get past the lock', async ({ demo: { page } }) => {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await page.keyboard.press('ControlOrMeta+l')
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
})

test('the native menu locks, and offers nothing of the clinic while it is locked', async ({ demo: { app, page } }) => {
  const state = () =>
    app.evaluate(({ Menu }) =>
      Object.fromEntries(
        ['lock', 'refresh', 'go.dashboard', 'about'].map((id) => [
          id,
          Menu.getApplicationMenu()?.getMenuItemById(id)?.enabled ?? null,
        ]),
      ),
    )
  expect(await state()).toEqual({ lock: false, refresh: false, 'go.dashboard': false, about: true })
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  expect(await state()).toEqual({ lock: true, refresh: true, 'go.dashboard': true, about: true })
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('lock')?.click())
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  expect(await state()).toEqual({ lock: false, refresh: false, 'go.dashboard': false, about: true })
})
