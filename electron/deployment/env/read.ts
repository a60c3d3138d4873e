import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { decodeText } from '#electron/decode-text.ts'
import { systemCode } from '#electron/system-code.ts'
import { AppError } from '#shared/errors.ts'

const mostBytes = 256 * 1024

export interface EnvText {
  readonly text: string
  /** Permissions of the file as POSIX has them. */
  readonly mode: number
  /** User that owns it. */
  readonly owner: number
}

/**
 * A `.env` of at most 256 kB, in UTF-8, UTF-16 or Windows-1252; null when there is none. Throws `NOT_FOUND` when it
 * cannot be read and `PAYLOAD_TOO_LARGE` when it is no `.env` by its size.
 */
export async function readEnv(path: string): Promise<EnvText | null> {
  try {
    // A pipe of that name would be waited for without end; Windows has neither the flag nor such pipes.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const status = await file.stat()
      if (!status.isFile()) throw new AppError('NOT_FOUND', { what: 'env' })
      if (status.size > mostBytes) throw new AppError('PAYLOAD_TOO_LARGE', { what: 'env' })
      return { text: decodeText(await file.readFile()), mode: status.mode & 0o777, owner: status.uid }
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) throw error
    if (systemCode(error) === 'ENOENT') return null
    throw new AppError('NOT_FOUND', { what: 'env' })
  }
}
