import type { BrowserWindow } from 'electron'
import type { BackendPlace } from '#shared/deployment.ts'
import type { Settings } from '#shared/settings.ts'
import type { Command } from '#shared/shell.ts'
import { about } from './about.ts'
import { chooseBackendPlace, chooseBackupPlace, chooseLogFiles, offerReload, showAbout } from './dialogs.ts'
import { choosePlace, printPage } from './export.ts'
import type { LogFile } from './log-file.ts'
import { showMenu } from './menu.ts'
import { type Notice, notify } from './notify.ts'
import { writePlace } from './place.ts'
import { applyAppearance, focus, openWindow } from './window.ts'
import { type ShellWords, shellWords } from './words.ts'

export interface ScreenParts {
  readonly settings: () => Settings
  /** The file that remembers where the window was. */
  readonly placeFile: string
  /** The bundle's preload script. */
  readonly preload: string
  readonly log: LogFile
  /** The page died, and why. */
  readonly onPageGone: (reason: string) => void
}

/** What a person sees of the app beside its page: the window, the menu, dialogs and notices. */
export interface Screen {
  /** Null before it was opened and after it was closed. */
  window(): BrowserWindow | null
  words(): ShellWords
  open(): void
  focus(): void
  notify(notice: Notice): void
  /** Dresses window and menu as the settings say; `working` is whether somebody is logged in. */
  dress(working: boolean, send: (command: Command) => void): void
  choosePlace(question: Parameters<typeof choosePlace>[1]): ReturnType<typeof choosePlace>
  print(...page: Tail<Parameters<typeof printPage>>): ReturnType<typeof printPage>
  chooseBackendPlace(place: BackendPlace): Promise<string | null>
  chooseComposeFolder(): Promise<string | null>
  chooseBackupPlace(what: 'backupFolder' | 'backupFile'): Promise<string | null>
  chooseLogFiles(): Promise<readonly string[] | null>
  /** Resolves when nothing of it is being written any more. */
  settled(): Promise<void>
}

type Tail<List extends readonly unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never

/** Everything native, over the one window that there is, in the language of the moment. */
export function createScreen({ settings, placeFile, preload, log, onPageGone }: ScreenParts): Screen {
  let window: BrowserWindow | null = null
  let placed = Promise.resolve()
  const words = () => shellWords(settings().language)
  const front = () => focus(window)
  return {
    window: () => window,
    words,
    open() {
      window = openWindow({
        ...{ title: words().window.title, placeFile, preload, log },
        onPlace(place) {
          placed = writePlace(placeFile, place)
        },
        onCrash(crashed, reason) {
          onPageGone(reason)
          void offerReload(crashed, words())
        },
        onClosed: () => {
          window = null
        },
      })
    },
    focus: front,
    notify: (notice) => notify(notice, front),
    dress(working, send) {
      applyAppearance(settings().appearance, window)
      showMenu({
        ...{ words: words(), send, working, log },
        about: () => void showAbout(window, words(), about(log.file)),
      })
    },
    choosePlace: (question) => choosePlace(window, question),
    print: (...page) => printPage(window, ...page),
    chooseBackendPlace: (place) => chooseBackendPlace(place, window, words()),
    chooseComposeFolder: () => chooseBackendPlace('composeFolder', window, words()),
    chooseBackupPlace: (what) => chooseBackupPlace(what, window, words()),
    chooseLogFiles: () => chooseLogFiles(window, words()),
    settled: () => placed,
  }
}
