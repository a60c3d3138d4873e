import { demoCredentials } from '#scripts/clinic/clinic.js'
import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'
import { dashboard, login, notice } from './pages.ts'
import { accessible } from './screen-check.ts'

const somebody = (role: string) => {
  const found = demoCredentials.find((one) => one.role === role)
  if (!found) throw new Error(`the demo clinic has no ${role}`)
  return found
}
const users = (key: string) => say('users', key)

test('an administrator finds, sorts and reads the users of the clinic by keyboard', async ({ demo: { page, app } }) => {
  const { user, password } = somebody('Admin')
  await login(page, user, password)
  await dashboard(page)
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go.users')?.click())
  await expect(page.getByRole('heading', { level: 1, name: users('title') })).toBeVisible()
  const rows = page.locator('[data-user]')
  await expect(rows.first()).toBeVisible()
  const all = await rows.count()
  expect(all).toBeGreaterThan(3)

  await page.getByRole('textbox', { name: users('search') }).fill('MARTINEZ ibeth')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toHaveAttribute('data-user', 'ibeth.martinez')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: users('details').replace('{{name}}', 'ibeth.martinez') }).focus()
  await page.keyboard.press('Enter')
  const details = page.getByRole('dialog')
  await expect(details).toContainText('ibeth.martinez')
  await page.keyboard.press('Escape')
  await expect(details).toBeHidden()

  await page.getByRole('textbox', { name: users('search') }).fill('nobody is called so')
  await expect(page.getByText(users('noMatch'))).toBeVisible()
  await page.getByRole('button', { name: users('clear') }).click()
  await expect(rows).toHaveCount(all)

  const heading = page.getByRole('columnheader', { name: users('column.fullName') })
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await heading.getByRole('button').click()
  await expect(heading).toHaveAttribute('aria-sort', 'descending')
  await accessible(page)
})

test('the list stays with its age when it cannot be refreshed, and says what the installation lacks', async ({
  demo: { page, app },
  clinic,
}) => {
  await clinic.query('ALTER TABLE usuarios DROP COLUMN email CASCADE')
  const { user, password } = somebody('Admin')
  await login(page, user, password)
  await dashboard(page)
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go.users')?.click())
  await expect(page.locator('[data-missing="email"]')).toBeVisible()

  await clinic.query('ALTER TABLE usuarios RENAME COLUMN nombre_usuario TO otro')
  await page.keyboard.press('F5')
  await expect(notice(page, 'NOT_A_CLINIC')).toBeVisible()
  await expect(page.locator('[data-user]').first()).toBeVisible()
})

test('who is no administrator is neither offered the users nor given them', async ({ demo: { page, call } }) => {
  const { user, password } = somebody('Recepcionista')
  await login(page, user, password)
  await dashboard(page)
  await expect(page.getByRole('link', { name: say('common', 'nav.users') })).toHaveCount(0)
  expect((await call('users.list')).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('indexes.advice')).error?.code).toBe('FORBIDDEN_ROLE')
})
