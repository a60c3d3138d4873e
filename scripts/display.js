import { spawn } from 'node:child_process'
import process from 'node:process'
import { SetupError } from './say.js'

/** Whether a person could see a window of ours. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/**
 * Runs `work` with the environment of a display of its own, a virtual one, and takes it down afterwards.
 * @template T
 * @param {(environment: NodeJS.ProcessEnv) => Promise<T>} work
 * @param {{ uid?: number, gid?: number }} [owner] the user whose programs will draw on it
 * @returns {Promise<T>}
 */
export async function withVirtualDisplay(work, owner = {}) {
  if (process.platform !== 'linux') return work(process.env)
  // Without -noreset it begins anew when its last client leaves, and refuses who comes in that moment.
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'], {
    ...owner,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const stop = () => server.kill()
  process.once('exit', stop)
  try {
    const number = await new Promise((resolve, reject) => {
      const failed = () =>
        reject(new SetupError('The virtual display (Xvfb) did not start.', 'Install it: apt-get install xvfb xauth'))
      server.once('error', failed)
      server.once('exit', failed)
      server.stdio[3]?.once('data', (/** @type {Buffer} */ text) => resolve(text.toString().trim()))
    })
    const { WAYLAND_DISPLAY: _, XDG_SESSION_TYPE: __, ...environment } = process.env
    return await work({ ...environment, DISPLAY: `:${number}` })
  } finally {
    process.removeListener('exit', stop)
    const gone = new Promise((resolve) => server.once('close', resolve))
    if (server.exitCode === null && server.kill()) await gone
  }
}
