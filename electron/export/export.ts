import { basename, extname } from 'node:path'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult, PrintedPage } from '#shared/export.ts'
import { createFormat } from '#shared/format.ts'
import en from '#shared/locales/en/export.json'
import es from '#shared/locales/es/export.json'
import type { Language } from '#shared/settings.ts'
import { toCsv } from './csv.ts'
import { fileName } from './file-name.ts'
import { type ExportWords, type PrintMargins, printMargins } from './print.ts'
import { save } from './save.ts'

/** Where a person is asked to save a file: null when they change their mind. */
export type ChoosePlace = (question: {
  readonly title: string
  readonly button: string
  readonly name: string
  readonly kind: string
  readonly ending: FileEnding
}) => Promise<string | null>

/** What a file may be that leaves the app. */
export type FileEnding = 'csv' | 'pdf' | 'json' | 'txt' | 'zip'

/**
 * Asks where to keep a file and writes it whole or not at all. `title` becomes a part of the proposed name. Throws
 * `FILE_NOT_WRITTEN { reason }`, and `JOB_RUNNING` while another file is being saved.
 */
export type KeepFile = (title: string, ending: FileEnding, content: string | Buffer) => Promise<ExportResult>

export interface ExportParts {
  readonly choosePlace: ChoosePlace
  /** Prints what the window shows now. */
  readonly print: (margins: PrintMargins, page: Pick<PrintedPage, 'orientation' | 'width'>) => Promise<Buffer>
  /** The name that this workstation gives the clinic. */
  readonly clinic: () => string
  readonly zone: () => string
  /** The full name of who is logged in. */
  readonly author: () => string
  readonly language: () => Language
  readonly log: Log
  /** The workstation's clock. */
  readonly now?: () => Date
}

const words: Readonly<Record<Language, ExportWords>> = { es, en }

/**
 * Files that a person takes out of the app, one at a time (`JOB_RUNNING`). They are written whole or not at all
 * (`FILE_NOT_WRITTEN`); the page learns the name of the file, not its place.
 */
export function createExport(parts: ExportParts): {
  readonly handlers: HandlersOf<'export'>
  /** For the other features' files: `electron/main.ts` hands it to them. */
  readonly keepFile: KeepFile
} {
  const { now = () => new Date() } = parts
  let busy = false

  async function alone(work: () => Promise<ExportResult>): Promise<ExportResult> {
    if (busy) throw new AppError('JOB_RUNNING')
    busy = true
    try {
      return await work()
    } finally {
      busy = false
    }
  }

  async function keep(title: string, ending: FileEnding, content: string | Buffer): Promise<ExportResult> {
    const { dialog } = words[parts.language()]
    const name = fileName([parts.clinic(), title, civil(now(), parts.zone()).slice(0, 10)], ending)
    const question = { title: dialog[`${ending}Title`], button: dialog.save, name, kind: dialog[ending], ending }
    const chosen = await parts.choosePlace(question)
    if (chosen === null) return { saved: false }
    const place = extname(chosen) === '' ? `${chosen}.${ending}` : chosen
    // Nobody was asked whether the name with the ending may be overwritten.
    await save(place, content, { replace: place === chosen })
    parts.log.info('exported', { kind: ending, bytes: Buffer.byteLength(content) })
    return { saved: true, file: basename(place) }
  }

  return {
    keepFile: (title, ending, content) => alone(() => keep(title, ending, content)),
    handlers: {
      'export.saveCsv': (table) => alone(() => keep(table.title, 'csv', toCsv(table))),
      'export.savePdf': (page) =>
        alone(async () => {
          const language = parts.language()
          const [clinic, zone, author] = [parts.clinic(), parts.zone(), parts.author()]
          const stamp = { page, clinic, zone, author, printedAt: civil(now(), zone) }
          const margins = printMargins(stamp, words[language].print, createFormat(language))
          // Printed before anybody is asked where to: meanwhile the page would refresh.
          return keep(page.title, 'pdf', await parts.print(margins, page))
        }),
    },
  }
}

/** A moment in the civil time of a zone, `YYYY-MM-DDTHH:MM:SS`. */
function civil(moment: Date, zone: string): string {
  return moment.toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')
}
