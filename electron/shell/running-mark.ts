import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { Log } from '#electron/log.ts'
import type { Trouble } from '#shared/shell.ts'

const markSchema = z.object({
  version: z.string().max(100),
  /** Why the page died, when it did before the program. */
  page: z.string().max(100).nullable(),
})

export interface RunningMark {
  /** How the last run ended out of order, or how the page of this one died; null while all is well. */
  trouble(): Trouble | null
  /** The page died for a reason of Chromium's: the page that comes next explains it. */
  pageGone(reason: string): void
  /** The program ends in order. */
  remove(): void
}

export interface RunningMarkOptions {
  readonly file: string
  /** Its last line tells about when the last run ended; nothing of this run stands in it yet. */
  readonly logFile: string
  readonly version: string
  readonly log: Log
  /** Whether the profile can be written; default true. Where it cannot, that is the trouble. */
  readonly writable?: boolean
}

/**
 * A file that lies in the profile while the program runs: whoever finds it at the start knows that the last run did not
 * end in order. Never throws: a profile that cannot be written only costs the explanation.
 */
export function markRunning({ file, logFile, version, log, writable = true }: RunningMarkOptions): RunningMark {
  let trouble: Trouble | null = writable
    ? lastRun()
    : { what: 'profile', at: new Date().toISOString(), version, reason: null }
  if (!writable) log.warn('app.profileReadOnly')
  else if (trouble)
    log.warn('app.endedOutOfOrder', { at: trouble.at, version: trouble.version, page: trouble.reason ?? '' })
  if (writable) write(null)

  function lastRun(): Trouble | null {
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      return null
    }
    const at = lastSign()
    try {
      const { page, ...mark } = markSchema.parse(JSON.parse(text))
      return { what: page === null ? 'app' : 'page', at, version: mark.version, reason: page }
    } catch {
      // A power cut leaves the file empty; that it lies here says enough.
      return { what: 'app', at, version: '', reason: null }
    }
  }

  function lastSign(): string {
    try {
      return statSync(logFile).mtime.toISOString()
    } catch {
      return new Date().toISOString()
    }
  }

  function write(page: string | null): void {
    try {
      writeFileSync(file, JSON.stringify({ version, page }), { mode: 0o600 })
    } catch {
      log.warn('app.notMarked')
    }
  }

  return {
    trouble: () => trouble,
    pageGone(reason) {
      trouble = { what: 'page', at: new Date().toISOString(), version, reason }
      write(reason)
    },
    remove() {
      try {
        rmSync(file, { force: true })
      } catch {
        log.warn('app.markNotRemoved')
      }
    },
  }
}
