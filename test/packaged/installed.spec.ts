// The .deb as a clinic's IT installs it: apt puts it in, an ordinary user works with it, apt takes it out again and leaves
// what people made.
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { copyClinic } from '#support/window-clinic.ts'
import { logIn, makeHome, missingPrograms, person, root, start } from './driver.ts'

const run = promisify(execFile)
const allowed = process.env.CI === 'true' || process.env.PODOSKIN_INSTALL === '1'
const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
test('it is installed, used by an ordinary user, and removed without their settings and backups', async ({}, info) => {
  info.skip(!allowed, 'installs and removes the package on this machine: only with CI=true or PODOSKIN_INSTALL=1')
  info.skip(process.getuid?.() !== 0, 'apt is for root')
  const missing = missingPrograms('apt-get', 'xdotool', 'dbus-run-session', 'gnome-keyring-daemon')
  info.skip(missing !== null, missing ?? '')
  const { uid } = await person()
  info.skip(uid === undefined, 'there is no ordinary user whose Chromium may have its sandbox')
  test.setTimeout(240_000)

  const release = join(root, 'release')
  const [file] = readdirSync(release).filter((name) => name.endsWith('.deb'))
  if (file === undefined) throw new Error('release/ has no .deb')
  const clinic = await copyClinic()
  const home = await makeHome(clinic)
  try {
    await run('apt-get', ['install', '-y', '--no-install-recommends', join(release, file)], quiet)
    expect((await run('dpkg', ['--verify', 'podoskin-admin'])).stdout).toBe('')
    const mime = await run('xdg-mime', ['query', 'filetype', backup(home.folder)]).catch(() => null)
    if (mime) expect(mime.stdout.trim()).toBe('application/x-podoskin-backup')

    const running = await start({ home, executable: '/usr/bin/podoskin-admin', keyring: clinic.password })
    try {
      await logIn(running, clinic)
    } finally {
      await running.stop()
    }
    expect(running.log()).toMatch(/ info ended\n$/)
  } finally {
    await run('apt-get', ['purge', '-y', 'podoskin-admin'], quiet)
    await clinic.drop()
  }
  expect(existsSync('/usr/bin/podoskin-admin')).toBe(false)
  expect(existsSync('/usr/lib/podoskin-admin')).toBe(false)
  expect(readdirSync(home.userData)).toEqual(expect.arrayContaining(['connections.json', 'settings.json', 'logs']))
  expect(existsSync(backup(home.folder))).toBe(true)
  rmSync(home.folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A file in the home folder that is called like a backup. */
function backup(home: string): string {
  const file = join(home, 'clinica.podoskin-backup')
  if (!existsSync(file)) writeFileSync(file, 'podoskin')
  return file
}
