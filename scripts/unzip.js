import { createWriteStream } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'

/**
 * Unpacks some files of a zip archive; a name that leaves `folder` is refused.
 *
 * @param {string} archive path of a zip file
 * @param {string} folder where the files go
 * @param {(name: string) => string | null} place the path inside `folder` for a name of the archive; null skips it
 */
export async function unzip(archive, folder, place) {
  const zip = await yauzl.openPromise(archive)
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName.endsWith('/') ? null : place(entry.fileName)
    if (path === null) continue
    const target = resolve(folder, path)
    if (relative(folder, target).startsWith('..')) throw new Error(`the archive holds a path outside of it: ${path}`)
    await mkdir(dirname(target), { recursive: true })
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target))
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    if (mode) await chmod(target, mode)
  }
}
