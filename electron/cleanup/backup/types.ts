import type { Readable } from 'node:stream'
import type { BegunKey, Derive } from './key.ts'
import type { BackupTable, Manifest, ManifestRest, TableHead } from './manifest.ts'

/**
 * How a new backup is protected. `none` leaves patients readable to whoever gets the file: only on express wish.
 * `derive` is where the 128 MiB of a passphrase's key are spent; without it, here. `begun` is that key for one backup.
 */
export type Protection =
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly derive?: Derive; readonly begun?: BegunKey }
  /** An age public key, `age1…`. */
  | { readonly kind: 'recipient'; readonly recipient: string }
  | { readonly kind: 'none' }

/** What opens a backup; null for one that is not encrypted. */
export type Unlock =
  | { readonly passphrase: string; readonly derive?: Derive }
  /** An age secret key, `AGE-SECRET-KEY-1…`. */
  | { readonly identity: string }
  /** The key of this one file, which its writer knows and whoever opened it with a passphrase, and only in memory. */
  | { readonly fileKey: Uint8Array }
  | null

export interface BackupOptions {
  readonly folder: string
  /** The file becomes `<baseName>-<first 8 of its id>.podoskin-backup`; letters, digits, `.`, `_` and `-` only. */
  readonly baseName: string
  readonly app: { readonly name: string; readonly version: string }
  readonly protection: Protection
  /** Bytes of the tables on the server, as an upper estimate for the free space; see `checkFolder`. */
  readonly expectedBytes: number
  /** Aborted: the running call throws `CANCELLED`; call `abandon` then, as after every failure. */
  readonly signal: AbortSignal
  /** COPY text bytes taken so far, of all tables. */
  readonly onProgress?: (bytes: number) => void
}

/** A backup being written, under a name that ends in `.partial` until `publish`. */
export interface BackupWriter {
  readonly id: string
  readonly createdAt: string
  /** The path of the partial file. */
  readonly file: string
  /** Opens this very file for the re-read, without the person's secret: also with a public key. */
  readonly unlock: Unlock
  /**
   * Takes a table's COPY text to its end, one table at a time; `onRows` hears how many rows it has taken. Throws what
   * the source threw, `CANCELLED`, `BACKUP_DISK_FULL`, `FILE_NOT_WRITTEN`.
   */
  addTable(head: TableHead, source: Readable, onRows?: (rows: number) => void): Promise<BackupTable>
  /** Writes the manifest, flushes file and folder to the disk. The name stays partial. The digest is of the whole file. */
  finish(rest: ManifestRest): Promise<{ readonly file: string; readonly bytes: number; readonly sha256: string }>
  /** Gives the finished file its final name, never that of another file, and flushes the folder. Returns the path. */
  publish(): Promise<string>
  /** Removes the partial file; nothing after `publish`. Never throws. */
  abandon(): Promise<void>
}

export interface ReadOptions {
  /** Takes the table's COPY text to its end; what it leaves is read over. Believe none of it before `readBackup` resolves. */
  readonly onTable?: (head: TableHead, rows: Readable) => Promise<void>
  readonly signal?: AbortSignal
  /** Bytes of the file read, and its size. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface ReadResult {
  readonly manifest: Manifest
  /** Opens this very file once more, without deriving a passphrase's key again. */
  readonly unlock: Unlock
  /** Of the whole file, as `finish` told them. */
  readonly bytes: number
  readonly sha256: string
}

/** Why a folder is refused. */
export type FolderProblem =
  | 'missing'
  | 'notAFolder'
  | 'cloud'
  | 'temporary'
  | 'application'
  | 'system'
  | 'notWritable'
  | 'noRoom'

export interface FolderCheck {
  /** Bytes free for us; null where the system does not say. */
  readonly free: number | null
  readonly problem: FolderProblem | null
  /** The cloud service's name where that is the problem. */
  readonly service: string | null
}

/** A finished backup as it lies in a folder; its inside has not been looked at. */
export interface BackupFile {
  readonly file: string
  readonly name: string
  readonly bytes: number
  /** Milliseconds since the epoch: when the file was last written. */
  readonly writtenAt: number
  /** The first 8 characters of its id, from its name; null when somebody renamed it. */
  readonly shortId: string | null
  readonly protection: Protection['kind'] | 'unknown'
}
