import { open } from 'node:fs/promises'
import type { Database, Row } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { BundleFile, Diagnosis } from '#shared/diagnosis.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import en from '#shared/locales/en/diagnosis.json'
import es from '#shared/locales/es/diagnosis.json'
import type { Language, Settings } from '#shared/settings.ts'
import type { About } from '#shared/shell.ts'
import { type BundleSources, bundleFiles, mostEntries, previewId, type ServerFacts, zipOf } from './bundle.ts'
import type { Reach } from './probe.ts'

/** The end of our own log that is looked at, in bytes. */
const mostOfLog = 512 * 1024
const titles: Readonly<Record<Language, string>> = { es: es.bundle.fileTitle, en: en.bundle.fileTitle }
/** Tables that the clinics of the field have, by the program's own list; others are only counted. */
const knownTables = [
  'usuarios',
  'roles',
  'podologos',
  'pacientes',
  'citas',
  'detalle_cita',
  'pagos',
  'gastos',
  'tratamientos',
] as const

export interface BundleParts {
  readonly about: () => About
  readonly settings: () => Settings
  /** The connection in use; throws `NOT_CONNECTED`. */
  readonly database: () => Database
  readonly reach: (profile: null) => Reach | null
  readonly lastDiagnosis: () => Diagnosis | null
  readonly backendPackages: () => Promise<BundleSources['packages']>
  readonly checklist: () => Promise<BundleSources['checklist']>
  /** The newest entries of the backend's log, the latest last; null where nobody said where it is. */
  readonly backendLog: (count: number) => Promise<readonly string[] | null>
  /** Saves a file where the person says. */
  readonly keepFile: (title: string, ending: 'zip', content: Buffer) => Promise<ExportResult>
  readonly log: Log
}

/**
 * What support needs, without a patient or a secret: `prepareBundle` shows every file to the letter, `saveBundle` saves
 * the very files that were shown, and throws `NOT_FOUND` for any others.
 */
export function createBundle(parts: BundleParts): {
  readonly handlers: Pick<HandlersOf<'diagnosis'>, 'diagnosis.prepareBundle' | 'diagnosis.saveBundle'>
} {
  let shown: { readonly id: string; readonly files: readonly BundleFile[] } | null = null

  async function sources(): Promise<BundleSources> {
    const { about, settings, reach, lastDiagnosis, checklist } = parts
    return {
      about: about(),
      settings: settings(),
      profile: reach(null)?.profile ?? null,
      server: await orNull(serverFacts(parts.database)),
      pool: await orNull(Promise.resolve().then(() => parts.database().figures())),
      packages: await orNull(parts.backendPackages()),
      checklist: await orNull(checklist()),
      diagnosis: lastDiagnosis(),
      backendLog: await orNull(parts.backendLog(mostEntries)),
      appLog: (await orNull(endOf(about().logFile))) ?? '',
    }
  }

  return {
    handlers: {
      'diagnosis.prepareBundle': async () => {
        shown = { id: previewId(), files: bundleFiles(await sources()) }
        return shown
      },
      'diagnosis.saveBundle': async ({ id }) => {
        if (shown?.id !== id) throw new AppError('NOT_FOUND', { what: 'bundle' })
        const zip = await zipOf(shown.files)
        return parts.keepFile(titles[parts.settings().language], 'zip', zip)
      },
    },
  }

  /** A part that cannot be had is missing from the bundle; the rest is worth sending all the more. */
  async function orNull<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch (error) {
      parts.log.info('diagnosis.partMissing', { code: error instanceof AppError ? error.code : 'INTERNAL' })
      return null
    }
  }
}

async function serverFacts(connected: () => Database): Promise<ServerFacts> {
  const database = connected()
  const schema = await database.schema()
  const [found] = await database.read((transaction) =>
    transaction.query<Row & { version: string; tables: number }>(
      `SELECT current_setting('server_version') AS version,
              (SELECT count(*)::int FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')) AS tables`,
      [schema.name],
    ),
  )
  const known = knownTables.filter((table) => schema.table(table) !== null).length
  const { tls, pooler } = database.link()
  return {
    version: found?.version ?? '',
    tls: tls.on,
    pooler,
    knownTables: known,
    otherTables: (found?.tables ?? 0) - known,
  }
}

async function endOf(file: string): Promise<string> {
  const opened = await open(file, 'r')
  try {
    const { size } = await opened.stat()
    const length = Math.min(size, mostOfLog)
    const { buffer } = await opened.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await opened.close()
  }
}
