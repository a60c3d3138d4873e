import { escapeHtml } from '#electron/escape-html.ts'
import type { PrintedPage } from '#shared/export.ts'
import type { createFormat } from '#shared/format.ts'
import type en from '#shared/locales/en/export.json'

export type ExportWords = typeof en

export interface Stamp {
  readonly page: PrintedPage
  readonly clinic: string
  readonly zone: string
  readonly author: string
  /** The clinic's civil time at which it is printed, `YYYY-MM-DDTHH:MM:SS`. */
  readonly printedAt: string
}

/** What runs along the top and the bottom of every printed sheet, as Chromium's templates. */
export interface PrintMargins {
  readonly header: string
  readonly footer: string
}

/**
 * Clinic, title and period above; zone, author, moment and page below. Everything that a person may have typed is
 * escaped: the templates are HTML.
 */
export function printMargins(
  { page, clinic, zone, author, printedAt }: Stamp,
  words: ExportWords['print'],
  format: Pick<ReturnType<typeof createFormat>, 'day' | 'clock'>,
): PrintMargins {
  const moment = (at: string) => `${format.day(at.slice(0, 10))} ${format.clock(at)}`
  const say = (word: string, value: string) => word.replace('{{value}}', () => value)
  const right = [
    page.range,
    page.takenAt === null ? null : say(words.takenAt, moment(page.takenAt)),
    say(words.zone, zone),
  ]
  const left = [say(words.author, author), say(words.printedAt, moment(printedAt))]
  const pages = say(words.page, '\u0000').split('\u0000')
  return {
    header: line(`<b>${escapeHtml(clinic)}</b> · ${escapeHtml(page.title)}`, joined(right)),
    footer: line(
      joined(left),
      `${escapeHtml(pages[0] ?? '')}<span class="pageNumber"></span> / <span class="totalPages"></span>${escapeHtml(pages[1] ?? '')}`,
    ),
  }
}

function joined(parts: readonly (string | null)[]): string {
  return parts.flatMap((part) => (part === null ? [] : [escapeHtml(part)])).join(' · ')
}

function line(left: string, right: string): string {
  const style =
    "width:100%;box-sizing:border-box;padding:0 0.4in;display:flex;justify-content:space-between;gap:24px;font:8px 'Segoe UI','Noto Sans','Liberation Sans',sans-serif;color:#333"
  return `<div style="${style}"><span>${left}</span><span style="text-align:right">${right}</span></div>`
}
