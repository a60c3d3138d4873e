import { z } from 'zod'

/** The one format there is. A reader refuses every other number with `BACKUP_UNKNOWN_FORMAT`. */
export const backupFormat = 1

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
const nameSchema = z.string().min(1).max(255)
const countSchema = z.number().int().nonnegative()

/** What stands before a table's rows. `deleted`: whole rows; `cleared`: the key and the old values of cleared columns. */
export const tableHeadSchema = z
  .object({
    /** `schema.table` as the catalogue writes it. Never put into SQL by a reader: looked up in the live catalogue. */
    key: z.string().min(1).max(600),
    schema: nameSchema,
    name: nameSchema,
    /** In the order of the COPY text; generated columns left out. */
    columns: z.array(nameSchema).min(1).max(1_600),
    role: z.enum(['deleted', 'cleared']),
    /** For `cleared`: those of `columns` that find the row again. Empty for `deleted`. */
    keyColumns: z.array(nameSchema).max(1_600),
  })
  .strict()

/** A table as the manifest proves it: `rows`, `bytes` and `sha256` of its COPY text, in so many gzip members. */
export const backupTableSchema = tableHeadSchema.extend({
  rows: countSchema,
  bytes: countSchema,
  sha256: sha256Schema,
  members: countSchema,
})

/** What stands first in the file, before anything of the clinic. */
export const backupHeadSchema = z
  .object({
    format: z.literal(backupFormat),
    id: z.uuid(),
    /** ISO 8601, UTC, by the workstation's clock. */
    createdAt: z.iso.datetime(),
    app: z.object({ name: z.string().max(100), version: z.string().max(50) }).strict(),
  })
  .strict()

/** What only the caller knows of a backup; it goes into the manifest as it is. */
export const manifestRestSchema = z
  .object({
    server: z.object({ host: z.string(), port: z.number().int(), version: z.string() }).strict(),
    database: z.string(),
    schema: z.string().nullable(),
    environment: z.string(),
    planHash: z.string(),
    encoding: z.literal('UTF8'),
    /** What restoring needs beyond rows: catalogue prints, sequences, triggers. Its owner checks its shape. */
    structure: z.unknown(),
    /** Fingerprints of what is exported. Their owner checks their shape. */
    fingerprints: z.unknown(),
    counts: z.record(z.string(), countSchema),
  })
  .strict()

export const manifestSchema = z
  .object({
    ...backupHeadSchema.shape,
    ...manifestRestSchema.shape,
    tables: z.array(backupTableSchema).max(100_000),
    /** Everything of the tar before the manifest. */
    content: z.object({ bytes: countSchema, sha256: sha256Schema }).strict(),
  })
  .strict()

export type TableHead = z.infer<typeof tableHeadSchema>
export type BackupTable = z.infer<typeof backupTableSchema>
export type BackupHead = z.infer<typeof backupHeadSchema>
export type ManifestRest = z.infer<typeof manifestRestSchema>
export type Manifest = z.infer<typeof manifestSchema>
