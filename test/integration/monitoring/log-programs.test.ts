import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFollower, type Follower } from '#electron/monitoring/log/follower.ts'
import { findProgram } from '#electron/monitoring/log/program.ts'
import { scanLog } from '#electron/monitoring/log/scan.ts'
import { AppError } from '#shared/errors.ts'
import { type LogState, logCommandSchema } from '#shared/monitoring-log.ts'
import { counts, everything } from '#support/log-reading.ts'
import { buildLogWorker } from '#support/log-worker.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-program-'))
const bundle = join(folder, 'bundle')
const workerFile = join(bundle, 'worker.js')
const command = { kind: 'compose', service: 'backend', project: null } as const
const open: Follower[] = []

beforeAll(async () => {
  await buildLogWorker(bundle)
})
afterAll(async () => {
  for (const follower of open) await follower.close()
  rmSync(folder, { recursive: true })
})

/** Puts a program of that name in a folder of its own, which becomes the only one to look in. */
function install(name: string, script: string): string {
  const place = mkdtempSync(join(folder, 'bin-'))
  writeFileSync(join(place, name), `#!/bin/sh\necho $$ > '${place}/pid'\necho "$@" >> '${place}/asked'\n${script}\n`)
  chmodSync(join(place, name), 0o755)
  return place
}

function followed(path: string): { follower: Follower; until(test: (state: LogState) => boolean): Promise<LogState> } {
  const hearers = new Set<(state: LogState) => void>()
  const follower = createFollower({
    workerFile,
    path,
    onChange: (state) => {
      for (const hear of hearers) hear(state)
    },
  })
  open.push(follower)
  const until = (test: (state: LogState) => boolean) =>
    new Promise<LogState>((done) => {
      const hear = (state: LogState) => {
        if (!test(state)) return
        hearers.delete(hear)
        done(state)
      }
      hearers.add(hear)
      void follower.state().then(hear)
    })
  return { follower, until }
}

const alive = (place: string) => {
  try {
    process.kill(Number(readFileSync(join(place, 'pid'), 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

describe('the output of a program', () => {
  it('is followed with both of its outputs, prefixes taken off, and the program ends with the source', async () => {
    const place = install(
      'docker',
      `echo 'backend-1  | 2026-11-24T08:32:16.489123456Z INFO:     Started server process [1]'
echo 'backend-1  | 2026-11-24T08:32:17.489123456Z psycopg.pool - WARNING - rolling back returned connection: <x [INTRANS]>' >&2
exec sleep 600`,
    )
    const { follower, until } = followed(place)
    await follower.open(command)
    const state = await until(({ read }) => read.entries === 2)
    expect(state).toMatchObject({ status: 'following', starts: 1, source: command })
    expect(state.groups).toMatchObject([
      { cause: 'leak', detail: 'psycopg.pool', last: Date.UTC(2026, 10, 24, 8, 32, 17) / 1000 },
    ])
    expect(readFileSync(join(place, 'asked'), 'utf8')).toBe('compose logs --no-color --timestamps --follow backend\n')
    const { entries } = await follower.page(everything, 0, 10)
    expect(entries.map(({ message }) => message).sort()[0]).toBe('Started server process [1]')
    expect(alive(place)).toBe(true)
    await follower.close()
    await expect.poll(() => alive(place)).toBe(false)
    expect((await follower.state()).status).toBe('none')
  })

  it('is started again when it ends, from where it ended', async () => {
    const place = install('docker', `echo 'WARNING:  once'`)
    const { follower, until } = followed(place)
    await follower.open({ kind: 'docker', container: 'backend' })
    expect((await until(({ status }) => status === 'stopped')).groups).toMatchObject([{ cause: 'warning', count: 1 }])
    await until(({ groups }) => (groups[0]?.count ?? 0) >= 2)
    const [first, second] = readFileSync(join(place, 'asked'), 'utf8').split('\n')
    expect(first).toBe('logs --timestamps --follow backend')
    expect(second).toMatch(/^logs --timestamps --follow --since \d{10} backend$/)
    await follower.close()
  })

  it('is read once to its end, and a failure of the program is one', async () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `WARNING:  number ${at}`).join('\n')
    const place = install('docker', `cat <<'END'\n${lines}\nEND`)
    expect(counts(await scanLog(command, { workerFile, path: place }))).toEqual({ warning: 2_000 })
    const broken = install('docker', 'echo "no such service: backend" >&2; exit 1')
    await expect(scanLog(command, { workerFile, path: broken })).rejects.toMatchObject({ code: 'LOG_PROGRAM_FAILED' })
    const slow = install('docker', 'exec sleep 600')
    const stop = new AbortController()
    const scanning = scanLog(command, { workerFile, path: slow, signal: stop.signal })
    await expect.poll(() => alive(slow)).toBe(true)
    stop.abort()
    await expect(scanning).rejects.toThrow(new AppError('CANCELLED'))
    await expect.poll(() => alive(slow)).toBe(false)
  })

  it('is counted run by run for a check, which finds its own request behind docker’s prefix', async () => {
    const line = (text: string) => `backend-1  | 2026-11-24T08:32:16.123456789Z ${text}`
    const said = [
      line('INFO:     127.0.0.1:1 - "GET /stats/dashboard HTTP/1.1" 500 Internal Server Error'),
      line('INFO:     Started server process [1]'),
      line('INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)'),
      line('INFO:     127.0.0.1:2 - "GET /health?podoskin-a1 HTTP/1.1" 200 OK'),
    ].join('\n')
    const place = install('docker', `cat <<'END'\n${said}\nEND`)
    const { runs } = await scanLog(command, { workerFile, path: place, mark: 'podoskin-a1' })
    expect(runs).toMatchObject({
      before: { requests: 1, serverErrors: 1 },
      latest: { started: true, requests: 1, serverErrors: 0, address: { port: 8000 } },
      markSeen: true,
    })
    const other = await scanLog(command, { workerFile, path: place, mark: 'podoskin-b2' })
    expect(other.runs?.markSeen).toBe(false)
    expect((await scanLog(command, { workerFile, path: place })).runs).toBeNull()
  })

  it('is never looked for in a relative folder, and its names are never options', () => {
    expect(findProgram('docker', '.:bin:')).not.toBe(join('.', 'docker'))
    for (const name of ['--rm', '-f', 'a b', 'a;b', '$(x)', '../x', '', 'a\nb', 'ñ']) {
      expect(logCommandSchema.safeParse({ kind: 'docker', container: name }).success).toBe(false)
      expect(logCommandSchema.safeParse({ kind: 'journal', unit: name }).success).toBe(false)
      expect(logCommandSchema.safeParse({ kind: 'compose', service: 'b', project: name }).success).toBe(false)
    }
  })
})

describe('a file', () => {
  it('that is not there, or is no file, is an error with a code', async () => {
    const scan = (path: string) => scanLog({ kind: 'files', paths: [path] }, { workerFile })
    await expect(scan(join(folder, 'nada.log'))).rejects.toMatchObject({ code: 'LOG_NOT_THERE' })
    await expect(scan(folder)).rejects.toMatchObject({ code: 'LOG_NOT_THERE' })
  })
})
