import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#scripts/free-port.js'
import { serverAccount } from '#scripts/postgres/account.js'

export interface PgBouncer {
  readonly host: string
  readonly port: number
  stop(): Promise<void>
}

const programs = [
  '/usr/sbin/pgbouncer',
  '/usr/bin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
]

/** Where Debian's PgBouncer is, or null: the tests that need it are then counted skips. */
export function findPgBouncer(): string | null {
  return programs.find((path) => existsSync(path)) ?? null
}

/** The reason that stands in the name of a skipped test. */
export const noPgBouncer = 'PgBouncer is not installed: apt-get install pgbouncer'

/**
 * PgBouncer in transaction mode before a server, as an ordinary user. `settings` are lines of its own file;
 * `servers` is how many of the server's sessions it shares out.
 */
export async function startPgBouncer(
  server: { host: string; port: number; user: string; password: string },
  { servers = 4, settings = {} }: { servers?: number; settings?: Record<string, string | number> } = {},
): Promise<PgBouncer> {
  const program = findPgBouncer()
  if (program === null) throw new Error(noPgBouncer)
  const account = serverAccount()
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-pgbouncer-'))
  const port = await freePort()
  const users = join(folder, 'users.txt')
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(users, `"${server.user}" "${server.password}"\n`, { mode: 0o600 })
  const own = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: users,
    pool_mode: 'transaction',
    default_pool_size: servers,
    max_client_conn: 200,
    ...settings,
  }
  const lines = Object.entries(own).map(([name, value]) => `${name} = ${value}`)
  writeFileSync(
    file,
    ['[databases]', `* = host=${server.host} port=${server.port}`, '[pgbouncer]', ...lines, ''].join('\n'),
    { mode: 0o600 },
  )
  if (account !== null) {
    chmodSync(folder, 0o700)
    for (const path of [folder, users, file]) chownSync(path, account.uid, account.gid)
  }
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid }
  const child = spawn(program, [file], { ...identity, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const gone = once(child, 'exit')
  const ended = gone.then(() => {
    throw new Error(`PgBouncer ended: ${said}`)
  })
  ended.catch(() => {})
  await Promise.race([listening(port), ended])
  return {
    host: '127.0.0.1',
    port,
    async stop() {
      child.kill('SIGINT')
      const insist = setTimeout(() => child.kill('SIGKILL'), 2_000)
      await gone
      clearTimeout(insist)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((wake) => setTimeout(wake, 20))
  }
}
