import { closeSync, readSync } from 'node:fs'

/** Where bytes that were read once can be read again, by their place over everything. */
export interface Backing {
  /** At most `length` bytes from `position`, fewer where a stretch ends; empty when they are gone. */
  read(position: number, length: number): Buffer
  close(): void
}

/** A stretch of one file. The open file is kept, so that a rotation's new name does not matter. */
interface Stretch {
  readonly fd: number
  readonly start: number
  /** Where in the file the stretch begins. */
  readonly offset: number
  length: number
}

export interface FileBacking extends Backing {
  /** A file begins at `position`, at its own `offset`. */
  begin(fd: number, position: number, offset: number): void
  grow(bytes: number): void
  /** The last file was emptied: what was read from it cannot be read again. */
  drop(): void
}

/** Rotated files kept open at once. */
const filesKept = 40

/** Reads again from the files themselves. */
export function createFileBacking(): FileBacking {
  let stretches: Stretch[] = []
  const close = (fd: number) => {
    if (!stretches.some((stretch) => stretch.fd === fd)) closeSync(fd)
  }
  return {
    begin(fd, position, offset) {
      stretches.push({ fd, start: position, offset, length: 0 })
      while (stretches.length > filesKept) {
        const [oldest] = stretches.splice(0, 1)
        if (oldest) close(oldest.fd)
      }
    },
    grow(bytes) {
      const last = stretches.at(-1)
      if (last) last.length += bytes
    },
    drop() {
      const last = stretches.at(-1)
      if (last) stretches = stretches.filter((stretch) => stretch.fd !== last.fd)
    },
    read(position, length) {
      const found = stretches.find(({ start, length: has }) => position >= start && position < start + has)
      if (!found) return Buffer.alloc(0)
      const into = position - found.start
      const wanted = Buffer.allocUnsafe(Math.min(length, found.length - into))
      try {
        return wanted.subarray(0, readSync(found.fd, wanted, 0, wanted.length, found.offset + into))
      } catch {
        // A network share that went away: what is on it cannot be shown, the rest can.
        return Buffer.alloc(0)
      }
    },
    close() {
      const open = new Set(stretches.map(({ fd }) => fd))
      stretches = []
      for (const fd of open) closeSync(fd)
    },
  }
}

export interface MemoryBacking extends Backing {
  /** Keeps a piece; returns the position before which nothing is kept any more. */
  keep(piece: Buffer): number
}

/** Bytes of a program's output that are kept to be shown; nothing of it is written to the disk. */
const memoryKept = 16 * 1024 * 1024

/** Keeps the last of a program's output in memory. */
export function createMemoryBacking(limit = memoryKept): MemoryBacking {
  let pieces: { readonly start: number; readonly bytes: Buffer }[] = []
  let end = 0
  let size = 0
  return {
    keep(piece) {
      pieces.push({ start: end, bytes: Buffer.from(piece) })
      end += piece.length
      size += piece.length
      let gone = 0
      while (gone < pieces.length - 1 && size > limit) {
        size -= pieces[gone]?.bytes.length ?? 0
        gone += 1
      }
      if (gone > 0) pieces = pieces.slice(gone)
      return pieces[0]?.start ?? 0
    },
    read(position, length) {
      let low = 0
      let high = pieces.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((pieces[middle]?.start ?? 0) <= position) low = middle
        else high = middle - 1
      }
      const parts: Buffer[] = []
      let wanted = length
      for (let at = low; at < pieces.length && wanted > 0; at += 1) {
        const piece = pieces[at]
        if (!piece || position + (length - wanted) < piece.start) break
        const from = position + (length - wanted) - piece.start
        const part = piece.bytes.subarray(from, from + wanted)
        if (part.length === 0 && at === pieces.length - 1) break
        parts.push(part)
        wanted -= part.length
      }
      return Buffer.concat(parts)
    },
    close() {
      pieces = []
    },
  }
}
