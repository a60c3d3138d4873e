import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#support/app.ts'
import { receptionist } from '#support/people.ts'
import { say } from '#support/words.ts'
import { chooseLog, openLog } from './log-pages.ts'
import { dashboard, login, willSave } from './pages.ts'
import { findings } from './screen-check.ts'

const words = (key: string) => say('log', key)
const ok = 'INFO:     127.0.0.1:50512 - "GET /stats/dashboard HTTP/1.1" 200 OK\n'
const failed = 'INFO:     127.0.0.1:50512 - "GET /stats/dashboard HTTP/1.1" 500 Internal Server Error\n'
const start = 'INFO:     Started server process [29603]\nINFO:     Application startup complete.\n'
const trace =
  'ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "/app/main.py", line 3, in x\npsycopg_pool.PoolTimeout: couldn\'t get a connection after 2.00 sec\n'

function leak(): string {
  const now = new Date().toLocaleString('sv-SE')
  return `${now},489 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=127.0.0.1 user=postgres)>\n`
}

const rows = (page: Page) => page.getByRole('option')
const verdict = (page: Page, name: string) => page.locator(`[data-verdict="${name}"]`)
const cause = (page: Page, name: string) => page.locator(`button[data-cause="${name}"]`)

test('an administrator follows the log of the backend through a rotation, from cause to message', async ({
  demo,
  folder,
}) => {
  const { app, page, userData, log } = demo
  const file = join(folder, 'backend.log')
  writeFileSync(file, '')
  await openLog(page)
  await expect(page.locator('[data-part="log-choice"]')).toBeVisible()
  await chooseLog(demo, file)
  await expect(verdict(page, 'nothing')).toBeVisible()

  appendFileSync(file, `${start}${ok.repeat(300)}`)
  await expect(verdict(page, 'clean')).toBeVisible()
  await expect(page.locator('[data-part="log-count"]')).toContainText('302')
  appendFileSync(file, `${leak()}${failed}${trace}`)
  await expect(verdict(page, 'bad')).toContainText('3')
  await expect(cause(page, 'leak')).toContainText('psycopg.pool')
  await expect(cause(page, 'poolTimeout')).toBeVisible()
  // Followed: the last message is in sight.
  await expect(rows(page).last()).toContainText('Exception in ASGI application')

  await cause(page, 'poolTimeout').click()
  await expect(rows(page)).toHaveCount(1)
  await rows(page).first().click()
  await expect(rows(page).first()).toContainText("couldn't get a connection")
  await cause(page, 'poolTimeout').click()

  // From problem to problem with one key, from the first message on.
  await page.getByRole('listbox').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('n')
  await expect(page.locator('[role="option"][data-active="true"]')).toContainText('rolling back returned connection')
  await page.keyboard.press('n')
  await expect(page.locator('[role="option"][data-active="true"]')).toContainText('500 Internal Server Error')
  await page.keyboard.press('Shift+n')
  await page.keyboard.press('c')
  await expect(page.getByText(say('common', 'action.copied'))).toBeVisible()
  // Awaited: a promise on newer Electrons.
  expect(await app.evaluate(async ({ clipboard }) => await clipboard.readText())).toContain('[INTRANS]')

  await page.getByLabel(words('list.search')).fill('STATS/dashboard')
  await expect(page.locator('[data-part="log-count"]')).toContainText('301')
  await page.getByLabel(words('list.search')).fill('')

  renameSync(file, `${file}.1`)
  writeFileSync(file, start)
  await expect(page.locator('[data-part="log-count"]')).toContainText('307')
  await expect(verdict(page, 'clean')).toBeVisible()

  const saved = join(folder, 'registro.txt')
  await willSave(app, saved)
  await page.getByRole('button', { name: new RegExp(words('list.export')) }).click()
  await expect(page.getByText('registro.txt')).toBeVisible()
  expect(readFileSync(saved, 'utf8')).toContain('rolling back returned connection')

  // The page knows the file's name, not its folder; our own log knows neither.
  expect(await page.content()).not.toContain(folder)
  expect(log()).not.toMatch(/INTRANS|backend\.log/)
  expect(readFileSync(join(userData, 'logs.json'), 'utf8')).toContain(file)
})

test('the source of a connection is remembered, and a receptionist sees nothing of it', async ({
  launch,
  clinic,
  folder,
}) => {
  const file = join(folder, 'backend.log')
  writeFileSync(file, `${start}${ok}${leak()}`)
  const first = await launch({ clinic })
  await openLog(first.page)
  await chooseLog(first, file)
  await expect(cause(first.page, 'leak')).toBeVisible()
  await first.close()

  const { page, call, userData } = await launch({ clinic, userData: first.userData })
  expect(userData).toBe(first.userData)
  await openLog(page)
  await expect(cause(page, 'leak')).toBeVisible()
  await page.getByRole('button', { name: words('source.forget') }).click()
  await expect(page.locator('[data-part="log-choice"]')).toBeVisible()
  expect((await call('session.logout')).ok).toBe(true)
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  for (const name of ['monitoring.logState', 'monitoring.logPage', 'monitoring.logExport'] as const) {
    expect((await call(name)).error?.code).toBe('FORBIDDEN_ROLE')
  }
})

test('a file that cannot be read and a program that is not there say so and what to do', async ({ demo, folder }) => {
  const { page, app } = demo
  await openLog(page)
  const place = join(folder, 'no-es-archivo')
  mkdirSync(place)
  await chooseLog(demo, place)
  await expect(verdict(page, 'gone')).toBeVisible()
  await app.evaluate(() => {
    process.env.PATH = ''
  })
  await page.getByRole('button', { name: words('source.command'), exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words('command.service'), { exact: true }).fill('--rm')
  await dialog.getByRole('button', { name: words('command.open'), exact: true }).click()
  await expect(dialog).toContainText(words('command.invalid'))
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(verdict(page, 'gone')).toBeVisible()
})
