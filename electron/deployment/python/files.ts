import { open, readdir } from 'node:fs/promises'

/** Names in a folder, sorted; none when it cannot be read. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.sort()
}

/** The beginning of a text file; null when it is no readable file. */
export async function readStart(path: string, most: number): Promise<string | null> {
  try {
    const file = await open(path, 'r')
    try {
      const status = await file.stat()
      if (!status.isFile()) return null
      const size = Math.min(most, status.size)
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, 0)
      return buffer
        .subarray(0, bytesRead)
        .toString('utf8')
        .replace(/^\uFEFF/, '')
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
