import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { openJsonFile } from '#electron/json-file.ts'
import type { Log } from '#electron/log.ts'
import { AppError } from '#shared/errors.ts'
import { type LogSource, logCommandSchema } from '#shared/monitoring-log.ts'

/** Files of one view at most. */
export const filesLimit = 40

const sourceSchema = z.union([
  z.object({ kind: z.literal('files'), paths: z.array(z.string().min(1).max(4096)).min(1).max(filesLimit) }).strict(),
  // The folder of a compose file was chosen in main's dialog, so the page's own schema has none.
  logCommandSchema.options[0].extend({ folder: z.string().min(1).max(4096).optional() }),
  logCommandSchema,
])
const fileSchema = z.record(z.string().max(64), sourceSchema)

/** Where the log of each connection profile comes from, remembered on this workstation. */
export interface Sources {
  of(profile: string): LogSource | null
  /** Throws `SETTINGS_NOT_SAVED` when the disk refuses; it holds until the app closes all the same. */
  remember(profile: string, source: LogSource | null): Promise<void>
}

/** Opens the workstation's memory of sources; a damaged file counts as an empty one. */
export function openSources({ file, log }: { readonly file: string; readonly log: Log }): Sources {
  const stored = openJsonFile<Record<string, LogSource>>({ file, name: 'logs', parse: fileSchema.parse, log })
  const known = new Map(Object.entries(stored.read() ?? {}))
  return {
    of: (profile) => known.get(profile) ?? null,
    async remember(profile, source) {
      if (source === null) known.delete(profile)
      else known.set(profile, source)
      try {
        await stored.write(Object.fromEntries(known))
      } catch (error) {
        throw new AppError('SETTINGS_NOT_SAVED', {}, { cause: error })
      }
    },
  }
}

/** Files in the order in which they were written, so that the last one is the one that still grows. */
export function inOrder(paths: readonly string[]): string[] {
  const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return paths
    .map((path) => ({ path, at: age(path) }))
    .sort((a, b) => a.at - b.at || (a.path < b.path ? 1 : -1))
    .map(({ path }) => path)
}

/** What the page may know of a source: names without their folders. */
export function shownSource(source: LogSource): LogSource {
  if (source.kind === 'files') return { kind: 'files', paths: source.paths.map((path) => basename(path)) }
  const { folder: _, ...command } = source
  return command
}
