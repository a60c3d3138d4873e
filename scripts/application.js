import { spawn } from 'node:child_process'
import process from 'node:process'
import { electronEnvironment, electronRuntime } from './electron-runtime.js'
import { root } from './process.js'

/** Chromium refuses its sandbox to root, so root runs without it (development only). */
export const rootArguments = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/**
 * Opens the built app and waits until it is closed.
 * @param {NodeJS.ProcessEnv} [environment] added to ours
 * @returns {Promise<number>} its exit code
 */
export async function openApplication(environment = {}) {
  const runtime = await electronRuntime()
  const child = spawn(runtime.executable, [...rootArguments(), root], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...electronEnvironment(runtime), ...environment },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
