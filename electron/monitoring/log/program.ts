import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { LogCommand } from '#shared/monitoring-log.ts'

/** Where a program may lie although no `PATH` says so: a window started from the desktop has a short one. */
const wellKnown: Readonly<Record<string, readonly string[]>> = {
  win32: ['C:\\Program Files\\Docker\\Docker\\resources\\bin'],
  darwin: ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin'],
  linux: ['/usr/bin', '/usr/local/bin', '/bin', '/snap/bin'],
}

/**
 * The absolute path of a program in the folders of `PATH` and the well-known ones; null when it is in none. Relative
 * folders are passed over: whoever can write where the app stands must not choose what it runs.
 */
export function findProgram(name: 'docker' | 'journalctl', path = process.env.PATH ?? ''): string | null {
  const folders = [...path.split(delimiter).filter(isAbsolute), ...(wellKnown[process.platform] ?? [])]
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return folders.map((folder) => join(folder, file)).find(runs) ?? null
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** Which program shows a log. */
export function programOf({ kind }: LogCommand): 'docker' | 'journalctl' {
  return kind === 'journal' ? 'journalctl' : 'docker'
}

/** Its arguments, each a value of its own. `since` in seconds since the epoch: what came before was read already. */
export function argumentsOf(command: LogCommand, follow: boolean, since: number | null): readonly string[] {
  const from = since === null ? [] : ['--since', command.kind === 'journal' ? `@${since}` : String(since)]
  switch (command.kind) {
    case 'compose': {
      const project = command.project === null ? [] : ['--project-name', command.project]
      const options = ['--no-color', '--timestamps', ...(follow ? ['--follow'] : []), ...from]
      return ['compose', ...project, 'logs', ...options, command.service]
    }
    case 'docker':
      return ['logs', '--timestamps', ...(follow ? ['--follow'] : []), ...from, command.container]
    case 'journal':
      return [
        ...['--no-pager', '--output', 'short-iso', '--lines', 'all', ...(follow ? ['--follow'] : [])],
        ...[...from, '--unit', command.unit],
      ]
  }
}

export interface Running {
  /** Ends the program and does not hear of it any more. */
  stop(): void
}

interface RunParts {
  readonly file: string
  readonly arguments: readonly string[]
  /** Where it runs; null where that does not matter. */
  readonly folder?: string | null | undefined
  /** Takes whole lines; the program waits until it has. */
  readonly take: (piece: Buffer) => Promise<void>
  /** The exit code, null when it was ended or could not start. */
  readonly ended: (code: number | null) => void
}

const lineLimit = 1024 * 1024
const newline = 10

/** Runs a program without a shell; what it writes to both outputs comes line by line, so that none is torn. */
export function run({ file, arguments: list, folder, take, ended }: RunParts): Running {
  const child = spawn(file, [...list], {
    shell: false,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder ? { cwd: folder } : {}),
  })
  let stopped = false
  const onExit = () => void child.kill()
  process.once('exit', onExit)

  function end(code: number | null): void {
    process.removeListener('exit', onExit)
    if (stopped) return
    stopped = true
    ended(code)
  }
  // A pipe that is closed under its reader, because nobody wants the program any more, is no failure.
  const pumped = [child.stdout, child.stderr].map((stream) => pump(stream, take, () => stopped).catch(() => undefined))
  child.once('error', () => end(null))
  // The last lines are handed on before anybody hears that it ended.
  child.once('exit', (code) => void Promise.all(pumped).then(() => end(code)))
  return {
    stop() {
      stopped = true
      process.removeListener('exit', onExit)
      kill(child)
    },
  }
}

async function pump(stream: NodeJS.ReadableStream, take: (piece: Buffer) => Promise<void>, stopped: () => boolean) {
  let held: Buffer[] = []
  let size = 0
  for await (const piece of stream) {
    if (stopped()) return
    const bytes = Buffer.from(piece)
    const last = bytes.lastIndexOf(newline)
    if (last === -1 && size < lineLimit) {
      held.push(bytes)
      size += bytes.length
      continue
    }
    const whole = last === -1 ? bytes : bytes.subarray(0, last + 1)
    await take(Buffer.concat([...held, whole]))
    const rest = bytes.subarray(whole.length)
    held = rest.length > 0 ? [rest] : []
    size = rest.length
  }
  if (held.length > 0 && !stopped()) await take(Buffer.concat(held))
}

/** Politely first; a program that does not listen is ended after two seconds. */
function kill(child: ChildProcess): void {
  child.kill()
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
  late.unref()
  child.once('exit', () => clearTimeout(late))
  child.stdout?.destroy()
  child.stderr?.destroy()
}
