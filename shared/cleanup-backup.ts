import { z } from 'zod'
import { rehearseCleanupSchema } from './cleanup.ts'
import type { ErrorParams } from './errors.ts'

/** How the name of a finished backup ends: the system opens such files with us. */
export const backupEnding = '.podoskin-backup'

/** Names a folder or a file that main knows: chosen in the system's dialog, or found in such a folder. Never a path. */
const tokenSchema = z.string().regex(/^[0-9a-f]{32}$/)
const passphraseSchema = z.string().min(1).max(1024)
export const ownerSchema = rehearseCleanupSchema.shape.owner

/** Letters and digits of bech32, as `age-keygen` writes them. */
const recipientSchema = z
  .string()
  .trim()
  .regex(/^age1[0-9a-z]{50,100}$/)
const identitySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^AGE-SECRET-KEY-1[0-9A-Z]{50,100}$/)

/** The fewest signs of a passphrase that a new backup is protected with. */
export const passphraseLength = 12

/** How a new backup is protected. The passphrase is typed twice; main compares. */
export const protectionSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('passphrase'),
      passphrase: z.string().min(passphraseLength).max(1024),
      again: passphraseSchema,
    })
    .strict()
    .refine(({ passphrase, again }) => passphrase === again, { path: ['again'] }),
  z.object({ kind: z.literal('recipient'), recipient: recipientSchema }).strict(),
  z.object({ kind: z.literal('none') }).strict(),
])
export type ProtectionChoice = z.infer<typeof protectionSchema>

/** What opens a backup. */
export const unlockSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: passphraseSchema }).strict(),
  z.object({ kind: z.literal('identity'), identity: identitySchema }).strict(),
  z.object({ kind: z.literal('none') }).strict(),
])
export type UnlockChoice = z.infer<typeof unlockSchema>

export const folderReferenceSchema = z.object({ folder: tokenSchema }).strict()
export const backupsSchema = z.object({ folder: tokenSchema.nullable() }).strict()
export const openBackupSchema = z.object({ backup: tokenSchema, unlock: unlockSchema }).strict()
export const tryRestoreSchema = z.object({ backup: tokenSchema, unlock: unlockSchema, owner: ownerSchema }).strict()
export type TryRestoreInput = z.infer<typeof tryRestoreSchema>
export const restoreSchema = z
  .object({
    ...tryRestoreSchema.shape,
    /** The name of the database as the person typed it; main compares. */
    databaseName: z.string().max(63),
  })
  .strict()
/** The name of the file as the person typed it; main compares. */
export const deleteBackupSchema = z.object({ backup: tokenSchema, fileName: z.string().max(255) }).strict()

/** A folder that a person chose for backups. */
export interface BackupFolder {
  readonly id: string
  /** To be shown, never to be sent. */
  readonly path: string
  readonly freeBytes: number | null
  /** Why nothing can be written there (`cleanup.folder.<problem>`); null when it can. */
  readonly problem: string | null
  /** What speaks against it although it is allowed. */
  readonly warning: string | null
}

/** A whole backup that lies in a folder. Files that are not finished are never among them. */
export interface BackupFile {
  readonly id: string
  readonly name: string
  readonly folder: Pick<BackupFolder, 'id' | 'path'>
  readonly bytes: number
  /** Seconds since the epoch. */
  readonly createdAt: number
  readonly protection: ProtectionChoice['kind']
  /** The backup's own id, as the history names it; null when only its content tells. */
  readonly backup: string | null
  /** What became of the rows, as far as this workstation knows: still there, deleted, put back. */
  readonly rows: 'there' | 'deleted' | 'restored' | 'unknown'
  /** From when it may be deleted, in seconds since the epoch; null when at any time. */
  readonly keepUntil: number | null
  /** That moment has come: somebody should decide. */
  readonly due: boolean
}

export interface BackupList {
  readonly files: readonly BackupFile[]
  readonly folders: readonly BackupFolder[]
  /** Files of runs that ended early, by name: nothing can be restored from them. */
  readonly unfinished: readonly string[]
  /** Backups that the history names and that are in none of these folders. */
  readonly missing: readonly string[]
}

export interface BackupContent {
  readonly backup: string
  /** Seconds since the epoch. */
  readonly createdAt: number
  readonly database: string
  readonly schema: string
  readonly serverVersion: string
  readonly planHash: string
  readonly tables: readonly { readonly key: string; readonly rows: number; readonly role: 'deleted' | 'cleared' }[]
}

export const obstacleCodes = [
  'tableMissing',
  'columnMissing',
  'columnAdded',
  'columnChanged',
  'constraintChanged',
  'collision',
  'referenceGone',
  'clearedRowGone',
  'clearedRowChanged',
  'right',
  'rowsHidden',
  'ruleInTheWay',
  'disabledChecks',
  'otherDatabase',
  'sealed',
] as const
/** Something that keeps a backup from being restored exactly; the page owns the words (`cleanup.obstacle.<code>`). */
export interface Obstacle {
  readonly code: (typeof obstacleCodes)[number]
  readonly params: ErrorParams
}
