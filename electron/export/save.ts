import { access } from 'node:fs/promises'
import { replaceFile } from '#electron/replace-file.ts'
import { systemCode } from '#electron/system-code.ts'
import { AppError } from '#shared/errors.ts'

/** What a person can do about a file that was not written. */
type Reason = 'full' | 'denied' | 'open' | 'folder' | 'exists' | 'other'

const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EACCES: 'denied',
  EROFS: 'denied',
  // Windows says so when Excel holds the file.
  EPERM: 'open',
  EBUSY: 'open',
  ENOENT: 'folder',
  ENOTDIR: 'folder',
  EISDIR: 'folder',
}

/**
 * Writes a file whole or not at all: beside it, flushed, then in its place. Throws `FILE_NOT_WRITTEN { reason }`, also
 * for a file that is already there unless `replace`.
 */
export async function save(place: string, content: string | Buffer, { replace }: { replace: boolean }): Promise<void> {
  if (!replace && (await exists(place))) throw new AppError('FILE_NOT_WRITTEN', { reason: 'exists' })
  try {
    await replaceFile(place, content)
  } catch (error) {
    const code = systemCode(error)
    throw new AppError('FILE_NOT_WRITTEN', { reason: reasons[code] ?? 'other' })
  }
}

async function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  )
}
