/**
 * Runs in a D-Bus session of its own: unlocks a new keychain, stores the database's password in it as the app would
 * find it, starts the program named by the arguments, and ends with it. The password comes by the environment and goes
 * no further.
 */
import { spawn, spawnSync } from 'node:child_process'
import keytar from 'keytar'

const { PODOSKIN_KEYRING: entry = '{}', ...env } = process.env
const { account, password } = JSON.parse(entry)
// A fresh HOME makes the daemon create the login keyring with this password: nothing is ever asked.
spawnSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
  input: 'test',
  stdio: ['pipe', 'ignore', 'ignore'],
})
await keytar.setPassword('PodoSkin Admin', account, password)

const [program = '', ...args] = process.argv.slice(2)
const child = spawn(program, args, { env, stdio: 'inherit' })
process.once('SIGTERM', () => child.kill('SIGTERM'))
child.once('close', (code) => process.exit(code ?? 1))
