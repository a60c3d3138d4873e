import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'

test('the page, its language tag and the native menu change language together, and keep it', async ({
  plain: { app, page, userData, close },
  launch,
}) => {
  const menu = (opened: typeof app) =>
    opened.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label) ?? [])
  const names = (language: 'es' | 'en') =>
    ['file', 'edit', 'view', 'go', 'window', 'help'].map((name) => say('shell', `menu.${name}`, language))
  await expect(page.getByRole('heading', { name: say('connection', 'welcome.title') })).toBeVisible()
  expect(await menu(app)).toEqual(names('es'))

  await page.getByText(say('common', 'language.en'), { exact: true }).click()
  await expect(page.getByRole('heading', { name: say('connection', 'welcome.title', 'en') })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect.poll(() => menu(app)).toEqual(names('en'))

  await close()
  const again = await launch({ userData })
  await expect(again.page.getByRole('heading', { name: say('connection', 'welcome.title', 'en') })).toBeVisible()
  expect(await menu(again.app)).toEqual(names('en'))
})
