import { z } from 'zod'
import type { BackupContent } from '#shared/cleanup-backup.ts'
import { AppError } from '#shared/errors.ts'
import type { Manifest } from './backup/manifest.ts'

const texts = z.record(z.string(), z.string())
const whole = z.string().regex(/^-?\d{1,60}$/)
const fingerprintSchema = z.object({ rows: z.number().int().min(0), first: whole, second: whole }).strict()
const named = z.array(z.string().max(255)).max(1_600)

const structureSchema = z
  .object({
    shapes: z.array(z.object({ table: z.string(), columns: texts, constraints: texts }).strict()),
    sequences: z.array(z.object({ key: z.string(), table: z.string(), next: whole }).strict()),
    cleared: z.array(
      z
        .object({
          table: z.string(),
          keyed: z.boolean(),
          columns: named,
          parts: z.array(z.object({ columns: named, value: z.enum(['NULL', 'false']) }).strict()),
        })
        .strict(),
    ),
  })
  .strict()

const fingerprintsSchema = z
  .object({
    seeds: z.tuple([whole, whole]),
    /** Of each part of the backup, in order. */
    parts: z.array(fingerprintSchema),
    /** Of each table of the backup as it was, whole. */
    before: z.array(z.object({ table: z.string(), fingerprint: fingerprintSchema }).strict()),
  })
  .strict()

/** What the run puts into a manifest beside rows, and the restore finds there. */
export type Structure = z.infer<typeof structureSchema>
export type Fingerprints = z.infer<typeof fingerprintsSchema>

/** The two, checked: a backup is untrusted input, whoever wrote it. Throws `BACKUP_DAMAGED`. */
export function readContent(manifest: Manifest): { structure: Structure; fingerprints: Fingerprints } {
  const structure = structureSchema.safeParse(manifest.structure)
  const fingerprints = fingerprintsSchema.safeParse(manifest.fingerprints)
  const sound = structure.success && fingerprints.success && fingerprints.data.parts.length === manifest.tables.length
  if (!sound) throw new AppError('BACKUP_DAMAGED', { reason: 'content' })
  return { structure: structure.data, fingerprints: fingerprints.data }
}

/** What a person is told of a backup's content. */
export function contentOf(manifest: Manifest): BackupContent {
  return {
    ...{ backup: manifest.id, createdAt: Math.floor(Date.parse(manifest.createdAt) / 1000) },
    ...{ database: manifest.database, schema: manifest.schema ?? '', serverVersion: manifest.server.version },
    planHash: manifest.planHash,
    tables: manifest.tables.map(({ key, rows, role }) => ({ key, rows, role })),
  }
}
