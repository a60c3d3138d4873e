/**
 * Runs beside the tests, in a D-Bus session of its own: it uses the real keychain and prints, as one line
 * of JSON, what each call came to. Arguments: what to do, and the deadline of a call in milliseconds.
 */
import { spawnSync } from 'node:child_process'
import { createServer } from 'vite'

const [what, deadline] = process.argv.slice(2)
if (what === 'unlocked') {
  // A fresh HOME makes the daemon create the login keyring with this password: nothing is ever asked.
  spawnSync('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    input: 'test',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
}

// Vite compiles our sources; it serves nobody.
const vite = await createServer({
  configFile: false,
  logLevel: 'silent',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const { createKeychain } = /** @type {typeof import('#electron/connection/keychain.ts')} */ (
  await vite.ssrLoadModule('/electron/connection/keychain.ts')
)
const silent = { info: () => {}, warn: () => {}, error: () => {} }
const keychain = createKeychain({ log: silent, deadline: Number(deadline) })

/** @param {() => Promise<unknown>} work */
async function outcome(work) {
  const start = performance.now()
  const value = await work().then(
    (answer) => ({ value: answer ?? null }),
    (error) => ({ code: error.code ?? error.name }),
  )
  return { ...value, milliseconds: Math.round(performance.now() - start) }
}

const account = '00000000-0000-4000-8000-000000000000'
const found = {
  probe: await outcome(keychain.probe),
  set: await outcome(() => keychain.set(account, 'contraseña 🦶')),
  get: await outcome(() => keychain.get(account)),
  remove: await outcome(() => keychain.remove(account)),
  after: await outcome(() => keychain.get(account)),
  state: keychain.state(),
  failure: keychain.failure(),
}
// A call that hangs keeps a thread that nothing can end: the process is not asked to wait for it.
process.stdout.write(`${JSON.stringify(found)}\n`, () => process.kill(process.pid, 'SIGKILL'))
