import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from '#electron/system-code.ts'

/** What file systems say that have no such thing (networks, FAT), and a folder that may be written but not read. */
const pointless = ['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EBADF', 'EACCES']

/** Makes a change of names in the folder of `file` last through a power cut. Windows does that by itself. */
export async function flushFolder(file: string): Promise<void> {
  if (process.platform === 'win32') return
  try {
    const folder = await open(dirname(file), 'r')
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  } catch (error) {
    if (!pointless.includes(systemCode(error))) throw error
  }
}
