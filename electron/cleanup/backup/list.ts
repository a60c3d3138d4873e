import { open, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { flushFolder } from '#electron/flush-folder.ts'
import { AppError } from '#shared/errors.ts'
import { codeOf } from './disk.ts'
import { ending, names } from './layout.ts'
import { ageMagic } from './reader.ts'
import type { BackupFile } from './types.ts'

/**
 * The finished backups of a folder, newest first; partial files are never among them. Only the first bytes are looked
 * at: what is inside is known after `readBackup`. Throws `BACKUP_UNREADABLE`.
 */
export async function listBackups(folder: string): Promise<BackupFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new AppError('BACKUP_UNREADABLE', { reason: codeOf(error) })
  })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
  // Gone since the folder was read, or nobody may look: nothing to offer.
  const found = await Promise.all(files.map(({ name }) => inspectBackup(join(folder, name)).catch(() => null)))
  return found.filter((each) => each !== null).sort((a, b) => b.writtenAt - a.writtenAt || a.name.localeCompare(b.name))
}

/** What a file says of itself in its first bytes. Throws `BACKUP_UNREADABLE`. */
export async function inspectBackup(file: string): Promise<BackupFile> {
  const name = basename(file)
  try {
    const status = await stat(file)
    // A pipe would keep us waiting for its other end.
    if (!status.isFile()) throw new AppError('BACKUP_UNREADABLE', { reason: 'notAFile' })
    const shortId = /-([0-9a-f]{8})\.podoskin-backup$/.exec(name)?.[1] ?? null
    const writtenAt = Math.floor(status.mtimeMs)
    return { file, name, bytes: status.size, writtenAt, shortId, protection: await protectionOf(file) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('BACKUP_UNREADABLE', { reason: codeOf(error) })
  }
}

async function protectionOf(file: string): Promise<BackupFile['protection']> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0)
    const start = buffer.subarray(0, bytesRead)
    if (start.subarray(0, ageMagic.length).equals(ageMagic)) {
      const stanza = start.subarray(ageMagic.length).toString('latin1')
      return stanza.startsWith('-> scrypt ') ? 'passphrase' : stanza.startsWith('-> X25519 ') ? 'recipient' : 'unknown'
    }
    return start.toString('latin1', 0, names.readme.length + 1) === `${names.readme}\0` ? 'none' : 'unknown'
  } finally {
    await handle.close()
  }
}

/** A backup that a person may want to delete. `keepUntil` is `YYYY-MM-DD`, or null when nobody set a date. */
export interface Retained {
  readonly file: string
  readonly writtenAt: number
  readonly keepUntil: string | null
}

/**
 * The rule of deletion: a backup may go from the day after its `keepUntil`, in the clinic's zone (`today`), and only
 * while a newer one stays: the last one never goes. Without a date it stays until a person sets one.
 */
export function deletable<T extends Retained>(backups: readonly T[], today: string): T[] {
  const newest = Math.max(...backups.map(({ writtenAt }) => writtenAt))
  return backups.filter(({ keepUntil, writtenAt }) => keepUntil !== null && keepUntil < today && writtenAt < newest)
}

/** Deletes one backup that `deletable` named among `backups`, else throws `BACKUP_KEPT`; `BACKUP_UNREADABLE` if it cannot. */
export async function deleteBackup(file: string, backups: readonly Retained[], today: string): Promise<void> {
  if (!file.endsWith(ending) || !deletable(backups, today).some((each) => each.file === file)) {
    throw new AppError('BACKUP_KEPT')
  }
  try {
    await rm(file)
    await flushFolder(file)
  } catch (error) {
    throw new AppError('BACKUP_UNREADABLE', { reason: codeOf(error) })
  }
}
