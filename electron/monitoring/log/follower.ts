import type { LogFilter, LogPage, LogSource, LogState } from '#shared/monitoring-log.ts'
import type { EngineState } from './engine.ts'
import { argumentsOf, findProgram, programOf, type Running, run } from './program.ts'
import { shownSource } from './sources.ts'
import { createTally } from './tally.ts'
import { startThread, type Thread } from './thread.ts'

/** The one log that is open, followed until it is closed. */
export interface Follower {
  open(source: LogSource): Promise<void>
  source(): LogSource | null
  state(): Promise<LogState>
  page(filter: LogFilter, from: number, count: number): Promise<LogPage>
  next(filter: LogFilter, row: number, backwards: boolean): Promise<number | null>
  /** Ends the program and the thread. */
  close(): Promise<void>
}

interface FollowerParts {
  readonly workerFile: string | null
  /** Folders to look for programs in, as `PATH` lists them. */
  readonly path?: string | undefined
  readonly onChange: (state: LogState) => void
}

/** Milliseconds before a program that ended is started again: doubled each time, until it ran for a while. */
const restart = { first: 1_000, most: 30_000, settled: 60_000 } as const
const noPage: LogPage = { from: 0, entries: [], total: 0, searched: 1, capped: false }

/** What is known while no source is open. */
export const noLog: LogState = {
  ...createTally().summary(),
  ...{ source: null, status: 'none', size: null, firstEntry: 0, nextEntry: 0, problems: 0 },
}

/** Follows one source at a time; what is opened or closed later wins. */
export function createFollower({ workerFile, path, onChange }: FollowerParts): Follower {
  let current: LogSource | null = null
  let thread: Thread | null = null
  let running: Running | null = null
  let timer: NodeJS.Timeout | null = null
  let turn = 0

  async function release(): Promise<void> {
    turn += 1
    current = null
    if (timer) clearTimeout(timer)
    timer = null
    running?.stop()
    running = null
    const leaving = thread
    thread = null
    await leaving?.stop()
  }

  async function open(source: LogSource): Promise<void> {
    await release()
    const mine = turn
    current = source
    const started = startThread(workerFile, (state) => {
      if (mine === turn) onChange(named(state, source))
    })
    thread = started
    await started.ask({ ask: 'open', paths: source.kind === 'files' ? source.paths : null, follow: true })
    if (source.kind !== 'files' && mine === turn) follow(source, started, mine, restart.first, null)
  }

  function follow(
    command: Exclude<LogSource, { kind: 'files' }>,
    into: Thread,
    mine: number,
    wait: number,
    since: number | null,
  ): void {
    const become = (status: 'following' | 'stopped' | 'programMissing') =>
      void into.ask({ ask: 'become', status }).catch(() => undefined)
    const again = (delay: number, from: number | null) => {
      timer = setTimeout(() => follow(command, into, mine, Math.min(restart.most, delay * 2), from), delay)
    }
    const file = findProgram(programOf(command), path)
    if (file === null) {
      become('programMissing')
      again(restart.most, since)
      return
    }
    become('following')
    const startedAt = Date.now()
    running = run({
      file,
      arguments: argumentsOf(command, true, since),
      folder: command.folder,
      take: async (piece) => void (await into.ask({ ask: 'take', piece })),
      ended: () => {
        if (mine !== turn) return
        become('stopped')
        const settled = Date.now() - startedAt > restart.settled
        again(settled ? restart.first : wait, Math.floor(Date.now() / 1000))
      },
    })
  }

  return {
    open,
    source: () => current,
    async state() {
      const source = current
      const state = await thread?.ask({ ask: 'state' })
      return state && source ? named(state, source) : noLog
    },
    page: async (filter, from, count) => (await thread?.ask({ ask: 'page', filter, from, count })) ?? noPage,
    next: async (filter, row, backwards) => (await thread?.ask({ ask: 'next', filter, row, backwards })) ?? null,
    close: release,
  }
}

function named(state: EngineState, source: LogSource): LogState {
  return { ...state, source: shownSource(source) }
}
