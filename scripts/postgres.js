import { execFileSync, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from './free-port.js'
import { reaches, serverAccount } from './postgres/account.js'
import { binaries } from './postgres/binaries.js'
import { createCluster, placeCertificate, runAs } from './postgres/cluster.js'
import { forget, stopOrphans, watch } from './postgres/guard.js'
import { childrenOf, isRunning, postmasterOf } from './postgres/processes.js'

/**
 * @typedef {object} ServerOptions
 * @property {import('./postgres/binaries.js').Version} version
 * @property {string} folder where the server lives; made when missing, used again when not
 * @property {number} [port] a free one when not given
 * @property {string} [password] of the superuser at its creation; a random one when not given
 * @property {Record<string, string | number | boolean>} [settings] as in postgresql.conf
 * @property {{ certificate: string, key: string, ca?: string }} [tls] PEM files, copied for the server
 * @property {readonly string[]} [access] lines of pg_hba.conf; the default asks a SCRAM password on the loopback
 */

/**
 * @typedef {object} Server
 * @property {string} host
 * @property {number} port stays the same over restarts
 * @property {string} user the superuser
 * @property {string} password
 * @property {number} pid of the postmaster that runs now, 0 when none does
 * @property {string} folder
 * @property {string} data PostgreSQL's data folder
 * @property {string} log the server's own log file
 * @property {() => Promise<void>} start after a stop or a kill
 * @property {() => Promise<void>} stop orderly, cutting sessions
 * @property {() => Promise<void>} kill as a power cut would: no checkpoint; returns when every backend is gone
 * @property {() => Promise<void>} restart
 */

const READY = 'database system is ready to accept'
const ACCESS = ['local all all scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256']
const START_DEADLINE = 60_000

/**
 * Where the data goes: in the given folder, or in the account's home where that folder is closed to it. What was kept
 * there for folders that are gone is removed.
 * @param {string} folder
 * @param {import('./postgres/account.js').Account | null} account
 */
function dataHome(folder, account) {
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (!account) return folder
  chmodSync(folder, 0o755)
  if (reaches(account, folder)) return folder
  const all = join(account.home, 'servers')
  const home = join(all, createHash('sha256').update(folder).digest('hex').slice(0, 20))
  mkdirSync(home, { recursive: true, mode: 0o755 })
  writeFileSync(join(home, 'folder'), folder)
  for (const name of readdirSync(all)) {
    const note = join(all, name, 'folder')
    if (existsSync(note) && existsSync(readFileSync(note, 'utf8'))) continue
    rmSync(join(all, name), { recursive: true, force: true, maxRetries: 5 })
  }
  return home
}

/**
 * Starts a real PostgreSQL server, made on first use, that listens on 127.0.0.1 only and ends with this program.
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({
  version,
  folder: wanted,
  port: wantedPort,
  password: given,
  settings = {},
  tls,
  access = ACCESS,
}) {
  const folder = resolve(wanted)
  const account = serverAccount()
  const programs = binaries(version, account)
  stopOrphans()
  const home = dataHome(folder, account)
  const data = join(home, `pg${version}`)
  const log = join(folder, `pg${version}.log`)
  const passwordFile = join(folder, 'superuser.password')
  /** @type {import('./postgres/cluster.js').Cluster} */
  const cluster = { version, data, programs, account }

  const running = postmasterOf(data)
  if (running) {
    throw new Error(`A server is already running on ${data} (process ${running}): end the program that started it.`)
  }

  // data without its password belonged to a folder that was deleted and made again
  if (existsSync(data) && home !== folder && !existsSync(passwordFile)) rmSync(data, { recursive: true })
  if (!existsSync(data)) {
    const password = given ?? randomBytes(18).toString('base64url')
    writeFileSync(passwordFile, password, { mode: 0o600 })
    await createCluster(cluster, password)
  }
  const password = readFileSync(passwordFile, 'utf8')
  writeFileSync(join(data, 'pg_hba.conf'), `${access.join('\n')}\n`)
  const tlsSettings = tls ? placeCertificate(cluster, tls) : {}

  /** @type {import('node:child_process').ChildProcess | null} */
  let child = null
  let port = wantedPort ?? (await freePort())

  async function launch() {
    const all = {
      ...{ listen_addresses: '127.0.0.1', port, unix_socket_directories: '', log_destination: 'stderr' },
      ...{ logging_collector: 'off', ...tlsSettings, ...settings },
    }
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const started = spawn(programs.postgres, ['-D', data, ...flags], {
      ...runAs(account),
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    })
    const file = createWriteStream(log, { flags: 'a' })
    let said = ''
    /** @type {Promise<void>} */
    const ready = new Promise((done, failed) => {
      const timer = setTimeout(() => {
        started.kill('SIGKILL')
        failed(new Error(`PostgreSQL ${version} was not ready after ${START_DEADLINE / 1000} s: see ${log}`))
      }, START_DEADLINE)
      started.once('error', failed)
      started.once('exit', (code, signal) => {
        clearTimeout(timer)
        failed(new Error(`PostgreSQL ${version} did not start (${signal ?? code}):\n${said.slice(-2000)}`))
      })
      started.stderr?.on('data', (chunk) => {
        file.write(chunk)
        if (said === READY) return
        said += chunk
        if (!said.includes(READY)) return
        clearTimeout(timer)
        said = READY
        done()
      })
    })
    started.stderr?.once('close', () => file.end())
    if (started.pid) watch(started.pid, data)
    started.once('exit', () => {
      if (started.pid) forget(started.pid)
      if (child === started) child = null
    })
    child = started
    await ready
    started.unref()
    // a pipe is a socket, which the type of a plain stream does not say
    if (started.stderr && 'unref' in started.stderr && typeof started.stderr.unref === 'function')
      started.stderr.unref()
  }

  async function start() {
    if (child) return
    for (let attempt = 1; ; attempt++) {
      try {
        return await launch()
      } catch (error) {
        // somebody took the port between our look and the server's
        if (wantedPort || attempt === 3 || !String(error).includes('could not bind')) throw error
        port = await freePort()
      }
    }
  }

  async function stop() {
    const server = child
    if (!server) return
    server.ref()
    const gone = once(server, 'exit')
    if (process.platform === 'win32') {
      execFileSync(programs.control, ['stop', '-D', data, '-m', 'fast', '-w'], { stdio: 'ignore', windowsHide: true })
    } else server.kill('SIGINT')
    await gone
  }

  async function kill() {
    const server = child
    if (!server?.pid) return
    server.ref()
    const gone = once(server, 'exit')
    if (process.platform === 'win32') {
      execFileSync('taskkill', ['/pid', String(server.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
      await gone
      return
    }
    // held still first, so that it starts no backend we do not know of
    server.kill('SIGSTOP')
    const backends = childrenOf(server.pid)
    server.kill('SIGKILL')
    await gone
    for (let waited = 0; backends.some(isRunning); waited += 10) {
      if (waited >= 500) for (const left of backends.filter(isRunning)) process.kill(left, 'SIGKILL')
      await delay(10)
    }
  }

  await start()
  return {
    host: '127.0.0.1',
    user: 'postgres',
    password,
    folder,
    data,
    log,
    get port() {
      return port
    },
    get pid() {
      return child?.pid ?? 0
    },
    start,
    stop,
    kill,
    async restart() {
      await stop()
      await start()
    },
  }
}
