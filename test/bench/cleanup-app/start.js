import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootArguments } from '#scripts/application.js'
import { electronEnvironment, electronRuntime } from '#scripts/electron-runtime.js'
import { root } from '#scripts/process.js'

/** @typedef {import('./main.ts').Order} Order */
/** @typedef {import('./main.ts').Answer} Answer */

const folder = join(root, 'out', 'bench', 'cleanup-app')

/** Builds the program that cleans, as electron-vite builds the app. */
export async function buildCleanupApp() {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ...{ ssr: true, outDir: folder, target: 'node20.18', minify: true },
      rollupOptions: {
        external: ['electron'],
        input: {
          main: join(import.meta.dirname, 'main.ts'),
          'key-process': join(root, 'electron', 'cleanup', 'backup', 'key-process.ts'),
        },
      },
    },
  })
  const manifest = { name: 'cleanup-app', version: '0.0.0', private: true, type: 'module', main: 'main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}

/**
 * Has it done in an Electron main process of its own.
 * @param {Omit<Order, 'report'>} order
 * @param {NodeJS.ProcessEnv} display
 * @returns {Promise<Answer>}
 */
export async function runCleanupApp(order, display) {
  const runtime = await electronRuntime()
  const profile = mkdtempSync(join(tmpdir(), 'podoskin-bench-'))
  const [paper, report] = [join(profile, 'order.json'), join(profile, 'report.json')]
  try {
    writeFileSync(paper, JSON.stringify({ ...order, report }), { mode: 0o600 })
    const child = spawn(runtime.executable, [...rootArguments(), `--user-data-dir=${profile}`, folder], {
      stdio: 'ignore',
      env: { ...display, ...electronEnvironment(runtime), PODOSKIN_BENCH_ORDER: paper },
    })
    await new Promise((ended, failed) => {
      child.once('close', ended)
      child.once('error', failed)
    })
    const answer = JSON.parse(readFileSync(report, 'utf8'))
    if (answer.failure) throw new Error(answer.failure)
    return answer
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
