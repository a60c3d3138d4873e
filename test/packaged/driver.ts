import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { ordinaryUser } from '#scripts/ordinary-user.js'
import { knownConnections, profileId } from '#support/known-clinic.js'
import { administrator } from '#support/people.ts'
import { family } from '#support/processes.ts'
import type { Target, WindowClinic } from '#support/window-clinic.ts'

const run = promisify(execFile)
export const root = join(import.meta.dirname, '../..')
/** What `npm run package` leaves. */
export const unpacked = join(root, 'release', 'linux-unpacked')
export const program = join(unpacked, 'podoskin-admin')

/** Programs that a test from outside needs; what is missing makes a counted skip. */
export function missingPrograms(...names: readonly string[]): string | null {
  const missing = names.filter((name) => spawnSync('which', [name], { stdio: 'ignore' }).status !== 0)
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`
}

export interface Home {
  readonly folder: string
  /** Where the installed app keeps its state. */
  readonly userData: string
}

/** Root runs the app as an ordinary user, with Chromium's real sandbox, as every clinic does. */
export async function person(): Promise<{ uid?: number; gid?: number }> {
  const { needed, why, uid, gid } = await ordinaryUser()
  return needed && why === null ? { uid, gid } : {}
}

/** A home folder as an ordinary user has one, with a connection to a clinic when one is given. */
export async function makeHome(clinic: Target | null): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-home-'))
  const userData = join(folder, '.config', 'PodoSkin Admin')
  mkdirSync(userData, { recursive: true })
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ schemaVersion: 1, language: 'es' }))
  if (clinic) writeFileSync(join(userData, 'connections.json'), JSON.stringify(knownConnections(clinic)))
  const { uid, gid } = await person()
  if (uid !== undefined && gid !== undefined) {
    for (const path of [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    ])
      chownSync(path, uid, gid)
  }
  return { folder, userData }
}

export interface Running {
  readonly child: ChildProcess
  /** What the program wrote to its terminal. */
  output(): string
  /** What it logged. */
  log(): string
  /** Waits for a line of its log. */
  logged(pattern: RegExp): Promise<void>
  /** Asks it to end, as the system does when somebody logs out; resolves when it has. */
  stop(): Promise<void>
}

export interface Start {
  readonly home: Home
  readonly executable?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Puts this password of the profile into a keychain of the run's own. */
  readonly keyring?: string
}

/** Starts the packaged program as a person's desktop does: no driver in it, nothing but its window. */
export async function start({ home, executable = program, args = [], env = {}, keyring }: Start): Promise<Running> {
  const who = await person()
  const display = process.env.DISPLAY ?? ''
  const root = process.getuid?.() === 0 && who.uid === undefined
  const words = [executable, ...(root ? ['--no-sandbox'] : []), ...args]
  const wrapped =
    keyring === undefined
      ? words
      : ['dbus-run-session', '--', process.execPath, join(import.meta.dirname, 'in-keyring.js'), ...words]
  const child = spawn(wrapped[0] ?? '', wrapped.slice(1), {
    ...who,
    cwd: home.folder,
    // A group of its own: what is left of it can be ended as a whole.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home.folder,
      TMPDIR: home.folder,
      LANG: 'C.UTF-8',
      ...(keyring === undefined
        ? { DISPLAY: display }
        : { PODOSKIN_KEYRING: JSON.stringify({ account: profileId, password: keyring, display }) }),
      ...env,
    },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const log = () => {
    try {
      return readFileSync(join(home.userData, 'logs', 'podoskin-admin.log'), 'utf8')
    } catch {
      return ''
    }
  }
  return {
    child,
    output: () => text,
    log,
    async logged(pattern) {
      try {
        await expect.poll(log, { message: `${pattern}`, timeout: 40_000, intervals: [100] }).toMatch(pattern)
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\nThe program wrote:\n${text}`)
      }
    },
    async stop() {
      const { pid } = child
      if (child.exitCode !== null || pid === undefined) return
      // A bus or a keychain around it would end first and take the keyboard away: the app itself is asked.

      for (const one of family(pid).filter((member) => isMain(member))) process.kill(one, 'SIGTERM')
      const late = setTimeout(() => process.kill(-pid, 'SIGKILL'), 8_000)
      await ended
      clearTimeout(late)
    },
  }
}

