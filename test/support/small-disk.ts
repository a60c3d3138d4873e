import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SmallDisk {
  readonly path: string
  /** Takes what is free of it, in a file called `rest`. */
  fill(): void
  /** From now on it is only read. */
  seal(): void
  remove(): void
}

/** A disk of its own of 64 kB, mounted in `folder`; null for whoever may not mount one. */
export function smallDisk(folder: string): SmallDisk | null {
  if (process.getuid?.() !== 0) return null
  const path = mkdtempSync(join(folder, 'disk-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'podoskin-test', path]).status !== 0) return null
  return {
    path,
    fill() {
      try {
        writeFileSync(join(path, 'rest'), Buffer.alloc(1024 * 1024))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    seal: () => void spawnSync('mount', ['-o', 'remount,ro', path]),
    remove: () => void spawnSync('umount', [path]),
  }
}
