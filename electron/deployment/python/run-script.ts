import { spawn } from 'node:child_process'
import { AppError } from '#shared/errors.ts'

export interface ScriptRun {
  /** Null when it was ended, by us or by a signal. */
  readonly code: number | null
  readonly timedOut: boolean
  readonly stdout: string
  readonly stderr: string
  readonly milliseconds: number
}

export interface ScriptOptions {
  /** Absolute path of the interpreter. */
  readonly python: string
  /** The folder that the script stands in, where it runs. */
  readonly folder: string
  /** Name of the script in it. */
  readonly script: string
  readonly signal: AbortSignal
  /** Milliseconds after which it is ended. */
  readonly patience: number
}

const mostOutput = 256 * 1024

/** What a Python script of the clinic needs of our environment; anything else of ours is none of its business. */
const inherited =
  /^(?:PATH|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|TEMP|TMP|TMPDIR|HOME|USERPROFILE|USERNAME|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|LANG|LC_\w+|TZ)$/i

/**
 * Runs a script of the clinic with its own Python: no shell, an absolute program, a deadline, capped output, nothing
 * written into its folder. Throws `CANCELLED`, and `NOT_FOUND` when the interpreter cannot be started.
 */
export async function runScript(options: ScriptOptions): Promise<ScriptRun> {
  const { python, folder, script, signal, patience } = options
  if (signal.aborted) throw new AppError('CANCELLED')
  const own = Object.entries(process.env).filter(([name]) => inherited.test(name))
  const began = performance.now()
  const child = spawn(python, ['-u', script], {
    cwd: folder,
    // Windows' console would refuse the guide's "✅" in its old code page.
    env: { ...Object.fromEntries(own), PYTHONUTF8: '1', PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] = (output[name] + chunk).slice(0, mostOutput)
    })
  }
  const end = () => {
    try {
      if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL')
      else child.kill('SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    end()
  }, patience)
  signal.addEventListener('abort', end)
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', () => reject(new AppError('NOT_FOUND', { what: 'python' })))
      child.once('close', resolve)
    })
    if (signal.aborted) throw new AppError('CANCELLED')
    return { code, timedOut, ...output, milliseconds: performance.now() - began }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}
