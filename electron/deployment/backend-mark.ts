import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackendSettings } from '#shared/deployment.ts'
import type { LogSource } from '#shared/monitoring-log.ts'

const mostFiles = 3_000
const deepest = 5
const skipped = new Set(['node_modules', '__pycache__', 'site-packages', 'venv', 'env', '.venv', '.git'])

/**
 * A mark that changes with the backend: its settings here, where its log is read, its sources, its `.env`, and what its `venv` has
 * installed, by name, size and time of change; nothing is read. Null without any setting.
 */
export async function markBackend(backend: BackendSettings, log: LogSource | null): Promise<string | null> {
  const { folder, venv, url } = backend
  if (folder === null && venv === null && url === null && log === null) return null
  const lines: string[] = []
  if (folder !== null) await walk(folder, '', 0, lines)
  const places = [venv, ...['venv', '.venv', 'env'].map((name) => folder && join(folder, name))]
  for (const place of places) if (place !== null) lines.push(...(await installed(place)))
  return createHash('sha256')
    .update(JSON.stringify([backend, log, lines]))
    .digest('hex')
}

async function walk(root: string, inside: string, depth: number, lines: string[]): Promise<void> {
  for (const entry of await list(join(root, inside))) {
    if (lines.length >= mostFiles) return
    const path = join(inside, entry.name)
    if (entry.isDirectory()) {
      if (depth < deepest && !skipped.has(entry.name)) await walk(root, path, depth + 1, lines)
    } else if (entry.isFile() && /\.py$|^requirements.*\.txt$|^\.env$/.test(entry.name)) {
      lines.push(await stampOf(root, path))
    }
  }
}

/** The folder of installed packages changes its time with every package that comes or goes. */
async function installed(venv: string): Promise<string[]> {
  const versions = (await list(join(venv, 'lib'))).filter(({ name }) => name.startsWith('python'))
  const places = [join('Lib', 'site-packages'), ...versions.map(({ name }) => join('lib', name, 'site-packages'))]
  return Promise.all(places.map((place) => stampOf(venv, place)))
}

async function list(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function stampOf(root: string, path: string): Promise<string> {
  const found = await stat(join(root, path)).catch(() => null)
  return `${path} ${found ? `${found.isDirectory() ? 0 : found.size} ${found.mtimeMs}` : 'none'}`
}
