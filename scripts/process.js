import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean, cwd?: string, uid?: number, gid?: number, timeout?: number }} [options]
 *   quiet keeps the output for the caller instead of showing it
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program does not exist
 */
export function execute(command, args, options = {}) {
  return new Promise((resolve) => {
    const { quiet, timeout, ...rest } = options
    const child = spawn(command, args, {
      cwd: root,
      ...rest,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    const collect = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString('utf8')
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const timer = timeout ? setTimeout(() => child.kill('SIGKILL'), timeout) : undefined
    child.once('error', (error) => resolve({ code: 127, output: String(error) }))
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, output })
    })
  })
}

/**
 * Runs the npm that started us, else the one on the PATH (on Windows that is a `.cmd`, which only a shell could start,
 * so there the one beside Node).
 * @param {readonly string[]} args
 * @param {Parameters<typeof execute>[2]} [options]
 */
export function npm(args, options) {
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const script = process.env.npm_execpath ?? (process.platform === 'win32' ? beside : null)
  return script ? execute(process.execPath, [script, ...args], options) : execute('npm', args, options)
}

/**
 * Runs the program of an installed package (`vite`, `vitest`) without a shell.
 * @param {string} bin path inside node_modules, for example `vitest/vitest.mjs`
 * @param {readonly string[]} args
 * @param {Parameters<typeof execute>[2]} [options]
 */
export function bin(bin, args, options) {
  return execute(process.execPath, [join(root, 'node_modules', ...bin.split('/')), ...args], options)
}
