import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BackupFile, BackupFolder, BackupList } from '#shared/cleanup-backup.ts'
import { AppError } from '#shared/errors.ts'
import { checkFolder } from './backup/folder.ts'
import { ending, partialEnding } from './backup/layout.ts'
import { deleteBackup, inspectBackup, listBackups } from './backup/list.ts'
import type { BackupFile as FoundFile } from './backup/types.ts'
import type { Journal, StoredEntry } from './journal.ts'

/** Days that the only copy of deleted rows is kept at least; then somebody is reminded to decide. */
export const keepDays = 90
const day = 24 * 60 * 60

export interface ShelfOptions {
  readonly journal: Journal
  /** The program's own folders, where no backup belongs. */
  readonly application: readonly string[]
  /** The system's dialogs; null when a person changes their mind. */
  readonly choose: (what: 'backupFolder' | 'backupFile') => Promise<string | null>
}

/** The folders and files that a person showed us. The page names them by tokens; a path it invents means nothing. */
export interface Shelf {
  folders(): Promise<readonly BackupFolder[]>
  chooseFolder(): Promise<BackupFolder | null>
  checkFolder(token: string): Promise<BackupFolder>
  backups(folder: string | null): Promise<BackupList>
  chooseBackup(): Promise<BackupFile | null>
  /** A backup that a person chose elsewhere. Throws `BACKUP_UNKNOWN_FORMAT`, `BACKUP_UNREADABLE`. */
  show(path: string): Promise<BackupFile>
  /** The path of a folder. Throws `NOT_FOUND` for a token that nobody was given. */
  folderOf(token: string): string
  /** The path of a backup. Throws `NOT_FOUND`. */
  fileOf(token: string): string
  /** Deletes a backup whose time has come. Throws `CONFIRMATION_WRONG`, `BACKUP_KEPT`, `BACKUP_UNREADABLE`. */
  remove(token: string, typedName: string): Promise<void>
}

type Backup = FoundFile & { readonly protection: BackupFile['protection'] }

/** Files that are called backups and begin like none are not offered. */
async function listed(path: string): Promise<Backup[]> {
  return (await listBackups(path)).filter(isBackup)
}

function isBackup(found: FoundFile): found is Backup {
  return found.protection !== 'unknown'
}

/** Makes the shelf over the folders that the journal remembers. */
export function createShelf({ journal, application, choose }: ShelfOptions): Shelf {
  const files = new Map<string, string>()
  const folders = new Map<string, string>()

  const know = (map: Map<string, string>, path: string) => {
    const token = createHash('sha256').update(path).digest('hex').slice(0, 32)
    map.set(token, path)
    return token
  }
  const find = (map: Map<string, string>, token: string, what: string) => {
    const path = map.get(token)
    if (path === undefined) throw new AppError('NOT_FOUND', { what })
    return path
  }
  for (const path of journal.folders()) know(folders, path)

  async function folder(path: string): Promise<BackupFolder> {
    const { free, problem, service } = await checkFolder(path, { bytes: 0, application })
    return { id: know(folders, path), path, freeBytes: free, problem, warning: service }
  }

  function entriesOf(found: FoundFile): { run: StoredEntry | null; restored: boolean } {
    const named = journal.entries().filter(({ backup }) => backup?.name === found.name && backup.bytes === found.bytes)
    const run = named.find(({ kind }) => kind === 'run') ?? null
    const restored = journal
      .entries()
      .some(
        (entry) => entry.kind === 'restore' && entry.outcome === 'done' && run?.backup?.backup === entry.backup?.backup,
      )
    return { run, restored: run !== null && restored }
  }

  function described(found: Backup): BackupFile {
    const { run, restored } = entriesOf(found)
    const path = dirname(found.file)
    const createdAt = run?.at ?? Math.floor(found.writtenAt / 1000)
    const rows = restored
      ? 'restored'
      : run?.outcome === 'done'
        ? 'deleted'
        : run?.outcome === 'undone'
          ? 'there'
          : 'unknown'
    // Rows that are still there, or back again, need no second copy.
    const keepUntil = rows === 'there' || rows === 'restored' ? null : createdAt + keepDays * day
    return {
      ...{
        id: know(files, found.file),
        name: found.name,
        folder: { id: know(folders, path), path },
        bytes: found.bytes,
      },
      ...{ createdAt, rows, keepUntil, protection: found.protection, backup: run?.backup?.backup ?? null },
      due: keepUntil !== null && keepUntil <= Date.now() / 1000,
    }
  }

  async function show(path: string): Promise<BackupFile> {
    if (!path.toLowerCase().endsWith(ending)) throw new AppError('BACKUP_UNKNOWN_FORMAT')
    const found = await inspectBackup(path)
    if (!isBackup(found)) throw new AppError('BACKUP_UNKNOWN_FORMAT')
    return described(found)
  }

  async function look(paths: readonly string[]) {
    const found: Backup[] = []
    const unfinished: string[] = []
    for (const path of paths) {
      found.push(...(await listed(path).catch(() => [])))
      const names = await readdir(path).catch(() => [])
      unfinished.push(...names.filter((name) => name.endsWith(partialEnding)))
    }
    return { found, unfinished }
  }

  return {
    folders: () => Promise.all(journal.folders().map(folder)),
    checkFolder: (token) => folder(find(folders, token, 'folder')),
    show,
    folderOf: (token) => find(folders, token, 'folder'),
    fileOf: (token) => find(files, token, 'backup'),
    async chooseFolder() {
      const path = await choose('backupFolder')
      if (path === null) return null
      const chosen = await folder(path)
      if (chosen.problem === null) await journal.addFolder(path)
      return chosen
    },
    async chooseBackup() {
      const path = await choose('backupFile')
      return path === null ? null : show(path)
    },
    async backups(token) {
      const paths = token === null ? journal.folders() : [find(folders, token, 'folder')]
      const { found, unfinished } = await look(paths)
      const names = new Set(found.map(({ name }) => name))
      const gone = journal
        .entries()
        .flatMap(({ kind, outcome, backup, file }) =>
          kind === 'run' &&
          outcome === 'done' &&
          backup &&
          file &&
          paths.includes(dirname(file)) &&
          !names.has(backup.name)
            ? [backup.name]
            : [],
        )
      return {
        files: found.map(described).sort((one, other) => other.createdAt - one.createdAt),
        folders: await Promise.all(paths.map(folder)),
        unfinished,
        missing: gone,
      }
    },
    async remove(token, typedName) {
      const path = find(files, token, 'backup')
      const beside = await listed(dirname(path))
      const chosen = beside.find(({ file }) => file === path)
      if (!chosen) throw new AppError('NOT_FOUND', { what: 'backup' })
      if (typedName !== chosen.name) throw new AppError('CONFIRMATION_WRONG', { what: 'file' })
      const date = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
      const retained = beside.map((found) => ({ ...found, keepUntil: date(described(found).keepUntil ?? 0) }))
      await deleteBackup(path, retained, date(Date.now() / 1000))
    },
  }
}
