import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { AppError } from '#shared/errors.ts'

interface Question {
  readonly title: string
  readonly button: string
  readonly name: string
  readonly kind: string
  readonly ending: string
}

/** Asks a person where to save a file; null when they change their mind. The system asks before it replaces one. */
export async function choosePlace(window: BrowserWindow | null, question: Question): Promise<string | null> {
  const options: Electron.SaveDialogOptions = {
    title: question.title,
    buttonLabel: question.button,
    defaultPath: join(app.getPath('documents'), question.name),
    filters: [{ name: question.kind, extensions: [question.ending] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  }
  const answer = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  return answer.canceled || answer.filePath === '' ? null : answer.filePath
}

/** Inches: Letter is Mexico's paper. */
const letter = { width: 8.5, height: 11 } as const
const margins = { top: 0.6, bottom: 0.55, left: 0.4, right: 0.4 } as const
/** CSS pixels of an inch, and the scales that Chromium accepts. */
const inch = 96
const scales = { least: 0.1, most: 1 } as const

/** Prints what the window shows on Letter, scaled to the width it has, with a line above and below each sheet. */
export async function printPage(
  window: BrowserWindow | null,
  { header, footer }: { readonly header: string; readonly footer: string },
  { orientation, width }: { readonly orientation: 'portrait' | 'landscape'; readonly width: number },
): Promise<Buffer> {
  if (window === null || window.isDestroyed()) throw new AppError('NOT_FOUND', { what: 'window' })
  const landscape = orientation === 'landscape'
  const room = ((landscape ? letter.height : letter.width) - margins.left - margins.right) * inch
  // The colour behind the page would fill the margins of the sheet.
  const background = window.getBackgroundColor()
  window.setBackgroundColor('#ffffff')
  const printed = window.webContents.printToPDF({
    pageSize: 'Letter',
    landscape,
    scale: Math.min(scales.most, Math.max(scales.least, room / width)),
    printBackground: true,
    margins,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
  })
  return printed.finally(() => window.isDestroyed() || window.setBackgroundColor(background))
}

/** Prints a document of ours on Letter, in a window that nobody sees, without scripts and without a way out. */
export async function printDocument(html: string): Promise<Buffer> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, partition: 'print' },
  })
  try {
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`)
    return await window.webContents.printToPDF({ pageSize: 'Letter', margins })
  } finally {
    window.destroy()
  }
}
