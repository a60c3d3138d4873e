import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { flushFolder } from './flush-folder.ts'

export interface ReplaceOptions {
  /** Rights of the file; by default those of the one that is replaced, or what the system gives a new one. */
  readonly mode?: number
}

/**
 * Writes a file whole or not at all: beside it, flushed, then in its place. A link stays a link, and what it leads to is
 * replaced; the owner stays the owner where the system lets us. Leaves nothing beside it. Rejects with the system's error.
 * Not write-file-atomic: it takes the short write of a full disk for a whole one, and renames the stump over the file.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  { mode }: ReplaceOptions = {},
): Promise<void> {
  const target = await targetOf(file)
  const before = await stat(target).catch(() => null)
  const beside = `${target}.${randomUUID()}.tmp`
  const wanted = mode ?? (before === null ? null : before.mode & 0o777)
  try {
    // Nobody may read it earlier than they may read the file.
    const handle = await open(beside, 'wx', mode ?? (before === null ? 0o666 : 0o600))
    try {
      await handle.writeFile(content)
      if (before !== null) await giveTo(handle, before)
      if (wanted !== null) await giveRights(handle, wanted)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined)
    throw error
  }
  await flushFolder(target)
}

/** Where a path leads to, also through a link to a file that is not there yet. */
async function targetOf(file: string): Promise<string> {
  try {
    return await realpath(file)
  } catch {
    try {
      const link = await readlink(file)
      return await targetOf(resolve(await realpath(dirname(file)), link))
    } catch {
      // No link, or one that leads round in a circle: opening it says what is wrong.
      return file
    }
  }
}

/** Only root can give a file away; whoever else replaces a file of another person's owns what they wrote. */
async function giveTo(handle: FileHandle, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  const own = await handle.stat()
  if (own.uid === uid && own.gid === gid) return
  await handle.chown(uid, gid).catch(unlessRoot)
}

async function giveRights(handle: FileHandle, mode: number): Promise<void> {
  if (((await handle.stat()).mode & 0o777) === mode) return
  await handle.chmod(mode).catch(unlessRoot)
}

function unlessRoot(error: unknown): void {
  if (process.getuid?.() === 0) throw error
}
