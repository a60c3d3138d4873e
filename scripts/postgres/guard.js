import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { childrenOf, isRunning, postmasterOf, processState } from './processes.js'

/**
 * Sees to it that no server outlives the program that started it: stopped when the program exits or is
 * told to; and if the program was killed outright, by the next one that starts any server.
 */

const register = join(tmpdir(), `podoskin-servers-${userInfo().username}`)

/** @type {Map<number, string>} postmaster → data folder */
const ours = new Map()

/** @param {number} milliseconds */
const waitSync = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/**
 * Ends a server at once and waits for it, without the event loop.
 * @param {number} pid
 */
function stopSync(pid) {
  const backends = childrenOf(pid)
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' })
    else process.kill(pid, 'SIGINT')
    for (let waited = 0; waited < 10_000 && isRunning(pid); waited += 20) waitSync(20)
    for (const left of [pid, ...backends].filter(isRunning)) process.kill(left, 'SIGKILL')
  } catch {
    // gone meanwhile
  }
}

function stopOurs() {
  for (const [pid] of ours) if (isRunning(pid)) stopSync(pid)
  for (const [pid] of ours) forget(pid)
}

/** @type {readonly NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** @param {NodeJS.Signals} signal */
function onSignal(signal) {
  // another listener has its own orderly way to end; the exit handler comes after it
  if (process.listenerCount(signal) > 1) return
  stopOurs()
  process.removeListener(signal, onSignal)
  process.kill(process.pid, signal)
}

/**
 * @param {number} pid the postmaster
 * @param {string} data
 */
export function watch(pid, data) {
  if (ours.size === 0) {
    process.on('exit', stopOurs)
    for (const signal of signals) process.on(signal, onSignal)
  }
  ours.set(pid, data)
  mkdirSync(register, { recursive: true, mode: 0o700 })
  writeFileSync(join(register, `${pid}.json`), JSON.stringify({ pid, data, parent: process.pid }))
}

/** @param {number} pid */
export function forget(pid) {
  rmSync(join(register, `${pid}.json`), { force: true })
  if (!ours.delete(pid) || ours.size > 0) return
  process.removeListener('exit', stopOurs)
  for (const signal of signals) process.removeListener(signal, onSignal)
}

/**
 * Whether the program that started this server still lives: a process keeps its parent until that dies.
 * @param {number} pid
 * @param {number} parent
 */
const hasParent = (pid, parent) =>
  process.platform === 'win32' ? isRunning(parent) : processState(pid)?.parent === parent

/** Stops servers whose program was killed before it could stop them. */
export function stopOrphans() {
  /** @type {string[]} */
  let files = []
  try {
    files = readdirSync(register)
  } catch {
    return
  }
  for (const file of files) {
    try {
      const { pid, data, parent } = JSON.parse(readFileSync(join(register, file), 'utf8'))
      if (postmasterOf(data) === pid) {
        if (hasParent(pid, parent)) continue
        stopSync(pid)
      }
      rmSync(join(register, file), { force: true })
    } catch {
      // written or removed by another program just now
    }
  }
}
