import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds the thread that reads logs into a folder, as the app's own build makes it; returns its file. */
export async function buildLogWorker(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'electron/monitoring/log/worker.ts', outDir: folder, target: 'node20.18', emptyOutDir: true },
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return join(folder, 'worker.js')
}
