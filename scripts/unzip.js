import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'

/**
 * @typedef {{ name: string, method: number, size: number, offset: number, mode: number }} Entry
 */

/**
 * Unpacks some files of a zip archive with nothing but Node: a new machine may have no `unzip`, and the
 * archive holds twenty thousand files of which a handful is wanted. The archive's checksum must have been
 * verified; still, a name that leaves `folder` is refused.
 *
 * @param {string} archive path of a zip file without zip64, encryption or links
 * @param {string} folder where the files go
 * @param {(name: string) => string | null} place the path inside `folder` for a name of the archive; null skips it
 * @returns {Promise<number>} how many files were written
 */
export async function unzip(archive, folder, place) {
  const file = await open(archive, 'r')
  try {
    let written = 0
    for (const entry of await readDirectory(file)) {
      const path = entry.name.endsWith('/') ? null : place(entry.name)
      if (path === null) continue
      const target = resolve(folder, path)
      if (relative(folder, target).startsWith('..')) throw new Error(`the archive holds a path outside of it: ${path}`)
      await mkdir(dirname(target), { recursive: true })
      await extract(archive, file, entry, target)
      written += 1
    }
    return written
  } finally {
    await file.close()
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<Entry[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat()
  const tail = await read(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('this is not a zip archive, or it is cut short')
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12))
  /** @type {Entry[]} */
  const entries = []
  for (let at = 0; at < directory.length; ) {
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      size: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
      mode: directory.readUInt32LE(at + 38) >>> 16,
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

/**
 * @param {string} archive
 * @param {import('node:fs/promises').FileHandle} file
 * @param {Entry} entry
 * @param {string} target
 */
async function extract(archive, file, entry, target) {
  const header = await read(file, entry.offset, 30)
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  const output = createWriteStream(target)
  if (entry.size === 0) {
    await new Promise((done) => output.end(done))
  } else {
    const input = createReadStream(archive, { start, end: start + entry.size - 1 })
    await (entry.method === 0 ? pipeline(input, output) : pipeline(input, createInflateRaw(), output))
  }
  if (entry.mode & 0o777) await chmod(target, entry.mode & 0o777)
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function read(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw new Error('the zip archive is cut short')
  return buffer
}