/** Whether a process is the app's own, not one of Chromium's helpers. */
function isMain(pid: number): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words[0]?.endsWith('/podoskin-admin') === true && !words.some((word) => word.startsWith('--type='))
  } catch {
    // It ended meanwhile.
    return false
  }
}

/** TCP ports on which any of some processes listens. */
export function listening(pids: readonly number[]): number[] {
  const sockets = new Set<string>()
  for (const pid of pids) {
    for (const descriptor of entries(`/proc/${pid}/fd`)) {
      try {
        const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1]
        if (inode !== undefined) sockets.add(inode)
      } catch {
        // It was closed meanwhile.
      }
    }
  }
  return ['tcp', 'tcp6'].flatMap((kind) =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((text) => text.trim().split(/\s+/))
      .filter((words) => words[3] === '0A' && sockets.has(words[9] ?? ''))
      .map((words) => Number.parseInt(words[1]?.split(':')[1] ?? '', 16)),
  )
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The keyboard of whoever sits at the display, for the app's one window. */
async function keyboard(): Promise<{ type(text: string): Promise<void>; press(key: string): Promise<void> }> {
  const xdotool = async (...words: string[]) => (await run('xdotool', words)).stdout.trim()
  let window = ''
  await expect
    .poll(
      async () => {
        window =
          (await xdotool('search', '--onlyvisible', '--name', '^PodoSkin Admin$').catch(() => '')).split('\n')[0] ?? ''
        return window
      },
      { message: 'the window of the app', timeout: 20_000 },
    )
    .not.toBe('')
  // Without a window manager nobody else gives it the keyboard.
  await xdotool('windowfocus', '--sync', window)
  return {
    type: async (text) => void (await xdotool('type', '--delay', '15', text)),
    press: async (key) => void (await xdotool('key', key)),
  }
}

/** Waits until the page has asked for all it starts with: a second without a line in the log. */
async function rests(running: Running): Promise<void> {
  let before = ''
  await expect(() => {
    const now = running.log()
    const resting = now === before
    before = now
    expect(resting).toBe(true)
  }).toPass({ intervals: [1000], timeout: 40_000 })
}

/** Logs an administrator in as a person does, and sees in the database that it was so. */
export async function logIn(running: Running, clinic: WindowClinic): Promise<void> {
  await running.logged(/connection\.status status=open/)
  await running.logged(/window shown/)
  await running.logged(/call name=connection\.state/)
  await rests(running)
  const keys = await keyboard()
  // What is pressed before the form stands is lost to it: a person sees the refusal and types once more.
  await expect(async () => {
    const before = running.log().length
    await keys.type(administrator.user)
    await keys.press('Tab')
    await keys.type(administrator.password)
    await keys.press('Return')
    await expect.poll(() => running.log().slice(before), { timeout: 10_000 }).toMatch(/name=session\.login/)
    const outcome = running.log().slice(before)
    // A refusal selects the password; the name is before it.
    if (!/name=session\.login .*outcome=ok/.test(outcome)) {
      await keys.press('shift+Tab')
      await keys.press('ctrl+a')
    }
    expect(outcome).toMatch(/name=session\.login .*outcome=ok/)
  }).toPass({ timeout: 40_000 })
  await running.logged(/call name=dashboard\.load .*outcome=ok/)
  const [user] = await clinic.query(
    `SELECT ultimo_login > now() AT TIME ZONE 'America/Tijuana' - interval '10 minutes' AS now
       FROM usuarios WHERE nombre_usuario = $1`,
    [administrator.user],
  )
  expect(user?.now).toBe(true)
}
