import { type BrowserWindow, clipboard } from 'electron'
import type { HandlersOf } from '#shared/contract.ts'
import type { OpenedFile, Trouble } from '#shared/shell.ts'
import { about } from './about.ts'
import { chooseFile } from './dialogs.ts'
import { openPlace } from './external.ts'
import type { LogFile } from './log-file.ts'
import type { ShellWords } from './words.ts'

export interface ShellOptions {
  readonly window: () => BrowserWindow | null
  readonly words: () => ShellWords
  readonly log: LogFile
  readonly trouble: () => Trouble | null
  /** The file that waits to be opened. */
  readonly openedFile: () => OpenedFile | null
  /** Hears which files a person chose. */
  readonly onChosen: (path: string) => void
}

/** What the page may ask of the desktop: versions, how the last run ended, the clipboard, a listed place outside, the choice of a file. */
export function createShell(options: ShellOptions): HandlersOf<'shell'> {
  const { window, words, log, trouble, openedFile, onChosen } = options
  return {
    'shell.about': () => about(log.file),
    'shell.trouble': () => trouble(),
    'shell.openedFile': () => openedFile(),
    // Awaited: a promise on newer Electrons.
    'shell.copy': async ({ text }) => await clipboard.writeText(text),
    'shell.openExternal': ({ place }) => openPlace(place, log),
    'shell.chooseFile': async ({ purpose }) => {
      const path = await chooseFile(purpose, window(), words())
      if (path !== null) onChosen(path)
      return path
    },
  }
}
