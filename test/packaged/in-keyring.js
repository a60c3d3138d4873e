/**
 * Runs in a D-Bus session of its own: unlocks a new keychain, stores the database's password in it as the app would
 * find it, starts the program named by the arguments, and ends with it. The password comes by the environment and goes
 * no further.
 */
import { spawn, spawnSync } from 'node:child_process'
import keytar from 'keytar'

const { PODOSKIN_KEYRING: entry = '{}', ...env } = process.env
const { account, password, display } = JSON.parse(entry)
// A fresh HOME makes the daemon create the login keyring with this password. The bus knows no display, so a daemon that it
// starts by itself, locked, refuses at once instead of asking nobody; then it is unlocked again.
for (let tries = 1; ; tries += 1) {
  spawnSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    input: 'test',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  try {
    await keytar.setPassword('PodoSkin Admin', account, password)
    break
  } catch (error) {
    if (tries === 5) throw error
  }
}

const [program = '', ...args] = process.argv.slice(2)
const child = spawn(program, args, { env: { ...env, DISPLAY: display }, stdio: 'inherit' })
process.once('SIGTERM', () => child.kill('SIGTERM'))
child.once('close', (code) => process.exit(code ?? 1))
