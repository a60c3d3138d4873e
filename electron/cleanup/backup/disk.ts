import { type FileHandle, statfs } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'

/** Bytes that a backup leaves free on its disk: a workstation with a full disk is broken in every way. */
export const reserve = 64 * 1024 * 1024

/** Bytes free for us on the disk of a path; null where the system does not say. */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch {
    return null
  }
}

/** A failure of the workstation's disk while writing: `BACKUP_DISK_FULL` or `FILE_NOT_WRITTEN`. */
export function writeFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = codeOf(error)
  const full = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
  return new AppError(full ? 'BACKUP_DISK_FULL' : 'FILE_NOT_WRITTEN', { reason: code }, { cause: error })
}

/** The system's code of a failure, such as `ENOSPC`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

/** Writes all of a list of buffers at the end of what the handle has written. */
export async function writeAll(handle: FileHandle, buffers: readonly Uint8Array[]): Promise<void> {
  for (const buffer of buffers) {
    for (let at = 0; at < buffer.length; ) at += (await handle.write(buffer, at, buffer.length - at)).bytesWritten
  }
}
