// The package exactly as `npm run package` leaves it, started as a desktop starts it: nothing in it was opened for
// tests, so it is watched from outside, by its log, its processes and the database it logs in to.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { family } from '#support/processes.ts'
import { copyClinic } from '#support/window-clinic.ts'
import { listening, logIn, makeHome, missingPrograms, program, type Running, start, unpacked } from './driver.ts'

const noDesktop = missingPrograms('xdotool', 'dbus-run-session', 'gnome-keyring-daemon')

test('every fuse is as the configuration says', async () => {
  const wire = await getCurrentFuseWire(program)
  const on = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ]
  const off = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ]
  for (const fuse of on) expect(wire[fuse], FuseV1Options[fuse]).toBe('1'.charCodeAt(0))
  for (const fuse of off) expect(wire[fuse], FuseV1Options[fuse]).toBe('0'.charCodeAt(0))
})

test('only what runs is inside', () => {
  const files = listPackage(join(unpacked, 'resources', 'app.asar'), { isPack: false })
  const modules = new Set(files.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))
  expect([...modules].sort()).toEqual([
    ...['keytar', 'pg', 'pg-cloudflare', 'pg-connection-string', 'pg-int8', 'pg-pool', 'pg-protocol', 'pg-types'],
    ...['pgpass', 'postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval', 'split2', 'xtend'],
  ])
  const top = new Set(files.map((file) => file.split('/')[1]))
  expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json'])
  expect(new Set(files.flatMap((file) => /^\/out\/([^/]+)/.exec(file)?.[1] ?? []))).toEqual(
    new Set(['main', 'preload', 'renderer']),
  )
  expect(files.filter((file) => /\.(map|tsx?|gyp)$/.test(file))).toEqual([])
  const loose = readdirSync(join(unpacked, 'resources'), { recursive: true, encoding: 'utf8' })
  expect(loose.filter((name) => name.endsWith('.node'))).toEqual([
    'app.asar.unpacked/node_modules/keytar/prebuilds/linux-x64/keytar.node',
  ])
  expect(loose).not.toContain('default_app.asar')
  expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak', 'es-419.pak', 'es.pak'])
  expect(existsSync(join(unpacked, 'version'))).toBe(false)
})

test.describe('started', () => {
  test.setTimeout(120_000)
  let running: Running | null = null
  let home: Awaited<ReturnType<typeof makeHome>> | null = null
  test.afterEach(async () => {
    await running?.stop()
    running = null
    if (home) rmSync(home.folder, { recursive: true, force: true, maxRetries: 5 })
    home = null
  })

  test('it runs no script and no debugger that the environment or the arguments ask for', async () => {
    home = await makeHome(null)
    const trace = join(home.folder, 'trace')
    const script = join(home.folder, 'script.cjs')
    writeFileSync(script, `require('node:fs').appendFileSync(${JSON.stringify(trace)}, 'x')`)
    running = await start({
      home,
      args: ['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0', '-r', script, script],
      env: {
        NODE_OPTIONS: `--require=${script}`,
        ELECTRON_RUN_AS_NODE: '1',
        PODOSKIN_USER_DATA: join(home.folder, 'x'),
      },
    })
    await running.logged(/window shown/)
    running.child.kill('SIGUSR1')
    expect(existsSync(trace)).toBe(false)
    expect(existsSync(join(home.folder, 'x'))).toBe(false)
    expect(running.output()).not.toMatch(/listening/i)
    expect(listening(family(running.child.pid ?? 0))).toEqual([])
  })

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know that there are none.
  test('a person logs in with the keyboard, with the password from the keychain, and it ends in order', async ({}, info) => {
    info.skip(noDesktop !== null, noDesktop ?? '')
    const clinic = await copyClinic()
    try {
      home = await makeHome(clinic)
      running = await start({ home, keyring: clinic.password })
      await logIn(running, clinic)
      await running.stop()
      expect(running.log()).toMatch(/ info ended\n$/)
      expect(running.log()).not.toMatch(/ error |outcome=INTERNAL/)
      const left = await clinic.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'podoskin-admin' AND datname = $1",
        [clinic.database],
      )
      expect(left).toEqual([])
    } finally {
      await clinic.drop()
    }
  })
})
