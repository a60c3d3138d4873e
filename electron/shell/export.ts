import { join } from 'node:path'
import { app, type BrowserWindow, dialog } from 'electron'
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
const margins = { top: 0.6, bottom: 0.55, left: 0.4, right: 0.4 } as const

/** Prints what the window shows on Letter, with a line above and below each sheet. */
export async function printPage(
  window: BrowserWindow | null,
  { header, footer }: { readonly header: string; readonly footer: string },
  orientation: 'portrait' | 'landscape',
): Promise<Buffer> {
  if (window === null || window.isDestroyed()) throw new AppError('NOT_FOUND', { what: 'window' })
  return window.webContents.printToPDF({
    pageSize: 'Letter',
    landscape: orientation === 'landscape',
    printBackground: true,
    margins,
    displayHeaderFooter: true,
    headerTemplate: header,
    footerTemplate: footer,
  })
}
