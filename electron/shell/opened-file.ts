import { basename } from 'node:path'
import { app } from 'electron'
import type { OpenedFile } from '#shared/shell.ts'
import { fileArgument } from './file-argument.ts'

/** A backup that somebody opened with the system, waiting for whoever may look into it. A newer one takes its place. */
export interface OpenedFiles {
  waiting(): OpenedFile | null
  /** Hands the path out once. */
  take(): string | null
  onChange(listener: (waiting: OpenedFile | null) => void): void
}

/**
 * Hears of files that a person opened by a double click: as an argument of this start or of a second one, and as macOS
 * says it. Must begin before Electron is ready: macOS speaks early. The path never goes to the page.
 */
export function watchOpenedFiles(): OpenedFiles {
  let path = fileArgument(process.argv.slice(1), process.cwd())
  let listener: (waiting: OpenedFile | null) => void = () => {}
  const waiting = () => (path === null ? null : { name: basename(path) })
  const become = (now: string | null) => {
    path = now
    listener(waiting())
  }
  const offer = (found: string | null) => {
    if (found !== null) become(found)
  }
  app.on('second-instance', (_event, words, folder) => offer(fileArgument(words.slice(1), folder)))
  app.on('open-file', (event, file) => {
    event.preventDefault()
    offer(fileArgument([file], '/'))
  })
  return {
    waiting,
    take() {
      const taken = path
      if (taken !== null) become(null)
      return taken
    },
    onChange(hear) {
      listener = hear
    },
  }
}
