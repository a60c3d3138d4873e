import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { systemCode } from '#electron/system-code.ts'
import type { FileBacking } from './backing.ts'
import { chunk, type Intake } from './intake.ts'

/** How a look at the files ended. */
export type FilesStatus = 'reading' | 'following' | 'gone' | 'denied'

export interface Files {
  /** Reads on, at most some megabytes; `reading` when there is more. */
  step(): FilesStatus
  /** Bytes that all files hold now, as far as they are known. */
  size(): number
  close(): void
}

interface FilesParts {
  /** The oldest first; the last one is followed. */
  readonly paths: readonly string[]
  readonly intake: Intake
  readonly backing: FileBacking
  /** What stood before this position is gone: its file was emptied. */
  readonly forget: (position: number) => void
}

const stepBytes = 32 * chunk
/** Enough to tell another content of the same file by its beginning. */
const headBytes = 256

interface OpenFile {
  readonly fd: number
  readonly identity: string
  offset: number
  head: Buffer
}

/**
 * Reads files one after the other as one log, then follows the last: through a rotation by rename (the rest of the
 * old file first, then the new one), through truncation and copy-and-truncate. A file without a line's end at its
 * end is waited for.
 */
export function createFiles({ paths, intake, backing, forget }: FilesParts): Files {
  const last = paths.length - 1
  let at = 0
  let open: OpenFile | null = null
  let total = 0

  function step(): FilesStatus {
    try {
      let budget = stepBytes
      while (budget > 0) {
        open ??= begin(paths[at] ?? '')
        const read = readOn(open)
        budget -= read
        if (read > 0) continue
        if (at < last) {
          intake.flush()
          at += 1
          open = null
        } else if (!changed(open)) return 'following'
      }
      return 'reading'
    } catch (error) {
      const code = systemCode(error)
      if (code === 'EACCES' || code === 'EPERM') return 'denied'
      // A rotated sibling that was deleted meanwhile is no reason to stop.
      if (at < last) {
        at += 1
        open = null
        return 'reading'
      }
      return 'gone'
    }
  }

  function begin(path: string): OpenFile {
    const fd = openSync(path, 'r')
    const stat = fstatSync(fd, { bigint: true })
    if (!stat.isFile()) {
      closeSync(fd)
      throw Object.assign(new Error('not a file'), { code: 'EISDIR' })
    }
    intake.reset()
    backing.begin(fd, intake.position(), 0)
    return { fd, identity: identityOf(stat), offset: 0, head: Buffer.alloc(0) }
  }

  function readOn(file: OpenFile): number {
    const size = fstatSync(file.fd).size
    if (size < file.offset || !sameHead(file)) {
      intake.reset()
      forget(intake.position())
      backing.drop()
      backing.begin(file.fd, intake.position(), 0)
      file.offset = 0
      file.head = Buffer.alloc(0)
    }
    if (size === file.offset) return 0
    const bytes = readSync(file.fd, intake.room(), 0, chunk, file.offset)
    file.offset += bytes
    total += bytes
    backing.grow(bytes)
    intake.commit(bytes)
    if (file.head.length < headBytes) file.head = headOf(file)
    return bytes
  }

  /** The same name can lead to another file by now: what the old one still got has been read. */
  function changed(file: OpenFile): boolean {
    const stat = statSync(paths[last] ?? '', { bigint: true })
    if (identityOf(stat) === file.identity) return false
    intake.flush()
    open = null
    return true
  }

  return {
    step,
    size() {
      const rest = paths.slice(at).reduce((sum, path) => sum + sizeOf(path), 0)
      return total - (open?.offset ?? 0) + rest
    },
    close() {
      open = null
      backing.close()
    },
  }
}

function identityOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`
}

function headOf(file: OpenFile): Buffer {
  const head = Buffer.alloc(Math.min(headBytes, file.offset))
  return head.subarray(0, readSync(file.fd, head, 0, head.length, 0))
}

function sameHead(file: OpenFile): boolean {
  if (file.head.length === 0) return true
  const now = Buffer.alloc(file.head.length)
  return readSync(file.fd, now, 0, now.length, 0) === now.length && now.equals(file.head)
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
