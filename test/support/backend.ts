import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '#scripts/free-port.js'
import { type BackendFolder, type BackendMode, type BackendTarget, createBackendFolder } from './backend-folder.ts'

export interface BackendOptions {
  readonly target: BackendTarget
  readonly mode?: BackendMode
  /** The address it listens on; default loopback. */
  readonly host?: '127.0.0.1' | '0.0.0.0'
  /** Seconds that a request waits for a connection before `PoolTimeout`; default 2. */
  readonly poolTimeout?: number
  /** `quiet` logs WARNING and above, without access log, as some installations do. */
  readonly logging?: 'all' | 'quiet'
  /** As `uvicorn --reload`, for development. */
  readonly reload?: boolean
  /** An existing folder to start; without one it makes its own. */
  readonly made?: BackendFolder
  /** Changes or adds variables of its `.env`. */
  readonly env?: Readonly<Record<string, string>>
}

export interface TestBackend extends BackendFolder {
  /** `http://127.0.0.1:<port>`, the same after a restart. */
  readonly url: string
  readonly port: number
  /** What it printed, in `backend.log` beside its sources; a restart appends. */
  readonly logFile: string
  log(): string
  /** Resolves when a line of the log, since the first start, matches. */
  logged(pattern: RegExp): Promise<void>
  /** Ends the process, keeps the folder. */
  stop(): Promise<void>
  /** Starts it again on its port: a new `Started server process` in the same log. */
  start(): Promise<void>
  /** Ends it and deletes its folder. */
  close(): Promise<void>
}

/** Starts the clinic's backend under uvicorn on a free port of its own, which `PORT` of its `.env` then says too. */
export async function startBackend(options: BackendOptions): Promise<TestBackend> {
  const made = options.made ?? createBackendFolder(options)
  const logFile = join(made.folder, 'backend.log')
  writeFileSync(logFile, '')
  const listeners = new Set<() => void>()
  const log = () => readFileSync(logFile, 'utf8')
  let port = 0
  let end: () => Promise<void> = async () => undefined

  async function start(): Promise<void> {
    const before = log().length
    const host = options.host ?? '127.0.0.1'
    const quiet = options.logging === 'quiet' ? ['--log-level', 'warning', '--no-access-log'] : []
    const reload = options.reload ? ['--reload'] : []
    if (quiet.length > 0 || options.reload) port ||= await freePort()
    const child = spawn(
      made.python,
      ['-m', 'uvicorn', 'main:app', '--host', host, '--port', String(port), ...quiet, ...reload],
      {
        cwd: made.folder,
        env: {
          ...process.env,
          PYTHONDONTWRITEBYTECODE: '1',
          PYTHONUNBUFFERED: '1',
          POOL_TIMEOUT: String(options.poolTimeout ?? 2),
          ...(quiet.length > 0 && { LOG_LEVEL: 'WARNING' }),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      },
    )
    let gone = false
    const exit = once(child, 'exit').then(() => {
      gone = true
    })
    const record = (chunk: Buffer) => {
      appendFileSync(logFile, chunk)
      for (const listener of listeners) listener()
    }
    child.stdout.on('data', record)
    child.stderr.on('data', record)
    end = async () => {
      if (gone) return
      signal(child.pid, 'SIGINT')
      const insist = setTimeout(() => signal(child.pid, 'SIGKILL'), 3_000)
      await exit
      clearTimeout(insist)
    }
    const ended = exit.then(() => {
      throw new Error(`the test backend ended: ${log().slice(before)}`)
    })
    ended.catch(() => undefined)
    if (quiet.length > 0) await Promise.race([answers(port), ended])
    else {
      const ready = logged(/Application startup complete\.[\s\S]*/, before)
      const named = options.reload ? Promise.resolve() : logged(/Uvicorn running on/, before)
      await Promise.race([Promise.all([ready, named]), ended])
      // Under --reload the worker says that it is ready before it takes over the port.
      if (options.reload) await Promise.race([answers(port), ended])
      port ||= Number(/Uvicorn running on http:\/\/[\d.]+:(\d+)/.exec(log().slice(before))?.[1])
    }
    if (options.env?.PORT === undefined) {
      const path = join(made.folder, '.env')
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^PORT=.*$/m, `PORT=${port}`))
    }
  }

  function logged(pattern: RegExp, from = 0): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!pattern.test(log().slice(from))) return
        listeners.delete(look)
        resolve()
      }
      listeners.add(look)
      look()
    })
  }

  await start().catch(async (error: unknown) => {
    await end()
    made.remove()
    throw error
  })
  return {
    ...made,
    url: `http://127.0.0.1:${port}`,
    port,
    logFile,
    log,
    logged: (pattern) => logged(pattern),
    stop: () => end(),
    start,
    async close() {
      await end()
      made.remove()
    },
  }
}

/** To the process and, under `--reload`, to its workers: each backend leads a group of its own. */
function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // Already gone.
  }
}

async function answers(port: number): Promise<void> {
  for (;;) {
    try {
      await fetch(`http://127.0.0.1:${port}/health`)
      return
    } catch {
      await new Promise((wake) => setTimeout(wake, 25))
    }
  }
}
