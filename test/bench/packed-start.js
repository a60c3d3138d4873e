import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { rootArguments } from '#scripts/application.js'

const patience = 60_000
/** Milliseconds until garbage and start-up work have gone. */
const settle = 4_000

/**
 * Starts a packaged program with a home of its own and ends it again. Nothing can be loaded into it, so it is watched from
 * outside: ours says in its log when its window was shown, the empty one on its terminal.
 * @param {import('./package.js').Packed} packed
 * @param {NodeJS.ProcessEnv} display
 * @param {{ weigh?: boolean }} [options] whether memory is measured
 * @returns {Promise<{ shown: number, megabytes: number }>} milliseconds from its start
 */
export async function startPacked({ folder, program }, display, { weigh = false } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'podoskin-bench-'))
  const userData = join(home, '.config', 'PodoSkin Admin')
  const log = join(userData, 'logs', 'podoskin-admin.log')
  const started = Date.now()
  const child = spawn(program, rootArguments(), {
    cwd: home,
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
    env: { PATH: process.env.PATH, DISPLAY: display.DISPLAY, HOME: home, TMPDIR: home, LANG: 'C.UTF-8' },
  })
  let text = ''
  child.stdout?.on('data', (/** @type {Buffer} */ chunk) => {
    text += chunk.toString('utf8')
  })
  const closed = new Promise((ended) => child.once('close', ended))
  try {
    const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : text)
    const shown = await until(() => momentShown(said()))
    if (!weigh) return { shown: shown - started, megabytes: 0 }
    await delay(settle)
    return { shown: shown - started, megabytes: processesOf(folder).reduce((sum, pid) => sum + weight(pid), 0) / 1024 }
  } finally {
    if (child.pid !== undefined) end(-child.pid)
    await closed
    for (const pid of processesOf(folder)) end(pid)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** @param {string} text @returns {number | null} milliseconds since the epoch */
function momentShown(text) {
  const empty = /^shown (\d+)$/m.exec(text)?.[1]
  if (empty !== undefined) return Number(empty)
  const ours = /^(\S+) info "window shown"/m.exec(text)?.[1]
  return ours === undefined ? null : Date.parse(ours)
}

/**
 * @template T
 * @param {() => T | null} look
 * @returns {Promise<T>}
 */
async function until(look) {
  for (const end = Date.now() + patience; Date.now() < end; await delay(50)) {
    const found = look()
    if (found !== null) return found
  }
  throw new Error('the packaged program did not get there in time')
}

/** @param {string} folder @returns {number[]} the processes whose program lies in it */
function processesOf(folder) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/exe`).startsWith(`${folder}/`)
      } catch {
        // It ended meanwhile.
        return false
      }
    })
    .map(Number)
}

/** @param {number} pid */
function end(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}

/** The proportional size counts each shared page once. @param {number} pid @returns {number} kilobytes */
function weight(pid) {
  return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1])
}
