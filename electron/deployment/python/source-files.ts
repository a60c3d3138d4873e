import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readStart } from './files.ts'

const mostFiles = 2_000
const mostBytes = 2 * 1024 * 1024
const deepest = 8
const skipped = new Set([
  'node_modules',
  '__pycache__',
  'site-packages',
  'venv',
  'env',
  '.venv',
  '.git',
  'build',
  'dist',
])

export interface SourceFile {
  /** Inside the folder, with `/`. */
  readonly path: string
  readonly text: string
}

export interface Sources {
  readonly files: readonly SourceFile[]
  /** Whether files or folders were left out because there were too many, too deep, too large or unreadable. */
  readonly partial: boolean
}

/** The clinic's own Python files: tests of `pytest` included, installed packages not. Links are not followed. */
export async function readSources(folder: string): Promise<Sources> {
  const files: SourceFile[] = []
  let partial = false

  async function walk(inside: string, depth: number): Promise<void> {
    const entries: Dirent[] | null = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => null)
    if (entries === null) {
      partial = true
      return
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (entry.isDirectory() && !skipped.has(entry.name)) {
        if (depth < deepest) await walk(path, depth + 1)
        else partial = true
      } else if (entry.isFile() && entry.name.endsWith('.py')) {
        const text = files.length < mostFiles ? await readStart(join(folder, path), mostBytes + 1) : null
        if (text === null || text.length > mostBytes) partial = true
        else files.push({ path, text })
      }
    }
  }

  await walk('', 0)
  return { files, partial }
}
