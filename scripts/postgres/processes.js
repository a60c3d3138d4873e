import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ parent: number, running: boolean, command: string }} ProcessState */

/**
 * What the system says of a process: a zombie is not running any more.
 * @param {number} pid
 * @returns {ProcessState | null}
 */
export function processState(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return { parent: Number(parent), running: state !== 'Z' && state !== 'X', command }
    }
    if (process.platform === 'win32') {
      process.kill(pid, 0)
      const list = execFileSync('tasklist', ['/fi', `PID eq ${pid}`, '/nh'], { encoding: 'utf8', windowsHide: true })
      return { parent: 0, running: true, command: list }
    }
    const line = execFileSync('ps', ['-o', 'ppid=,stat=,command=', '-p', String(pid)], { encoding: 'utf8' })
    const [parent, state, ...command] = line.trim().split(/\s+/)
    return { parent: Number(parent), running: !state?.startsWith('Z'), command: command.join(' ') }
  } catch {
    return null
  }
}

/** @param {number} pid */
export const isRunning = (pid) => processState(pid)?.running === true

/**
 * The processes whose parent is this one; empty on Windows, where a whole tree is ended at once.
 * @param {number} pid
 * @returns {number[]}
 */
export function childrenOf(pid) {
  if (process.platform === 'win32') return []
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((candidate) => processState(candidate)?.parent === pid)
  }
  return execFileSync('ps', ['-axo', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (child && parent === pid ? [child] : []))
}

/**
 * The postmaster that runs on a data folder, if its lock file tells the truth.
 * @param {string} data
 * @returns {number | null}
 */
export function postmasterOf(data) {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  const state = Number.isInteger(pid) && pid > 0 ? processState(pid) : null
  if (!state?.running || !state.command.includes('postgres')) return null
  return process.platform === 'win32' || state.command.includes(data) ? pid : null
}
