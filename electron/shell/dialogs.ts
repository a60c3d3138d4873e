import { app, type BrowserWindow, dialog } from 'electron'
import { backupEnding } from '#shared/cleanup-backup.ts'
import type { BackendPlace } from '#shared/deployment.ts'
import type { About, FilePurpose } from '#shared/shell.ts'
import type { ShellWords } from './words.ts'

/** Lets a person choose a file; null when they change their mind. The page gets the path, never the content. */
export async function chooseFile(
  purpose: FilePurpose,
  window: BrowserWindow | null,
  { dialog: words }: ShellWords,
): Promise<string | null> {
  const everything = { name: words.allFiles, extensions: ['*'] }
  const options: Electron.OpenDialogOptions = {
    title: purpose === 'ca' ? words.chooseCa : words.chooseEnv,
    buttonLabel: words.choose,
    // Newer Electrons open in Downloads when nothing is said.
    defaultPath: app.getPath('documents'),
    properties: purpose === 'env' ? ['openFile', 'showHiddenFiles'] : ['openFile'],
    filters:
      purpose === 'ca'
        ? [{ name: words.certificates, extensions: ['pem', 'crt', 'cer'] }, everything]
        : [everything, { name: words.envFiles, extensions: ['env'] }],
  }
  const answer = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** Lets a person choose where the backend, or its compose file, lies; null when they change their mind. */
export async function chooseBackendPlace(
  place: BackendPlace | 'composeFolder',
  window: BrowserWindow | null,
  { dialog: words }: ShellWords,
): Promise<string | null> {
  const options: Electron.OpenDialogOptions = {
    title: words.backend[place],
    buttonLabel: words.choose,
    defaultPath: app.getPath('documents'),
    properties: ['openDirectory', 'showHiddenFiles'],
  }
  const answer = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** Lets a person choose a folder for backups, or a backup; null when they change their mind. */
export async function chooseBackupPlace(
  what: 'backupFolder' | 'backupFile',
  window: BrowserWindow | null,
  { dialog: words }: ShellWords,
): Promise<string | null> {
  const folder = what === 'backupFolder'
  const options: Electron.OpenDialogOptions = {
    title: folder ? words.chooseBackupFolder : words.chooseBackupFile,
    buttonLabel: words.choose,
    defaultPath: app.getPath('documents'),
    properties: folder ? ['openDirectory', 'createDirectory'] : ['openFile'],
    ...(folder ? {} : { filters: [{ name: words.backups, extensions: [backupEnding.slice(1)] }] }),
  }
  const answer = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return answer.canceled ? null : (answer.filePaths[0] ?? null)
}

/** Lets a person choose the files of one log, rotated ones included; null when they change their mind. */
export async function chooseLogFiles(
  window: BrowserWindow | null,
  { dialog: words }: ShellWords,
): Promise<readonly string[] | null> {
  const options: Electron.OpenDialogOptions = {
    title: words.chooseLog,
    buttonLabel: words.choose,
    defaultPath: app.getPath('documents'),
    properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
  }
  const answer = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options))
  return answer.canceled ? null : answer.filePaths
}

/** The versions that run, in the system's own box. */
export async function showAbout(
  window: BrowserWindow | null,
  { dialog: words }: ShellWords,
  about: About,
): Promise<void> {
  const options: Electron.MessageBoxOptions = {
    type: 'info',
    message: `${app.name} ${about.app}`,
    detail: [
      `Electron ${about.electron}${about.runtime === 'stand-in' ? ' (stand-in)' : ''}`,
      `Chromium ${about.chromium}`,
      `Node.js ${about.node}`,
      about.platform,
    ].join('\n'),
    buttons: [words.ok],
  }
  await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options))
}

/** Tells that the page died and loads it again when the person agrees. */
export async function offerReload(window: BrowserWindow, { dialog: words }: ShellWords): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'error',
    title: words.crashedTitle,
    message: words.crashedTitle,
    detail: words.crashedMessage,
    buttons: [words.crashedReload],
    noLink: true,
  })
  if (!window.isDestroyed()) window.webContents.reload()
}

/** The last word when the app cannot start at all. */
export function showStartFailure({ dialog: words }: ShellWords, logFile: string): void {
  dialog.showErrorBox(words.startFailedTitle, words.startFailedMessage.replace('{{logFile}}', logFile))
}
