import { type BrowserWindow, clipboard } from 'electron'
import type { HandlersOf } from '#shared/contract.ts'
import { about } from './about.ts'
import { chooseFile } from './dialogs.ts'
import { openPlace } from './external.ts'
import type { LogFile } from './log-file.ts'
import type { ShellWords } from './words.ts'

export interface ShellOptions {
  readonly window: () => BrowserWindow | null
  readonly words: () => ShellWords
  readonly log: LogFile
}

/** What the page may ask of the desktop: versions, the clipboard, a listed place outside, the choice of a file. */
export function createShell({ window, words, log }: ShellOptions): HandlersOf<'shell'> {
  return {
    'shell.about': () => about(log.file),
    // Awaited: a promise on newer Electrons.
    'shell.copy': async ({ text }) => await clipboard.writeText(text),
    'shell.openExternal': ({ place }) => openPlace(place, log),
    'shell.chooseFile': ({ purpose }) => chooseFile(purpose, window(), words()),
  }
}
