import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'
import { freeBytes, reserve, writeAll, writeFailure } from './disk.ts'
import { encrypt } from './encryption.ts'
import type { Protection, Unlock } from './types.ts'

/** Where the tar goes: through age into a file. */
export interface Output {
  readonly unlock: Unlock
  /** Waits while the disk is slower than we are. Throws `BACKUP_DISK_FULL`, `FILE_NOT_WRITTEN`. */
  write(bytes: Uint8Array): Promise<void>
  /** Ends the stream and flushes the file to the disk; the size and digest of the file. */
  end(): Promise<{ readonly bytes: number; readonly sha256: string }>
  /** Stops at once; never throws. The handle stays the caller's. */
  stop(): Promise<void>
}

/** age hands out pieces of 64 KiB: too small for the disk. */
const batch = 1024 * 1024
/** Bytes between two looks at the free space. */
const look = 32 * 1024 * 1024

/** Opens the stream into `handle`, whose path is `file`. Throws `BACKUP_KEY_INVALID`. */
export async function openOutput(file: string, handle: FileHandle, protection: Protection): Promise<Output> {
  const tar = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 2 }, { highWaterMark: 0 })
  const plain = tar.writable.getWriter()
  const { sealed, unlock } = await encrypt(tar.readable, protection)
  const hash = createHash('sha256')
  let bytes = 0

  async function flush(waiting: readonly Uint8Array[], size: number): Promise<void> {
    if (Math.floor((bytes + size) / look) > Math.floor(bytes / look)) {
      const free = await freeBytes(file)
      if (free !== null && free < reserve) throw new AppError('BACKUP_DISK_FULL', { reason: 'reserve' })
    }
    for (const buffer of waiting) hash.update(buffer)
    await writeAll(handle, waiting)
    bytes += size
  }

  async function pump(): Promise<void> {
    let waiting: Uint8Array[] = []
    let size = 0
    for await (const chunk of sealed as unknown as AsyncIterable<Uint8Array>) {
      waiting.push(chunk)
      size += chunk.length
      if (size < batch) continue
      await flush(waiting, size)
      waiting = []
      size = 0
    }
    await flush(waiting, size)
  }

  const pumping = pump()
  pumping.catch(() => {})
  plain.closed.catch(() => {})
  // A failure of the disk reaches the writer as the failure of its stream: the disk's own words are better.
  const orDisk = async (work: Promise<unknown>): Promise<void> => {
    try {
      await Promise.race([work, pumping.then(() => work)])
    } catch (error) {
      throw writeFailure(await pumping.then(() => error).catch((own: unknown) => own))
    }
  }

  return {
    unlock,
    async write(chunk) {
      await orDisk(plain.ready)
      plain.write(chunk).catch(() => {})
    },
    async end() {
      await orDisk(plain.close())
      await pumping.catch((error: unknown) => {
        throw writeFailure(error)
      })
      await handle.sync().catch((error: unknown) => {
        throw writeFailure(error)
      })
      return { bytes, sha256: hash.digest('hex') }
    },
    async stop() {
      await plain.abort(new AppError('CANCELLED')).catch(() => {})
      await pumping.catch(() => {})
    },
  }
}
