import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { smallDisk } from '#support/small-disk.ts'
import { say } from '#support/words.ts'
import { dashboard, login } from './pages.ts'

const english = JSON.stringify({ schemaVersion: 1, language: 'en' })

// Chromium, which found no place for its lock there, took every start for a second one: the program ended without a word.
test('a profile that cannot be written is read, its person is told, and the clinic is there all the same', async ({
  launch,
  clinic,
  folder,
}, info) => {
  const disk = process.getuid?.() === 0 ? smallDisk(folder) : null
  info.skip(process.getuid?.() === 0 && disk === null, 'root writes everywhere, and may not mount a disk here')
  const userData = join(disk?.path ?? folder, 'profile')
  mkdirSync(userData)
  writeFileSync(join(userData, 'settings.json'), english)
  if (disk) disk.seal()
  else chmodSync(userData, 0o500)
  try {
    const { page, call, close } = await launch({ clinic, userData })
    await expect(page.getByText(say('common', 'trouble.profileTitle', 'en'))).toBeVisible()
    await page.getByLabel(say('session', 'login.name', 'en')).fill(administrator.user)
    await page.getByLabel(say('session', 'login.password', 'en'), { exact: true }).fill(administrator.password)
    await page.getByRole('button', { name: say('session', 'login.submit', 'en'), exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: say('dashboard', 'title', 'en') })).toBeVisible()

    expect((await call('settings.save', { language: 'es' })).error?.code).toBe('SETTINGS_NOT_SAVED')
    await dashboard(page)
    const { logFile } = (await call('shell.about')).value as { logFile: string }
    expect(readFileSync(logFile, 'utf8')).toMatch(/ warn app\.profileReadOnly/)
    expect(readFileSync(logFile, 'utf8')).not.toMatch(/ error (uncaught|unhandled)|outcome=INTERNAL/)
    await close()
    expect(existsSync(dirname(logFile))).toBe(false)
    expect(readdirSync(userData)).toEqual(['settings.json'])
    expect(readFileSync(join(userData, 'settings.json'), 'utf8')).toBe(english)
  } finally {
    if (disk) disk.remove()
    else chmodSync(userData, 0o700)
  }
})

test('a disk that is full stops nobody from working, and says what was not kept', async ({
  launch,
  clinic,
  folder,
}, info) => {
  const disk = smallDisk(folder)
  if (disk === null) return info.skip(true, 'only root mounts a small disk')
  const userData = join(disk.path, 'profile')
  mkdirSync(userData)
  writeFileSync(join(userData, 'settings.json'), english)
  disk.fill()
  try {
    const { page, call, close } = await launch({ clinic, userData })
    expect((await call('settings.save', { language: 'es' })).error?.code).toBe('SETTINGS_NOT_SAVED')
    await login(page, administrator.user, administrator.password)
    await dashboard(page)
    await close()
    expect(readFileSync(join(userData, 'settings.json'), 'utf8')).toBe(english)
    expect(readdirSync(userData).filter((name) => name.endsWith('.tmp'))).toEqual([])
  } finally {
    disk.remove()
  }
})
