import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '#electron/monitoring/log/program.ts'
import { expect, test } from '#support/app.ts'
import { say } from '#support/words.ts'
import { chooseLog, openLog } from './log-pages.ts'
import { findings } from './screen-check.ts'

const words = (key: string) => say('log', key)
const calm = 'INFO:     127.0.0.1:50512 - "GET /stats/dashboard HTTP/1.1" 200 OK\n'

test('each state of the log says what it is: no source, nothing read, rotated, emptied, gone, refused, no program', async ({
  demo,
  folder,
}) => {
  const { app, page } = demo
  const verdict = (name: string) => page.locator(`[data-verdict="${name}"]`)
  const count = page.locator('[data-part="log-count"]')
  await openLog(page)
  await expect(page.locator('[data-part="log-choice"]')).toContainText(words('source.noneBody'))

  const file = join(folder, 'backend.log')
  writeFileSync(file, '')
  await chooseLog(demo, file)
  await expect(verdict('nothing')).toContainText(words('nothing.title'))

  appendFileSync(file, calm.repeat(3))
  await expect(verdict('clean')).toBeVisible()
  await expect(count).toContainText('3')
  renameSync(file, `${file}.1`)
  writeFileSync(file, calm.repeat(2))
  await expect(count).toContainText('5')
  truncateSync(file)
  appendFileSync(file, calm)
  await expect(count).toContainText('1')

  rmSync(file)
  await expect(verdict('gone')).toContainText(words('statusBody.gone'))
  writeFileSync(file, calm)
  await expect(verdict('clean')).toBeVisible()

  // Root may read everything: there the refusal cannot be had.
  if (process.getuid?.() !== 0) {
    const closed = join(folder, 'closed.log')
    writeFileSync(closed, calm)
    chmodSync(closed, 0o000)
    await chooseLog(demo, closed)
    await expect(verdict('denied')).toContainText(words('statusBody.denied'))
  }

  const programs = join(folder, 'bin')
  mkdirSync(programs)
  await app.evaluate((_, path) => {
    process.env.PATH = path
  }, programs)
  const follow = async () => {
    await page.getByRole('button', { name: words('source.command'), exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words('command.service'), { exact: true }).fill('backend')
    await dialog.getByLabel(words('command.project'), { exact: true }).fill('podoskin')
    await dialog.getByRole('button', { name: words('command.open'), exact: true }).click()
  }
  // Where Docker is installed in its usual place, it cannot be missing.
  if (findProgram('docker', '') === null) {
    await follow()
    await expect(verdict('programMissing')).toContainText(words('statusBody.programMissing'))
  }
  writeFileSync(join(programs, 'docker'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
  await follow()
  await expect(verdict('stopped')).toContainText(words('statusBody.stopped'))
  expect(await findings(page)).toEqual([])
})
