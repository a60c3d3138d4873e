import { open } from 'node:fs/promises'
import { AppError } from '#shared/errors.ts'

const chunkBytes = 256 * 1024
/** A line that is longer is cut: what is looked for stands at the beginning of its line. */
const longestLine = 16 * 1024

/**
 * The lines of a log file as it stands now, in batches, with flat memory. What is looked for is ASCII, so single bytes
 * serve for UTF-8 and Windows-1252; PowerShell's `>` writes UTF-16. Throws `NOT_FOUND` when it cannot be read and
 * `CANCELLED`.
 */
export async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const file = await open(path, 'r').catch(() => null)
  if (file === null) throw new AppError('NOT_FOUND', { what: 'log' })
  try {
    const status = await file.stat()
    if (!status.isFile()) throw new AppError('NOT_FOUND', { what: 'log' })
    const buffer = Buffer.allocUnsafe(chunkBytes)
    let encoding: 'latin1' | 'utf16le' = 'latin1'
    let rest = ''
    for (let at = 0; at < status.size; ) {
      if (signal.aborted) throw new AppError('CANCELLED')
      const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, status.size - at), at)
      if (bytesRead === 0) break
      if (at === 0 && buffer[0] === 0xff && buffer[1] === 0xfe) encoding = 'utf16le'
      const lines = (rest + buffer.toString(encoding, 0, bytesRead)).split('\n')
      rest = (lines.pop() ?? '').slice(0, longestLine)
      yield lines
      at += bytesRead
    }
    if (rest !== '') yield [rest]
  } finally {
    await file.close()
  }
}
