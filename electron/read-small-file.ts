import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/**
 * The bytes of a file that must be small; null when it has more than `most`. Whoever named the file may have named a
 * pipe, which would be waited for without end, or one that grows or tells no size: none of them is read past `most`.
 * Throws what Node throws, and `TypeError` for what is no plain file.
 */
export async function readSmallFile(path: string, most: number): Promise<Buffer | null> {
  // Windows has no such flag, and no pipes among its files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const { size, isFile } = await file.stat().then((status) => ({ size: status.size, isFile: status.isFile() }))
    if (!isFile) throw new TypeError('not a plain file')
    if (size > most) return null
    const bytes = Buffer.alloc(most + 1)
    let length = 0
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null)
      if (bytesRead === 0) return bytes.subarray(0, length)
      length += bytesRead
      if (length > most) return null
    }
  } finally {
    await file.close()
  }
}
