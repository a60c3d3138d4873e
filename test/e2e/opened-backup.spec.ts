import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { Page } from '@playwright/test'
import type { TableHead } from '#electron/cleanup/backup/manifest.ts'
import { createBackup } from '#electron/cleanup/backup/writer.ts'
import { expect, type OpenApp, startAgain, test } from '#support/app.ts'
import { administrator, receptionist } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, login } from './pages.ts'

const passphrase = 'una frase larga y fácil de recordar'

/** A whole backup of one table, as a cleanup leaves it. */
async function makeBackup(folder: string): Promise<string> {
  const writer = await createBackup({
    ...{ folder, baseName: 'limpieza', app: { name: 'test', version: '1' }, expectedBytes: 0 },
    ...{ protection: { kind: 'passphrase', passphrase }, signal: new AbortController().signal },
  })
  const table: TableHead = {
    ...{ key: 'public.t', schema: 'public', name: 't', columns: ['a'], role: 'deleted', keyColumns: [] },
  }
  await writer.addTable(table, Readable.from([Buffer.from('1\n2\n')]))
  await writer.finish({
    server: { host: 'localhost', port: 5432, version: '18.0' },
    ...{ database: 'clinic', schema: null, environment: 'testing', planHash: 'x', encoding: 'UTF8' },
    ...{ structure: null, fingerprints: null, counts: {} },
  })
  return writer.publish()
}

const named = (key: string, name: string) => say('cleanup', `opened.${key}`).replace('{{name}}', name)
const panel = (page: Page, file: string) =>
  page.locator('[data-part="restore"]').getByRole('heading', { name: basename(file) })
const waits = (page: Page, name: string) => page.getByText(named('waits', name))
const failure = ({ page }: OpenApp, name: string) => page.getByRole('alert').filter({ hasText: named('failed', name) })

test('a start with a backup says that it waits, and an administrator who logs in finds it ready to be checked', async ({
  launch,
  clinic,
  folder,
}) => {
  const file = await makeBackup(folder)
  const opened = await launch({ clinic, open: file })
  const { page } = opened
  await expect(waits(page, basename(file))).toBeVisible()
  // The page knows the name; the path stays in main, and nobody may look yet.
  expect((await opened.call('shell.openedFile')).value).toEqual({ name: basename(file) })
  expect((await opened.call('cleanup.openedBackup')).error?.code).toBe('NOT_LOGGED_IN')

  await login(page, administrator.user, administrator.password)
  await expect(panel(page, file)).toBeVisible()
  await expect(waits(page, basename(file))).toHaveCount(0)
  expect((await opened.call('shell.openedFile')).value).toBeNull()
  await page.getByLabel(say('cleanup', 'backup.passphrase'), { exact: true }).fill(passphrase)
  await page.locator('[data-trial="verify"]').click()
  await expect(page.locator('[data-outcome="verifyBackup"]')).toBeVisible()
})

test('a second start hands its backup to the first one, be it called by a relative name or by macOS', async ({
  demo,
  folder,
}) => {
  test.setTimeout(120_000)
  const { page, app } = demo
  const [one, other] = [await makeBackup(folder), await makeBackup(folder)]
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  expect(await startAgain(demo, [basename(one)], dirname(one))).toBe(0)
  await expect(panel(page, one)).toBeVisible()
  await page.getByLabel(say('cleanup', 'backup.passphrase'), { exact: true }).fill(passphrase)

  await app.evaluate(({ app: main }, path) => void main.emit('open-file', { preventDefault: () => {} }, path), other)
  await expect(panel(page, other)).toBeVisible()
  // What was typed for one backup is not tried on another.
  await expect(page.getByLabel(say('cleanup', 'backup.passphrase'), { exact: true })).toHaveValue('')
})

test('a file that is no backup, is gone or is a folder is told by name, and the screen stays', async ({
  demo,
  folder,
}) => {
  test.setTimeout(120_000)
  const { page } = demo
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  const [photo, gone, place] = ['foto', 'ido', 'carpeta'].map((name) => join(folder, `${name}.podoskin-backup`)) as [
    string,
    string,
    string,
  ]
  writeFileSync(photo, 'JPEG')
  mkdirSync(place)
  rmSync(gone, { force: true })
  for (const [file, code] of [
    [photo, 'BACKUP_UNKNOWN_FORMAT'],
    [gone, 'BACKUP_UNREADABLE'],
    [place, 'BACKUP_UNREADABLE'],
  ] as const) {
    expect(await startAgain(demo, [file])).toBe(0)
    await expect(failure(demo, basename(file)).locator(`[data-code="${code}"]`)).toBeVisible()
    await expect(failure(demo, basename(file))).toContainText(say('errors', `${code}.title`))
  }
  await expect(page.getByRole('alert').filter({ has: page.locator('[data-code]') })).toHaveCount(1)
  await dashboard(page)
})

test('it waits while a receptionist works, until an administrator takes over', async ({ demo, folder }) => {
  test.setTimeout(120_000)
  const { page } = demo
  const file = await makeBackup(folder)
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  expect(await startAgain(demo, [file])).toBe(0)
  await expect(waits(page, basename(file))).toBeVisible()
  expect((await demo.call('cleanup.openedBackup')).error?.code).toBe('FORBIDDEN_ROLE')
  await demo.call('session.logout')
  await login(page, administrator.user, administrator.password)
  await expect(panel(page, file)).toBeVisible()
})

test('it waits while the session is locked', async ({ demo, folder }) => {
  const { page } = demo
  const file = await makeBackup(folder)
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await demo.call('session.lock')
  expect(await startAgain(demo, [file])).toBe(0)
  await expect(waits(page, basename(file))).toBeVisible()
  await page.getByLabel(say('session', 'login.password'), { exact: true }).fill(administrator.password)
  await page.getByRole('button', { name: say('session', 'lock.submit') }).click()
  await expect(panel(page, file)).toBeVisible()
})
