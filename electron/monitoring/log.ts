import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { ExportResult } from '#shared/export.ts'
import en from '#shared/locales/en/log.json'
import es from '#shared/locales/es/log.json'
import type { LogCommand, LogEntry, LogFilter, LogRuns, LogSource, LogState } from '#shared/monitoring-log.ts'
import type { Language } from '#shared/settings.ts'
import { createFollower } from './log/follower.ts'
import { createLogAlarm } from './log/log-alarm.ts'
import { entryText, pythonText } from './log/log-text.ts'
import { scanLog } from './log/scan.ts'
import { filesLimit, inOrder, openSources, shownSource } from './log/sources.ts'

type LogProcedures = Extract<keyof HandlersOf<'monitoring'>, `monitoring.log${string}`>

export interface BackendLogParts {
  /** The file that remembers the source of each connection. */
  readonly file: string
  /** The file of the thread that reads; null reads in this one. */
  readonly workerFile: string | null
  /** The connection in use; null while there is none. */
  readonly profile: () => string | null
  /** Asks a person for the files of the log; null when they change their mind. */
  readonly chooseFiles: () => Promise<readonly string[] | null>
  /** Asks a person for the folder of a compose file whose project has no name; null when they change their mind. */
  readonly chooseFolder: () => Promise<string | null>
  readonly keepFile: (title: string, ending: 'txt', content: string) => Promise<ExportResult>
  readonly language: () => Language
  readonly log: Log
  /** Folders to look for programs in, as `PATH` lists them; for tests. */
  readonly path?: string
}

export interface BackendLog {
  readonly handlers: Pick<HandlersOf<'monitoring'>, LogProcedures>
  onChange(listener: (state: LogState) => void): () => void
  /** Hears of the first bad message after a good time, in words that quote nothing of the log. */
  onNotice(listener: (notice: { readonly title: string; readonly body: string }) => void): () => void
  /** Opens the source that the connection in use remembers, or closes the one that is open. */
  follow(on: boolean): Promise<void>
  /** What the source of the connection in use is called, without folders; null while there is none. */
  source(): LogSource | null
  /** Reads that source once, from beginning to end, as `scanLog` does, run by run. Throws also `LOG_NO_SOURCE`. */
  runs(mark: string, signal: AbortSignal): Promise<LogRuns>
  /** The newest entries of the log that is followed, the latest last, as text; null while none is. */
  newest(count: number): Promise<readonly string[] | null>
  close(): Promise<void>
}

const words: Readonly<Record<Language, typeof es>> = { es, en }
/** Rows of an exported text, the newest ones. */
const exportedRows = 20_000
const pageRows = 200

/** The log of the clinic's backend: where it comes from, what it says, and what is new in it. */
export function createBackendLog(parts: BackendLogParts): BackendLog {
  const { workerFile, log, path } = parts
  const sources = openSources({ file: parts.file, log })
  const listeners = new Set<(state: LogState) => void>()
  const notices = new Set<(notice: { title: string; body: string }) => void>()
  const alarm = createLogAlarm()
  const follower = createFollower({ workerFile, path, onChange: tell })

  function tell(state: LogState): void {
    for (const listener of listeners) listener(state)
    const group = alarm(state)
    if (!group) return
    const { notice, cause } = words[parts.language()]
    for (const listener of notices)
      listener({ title: notice.title, body: notice.body.replace('{{cause}}', cause[group.cause]) })
  }

  function profile(): string {
    const id = parts.profile()
    if (id === null) throw new AppError('NOT_CONNECTED')
    return id
  }

  async function take(id: string, source: Parameters<typeof sources.remember>[1]): Promise<LogState> {
    // The connection may have changed while a dialog was open.
    if (id !== parts.profile()) throw new AppError('NOT_CONNECTED')
    if (source === null) await follower.close()
    else await follower.open(source)
    log.info('log.source', { kind: source?.kind ?? 'none' })
    await sources.remember(id, source)
    const state = await follower.state()
    tell(state)
    return state
  }

  function chosen(): LogSource | null {
    const id = parts.profile()
    return id === null ? null : sources.of(id)
  }

  /** The newest rows of a list. */
  async function entries(filter: LogFilter, count: number): Promise<LogEntry[]> {
    const { total } = await follower.page(filter, 0, 1)
    const found: LogEntry[] = []
    for (let from = Math.max(0, total - count); from < total; from += pageRows) {
      const page = await follower.page(filter, from, Math.min(pageRows, total - from))
      found.push(...page.entries)
      if (page.entries.length === 0) break
    }
    return found
  }

  /** Without a project's name, docker compose knows the backend by the folder it is asked in. */
  async function follow(command: LogCommand): Promise<LogState> {
    const id = profile()
    if (command.kind !== 'compose' || command.project !== null) return take(id, command)
    const folder = await parts.chooseFolder()
    return folder === null ? follower.state() : take(id, { ...command, folder })
  }

  return {
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onNotice(listener) {
      notices.add(listener)
      return () => notices.delete(listener)
    },
    async follow(on) {
      const id = parts.profile()
      const source = on && id !== null ? sources.of(id) : null
      if (source === null) await follower.close()
      else if (JSON.stringify(source) !== JSON.stringify(follower.source())) await follower.open(source)
    },
    source() {
      const source = chosen()
      return source && shownSource(source)
    },
    async runs(mark, signal) {
      const source = chosen()
      if (!source) throw new AppError('LOG_NO_SOURCE')
      const { runs } = await scanLog(source, { workerFile, mark, signal, ...(path !== undefined && { path }) })
      if (runs === null) throw new AppError('INTERNAL')
      return runs
    },
    async newest(count) {
      if (!follower.source()) return null
      return (await entries({ show: 'all', group: null, text: '' }, count)).map(pythonText)
    },
    close: () => follower.close(),
    handlers: {
      'monitoring.logState': () => follower.state(),
      'monitoring.logChooseFiles': async () => {
        const id = profile()
        const chosen = await parts.chooseFiles()
        if (!chosen || chosen.length === 0) return follower.state()
        return take(id, { kind: 'files', paths: inOrder(chosen.slice(0, filesLimit)) })
      },
      'monitoring.logFollow': follow,
      'monitoring.logForget': () => take(profile(), null),
      'monitoring.logPage': ({ filter, from, count }) => follower.page(filter, from, count),
      'monitoring.logNext': async ({ filter, row, backwards }) => ({
        row: await follower.next(filter, row, backwards),
      }),
      'monitoring.logExport': async ({ filter }) => {
        if (!follower.source()) throw new AppError('LOG_NO_SOURCE')
        const { title, warning } = words[parts.language()].export
        const lines = [`# ${warning}`, ...(await entries(filter, exportedRows)).map(entryText)]
        return parts.keepFile(title, 'txt', `${lines.join('\n')}\n`)
      },
    },
  }
}
