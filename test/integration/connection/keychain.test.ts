import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const home = mkdtempSync(join(tmpdir(), 'podoskin-keychain-'))
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }))

interface Outcome {
  readonly value?: unknown
  readonly code?: string
  readonly milliseconds: number
}
type Found = Readonly<Record<'probe' | 'set' | 'get' | 'remove' | 'after', Outcome>> & {
  readonly state: string
  readonly failure: string | null
}

const onPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
const missing = ['dbus-run-session', 'gnome-keyring-daemon', 'xvfb-run'].filter((program) => !onPath(program))
const skipped = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not installed)` : ''

/** A session bus that knows of no keychain service. */
function emptyBus(): string {
  const file = join(home, 'bus.conf')
  writeFileSync(
    file,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig><type>session</type><listen>unix:tmpdir=${tmpdir()}</listen>
      <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  )
  return file
}

/** Runs `keychain-child.js` within the given programs and returns what it found. */
async function child(within: readonly string[], what: 'unlocked' | 'as it is', deadline = 4000): Promise<Found> {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _display, ...environment } = process.env
  const script = resolve('test', 'integration', 'connection', 'keychain-child.js')
  const [program = process.execPath, ...words] = [...within, process.execPath, script, what, String(deadline)]
  const options = { env: { ...environment, HOME: mkdtempSync(join(home, 'home-')) }, timeout: 45_000 }
  const output = await run(program, words, options).then(
    ({ stdout }) => stdout,
    // The child ends itself by a signal, so that a call that hangs cannot keep it.
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) throw new Error(`the child said nothing: ${output}`)
  return JSON.parse(line) as Found
}

const onLinux = describe.skipIf(missing.length > 0 || process.platform !== 'linux')

onLinux(`the system’s keychain${skipped}`, () => {
  it('stores, finds and forgets a password', async () => {
    const found = await child(['dbus-run-session', '--'], 'unlocked')
    expect(found).toMatchObject({
      probe: { value: 'available' },
      set: { value: null },
      get: { value: 'contraseña 🦶' },
      remove: { value: null },
      after: { value: null },
      state: 'available',
      failure: null,
    })
  })

  it('is unavailable at once without a session bus', async () => {
    const found = await child([], 'as it is')
    expect(found).toMatchObject({
      probe: { value: 'unavailable' },
      set: { code: 'KEYCHAIN_UNAVAILABLE' },
      state: 'unavailable',
      failure: 'KEYCHAIN_UNAVAILABLE',
    })
    expect(found.set.milliseconds).toBeLessThan(1000)
  })

  it('is unavailable at once on a bus that has no keychain', async () => {
    const found = await child(['dbus-run-session', `--config-file=${emptyBus()}`, '--'], 'as it is')
    expect(found).toMatchObject({ probe: { value: 'unavailable' }, set: { code: 'KEYCHAIN_UNAVAILABLE' } })
  })

  it('stays unavailable when it is locked and nobody can be asked', async () => {
    const found = await child(['dbus-run-session', '--'], 'as it is')
    expect(found).toMatchObject({ set: { code: 'KEYCHAIN_UNAVAILABLE' }, get: { value: null }, state: 'unavailable' })
  })

  it('is given up when it waits for somebody to unlock it, and no second call joins the first', async () => {
    const found = await child(['xvfb-run', '-a', 'dbus-run-session', '--'], 'as it is', 1500)
    expect(found).toMatchObject({
      set: { code: 'KEYCHAIN_TIMEOUT' },
      get: { code: 'KEYCHAIN_TIMEOUT' },
      state: 'unavailable',
      failure: 'KEYCHAIN_TIMEOUT',
    })
    expect(found.set.milliseconds).toBeLessThan(3000)
    expect(found.get.milliseconds).toBeLessThan(500)
  })
})
