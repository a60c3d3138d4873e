import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { isRunning } from '#scripts/postgres/processes.js'
import { type Server, startServer } from '#scripts/postgres.js'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-server-'))
  folders.push(folder)
  return folder
}

async function connect({ host, port, user, password }: Server): Promise<pg.Client> {
  const client = new pg.Client({ host, port, user, password, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  return client
}

const settings = { fsync: 'off', max_connections: 20 }

describe.each([18, 14] as const)('a server of version %i', (version) => {
  test('starts, keeps its settings, port and data over a restart, and stops', async () => {
    const server = await startServer({ version, folder: newFolder(), settings })
    const { port, pid } = server
    const client = await connect(server)
    const { rows } = await client.query(
      "SELECT current_setting('server_version_num')::int / 10000 AS version, current_setting('max_connections') AS most, getdatabaseencoding() AS encoding",
    )
    expect(rows).toEqual([{ version, most: '20', encoding: 'UTF8' }])
    await client.query('CREATE TABLE kept AS SELECT 1 AS n')
    await client.end()
    await server.restart()
    expect(server.port).toBe(port)
    expect(server.pid).not.toBe(pid)
    const again = await connect(server)
    expect((await again.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }])
    await again.end()
    const last = server.pid
    await server.stop()
    expect(server.pid).toBe(0)
    expect(isRunning(last)).toBe(false)
  })

  test('asks for the password and listens on the loopback only', async () => {
    const server = await startServer({ version, folder: newFolder(), settings })
    await expect(connect({ ...server, port: server.port, password: 'wrong' })).rejects.toMatchObject({ code: '28P01' })
    const client = await connect(server)
    const { rows } = await client.query(
      "SELECT current_setting('listen_addresses') AS at, current_setting('unix_socket_directories') AS sockets",
    )
    expect(rows).toEqual([{ at: '127.0.0.1', sockets: '' }])
    await client.end()
    await server.stop()
  })
})

test('a kill leaves no backend, committed data survives it, and it can be started again', async () => {
  const server = await startServer({ version: 18, folder: newFolder(), settings })
  const client = await connect(server)
  await client.query('CREATE TABLE kept AS SELECT 1 AS n')
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  const busy = client.query('SELECT count(*) FROM generate_series(1, 100000000000)')
  const broken = expect(busy).rejects.toThrow()
  await server.kill()
  await broken
  expect(isRunning(rows[0].pid)).toBe(false)
  await server.start()
  const again = await connect(server)
  expect((await again.query('SELECT n FROM kept')).rows).toEqual([{ n: 1 }])
  await again.end()
  await server.stop()
})

test('a second start on the same folder is refused while the first runs', async () => {
  const folder = newFolder()
  const server = await startServer({ version: 18, folder, settings })
  await expect(startServer({ version: 18, folder, settings })).rejects.toThrow('already running')
  await server.stop()
})

test.runIf(process.platform !== 'win32')('the superuser password is for the owner of the folder only', async () => {
  const folder = newFolder()
  const server = await startServer({ version: 18, folder, settings })
  expect(statSync(join(folder, 'superuser.password')).mode & 0o077).toBe(0)
  await server.stop()
})

/** A program of its own that starts a server, says its process and data, and then waits. */
async function otherProgram(folder: string) {
  const postgres = new URL('../../../scripts/postgres.js', import.meta.url).href
  const code = `
    const { startServer } = await import(${JSON.stringify(postgres)})
    const { pid, data } = await startServer({ version: 18, folder: ${JSON.stringify(folder)} })
    console.log(JSON.stringify({ pid, data }))
    process.stdin.resume().on('end', () => process.exit())`
  const program = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(program.stdout), 'line')
  const { pid, data }: { pid: number; data: string } = JSON.parse(line)
  return { program, pid, data }
}

test.each(['its exit', 'SIGTERM', 'SIGINT'])(
  'no server outlives the program that started it, ended by %s',
  async (how) => {
    const { program, pid, data } = await otherProgram(newFolder())
    expect(isRunning(pid)).toBe(true)
    const ended = once(program, 'exit')
    if (how === 'its exit') program.stdin.end()
    else program.kill(how as NodeJS.Signals)
    await ended
    expect(isRunning(pid)).toBe(false)
    expect(existsSync(join(data, 'postmaster.pid'))).toBe(false)
  },
)

test('a server whose program was killed outright is stopped by the next start, and its data are used again', async () => {
  const folder = newFolder()
  const { program, pid } = await otherProgram(folder)
  const ended = once(program, 'exit')
  program.kill('SIGKILL')
  await ended
  expect(isRunning(pid)).toBe(true)
  const server = await startServer({ version: 18, folder, settings })
  expect(isRunning(pid)).toBe(false)
  await (await connect(server)).end()
  await server.stop()
})

test('a program that forgets to stop its server ends all the same', async () => {
  const postgres = new URL('../../../scripts/postgres.js', import.meta.url).href
  const code = `const { startServer } = await import(${JSON.stringify(postgres)})
    console.log((await startServer({ version: 18, folder: ${JSON.stringify(newFolder())} })).pid)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code])
  expect(isRunning(Number(stdout))).toBe(false)
})
