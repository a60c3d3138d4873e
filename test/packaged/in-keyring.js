/**
 * Runs in a D-Bus session of its own: unlocks a new keychain, stores the database's password in it as the app would
 * find it, starts the program named by the arguments, and ends with it. The password comes by the environment and goes
 * no further.
 */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const { PODOSKIN_KEYRING: entry = '{}', ...env } = process.env
const { display } = JSON.parse(entry)
const store = join(import.meta.dirname, 'store-password.js')
// A fresh HOME makes the daemon create the login keyring with this password. The bus knows no display, so a daemon that it
// starts by itself, beside ours and locked, refuses at once instead of asking nobody: it gives way to the next one. Whoever
// spoke to a daemon that is gone never speaks to another, so that each try is a process of its own.
for (let tries = 1; ; tries += 1) {
  spawnSync('gnome-keyring-daemon', [...(tries === 1 ? [] : ['--replace']), '--unlock', '--components=secrets'], {
    input: 'test',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const stored = spawnSync(process.execPath, [store], { env: process.env, stdio: 'inherit', timeout: 5_000 })
  if (stored.status === 0) break
  if (tries === 8) process.exit(1)
}

const [program = '', ...args] = process.argv.slice(2)
const child = spawn(program, args, { env: { ...env, DISPLAY: display }, stdio: 'inherit' })
process.once('SIGTERM', () => child.kill('SIGTERM'))
child.once('close', (code) => process.exit(code ?? 1))
