import { z } from 'zod'
import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'

/** The person who runs it. */
export interface By {
  readonly id: string
  readonly userName: string
}

const backupSchema = z.object({
  backup: z.string(),
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  protection: z.enum(['passphrase', 'recipient', 'none']),
})

const entrySchema = z.object({
  id: z.uuid(),
  kind: z.enum(['run', 'restore']),
  at: z.number(),
  by: z.object({ id: z.string(), userName: z.string() }),
  database: z.string(),
  hash: z.string(),
  patients: z.number().nullable(),
  rows: z.number(),
  tables: z.number(),
  backup: backupSchema.nullable(),
  /** Where the file of the backup was put. */
  file: z.string().nullable(),
  /** `begun`: written before the COMMIT; whoever finds it asks the server what became of `xid`. */
  outcome: z.enum(['begun', 'done', 'undone', 'unknown']),
  xid: z.string().nullable(),
  error: z.string().nullable(),
})
export type StoredEntry = Omit<z.infer<typeof entrySchema>, 'error'> & { readonly error: ErrorCode | null }

const fileSchema = z.object({
  entries: z.array(entrySchema),
  /** Folders that backups were kept in, the last one first. */
  folders: z.array(z.string()).default([]),
})

/** What this workstation remembers of cleanups, restores and the folders of their backups. */
export interface Journal {
  entries(): readonly StoredEntry[]
  /** Adds an entry or takes the place of the one with its id. Rejects when the disk refuses. */
  put(entry: StoredEntry): Promise<void>
  folders(): readonly string[]
  addFolder(path: string): Promise<void>
}

const most = 500
const mostFolders = 10

/** Opens the journal, whole or, when it is damaged, its last good copy. */
export function openJournal({ file, log }: { file: string; log: Log }): Journal {
  const stored = openJsonFile({ file, name: 'cleanups', parse: (value) => fileSchema.parse(value), log })
  const read = stored.read()
  let entries = (read?.entries ?? []) as readonly StoredEntry[]
  let folders: readonly string[] = read?.folders ?? []
  const write = () => stored.write({ entries: [...entries], folders: [...folders] })

  return {
    entries: () => entries,
    folders: () => folders,
    async put(entry) {
      entries = [entry, ...entries.filter(({ id }) => id !== entry.id)].slice(0, most)
      await write()
    },
    async addFolder(path) {
      if (folders[0] === path) return
      folders = [path, ...folders.filter((other) => other !== path)].slice(0, mostFolders)
      await write()
    },
  }
}

/** An entry whose transaction failed: undone, unless the answer to its COMMIT was lost. */
export function markedAs(entry: StoredEntry, error: unknown): StoredEntry {
  const code = error instanceof AppError ? error.code : 'INTERNAL'
  return { ...entry, outcome: code === 'COMMIT_UNKNOWN' ? 'unknown' : 'undone', error: code }
}

/** Puts an entry when the transaction has ended: a disk that refuses it must not turn a success into a failure. */
export async function noted(journal: Journal, entry: StoredEntry, log: Log): Promise<void> {
  await journal.put(entry).catch(() => log.error('cleanup.notNoted', { id: entry.id, outcome: entry.outcome }))
}
