import type { LogFilter, LogPage, LogRuns, LogScan, LogStatus, LogSummary } from '#shared/monitoring-log.ts'
import { type Backing, createFileBacking, createMemoryBacking, type MemoryBacking } from './backing.ts'
import { createEntryIndex } from './entry-index.ts'
import { createFiles, type Files } from './files.ts'
import { createIntake } from './intake.ts'
import { createRuns } from './runs.ts'
import { createScanner, type Scanner } from './scanner.ts'
import { createTally } from './tally.ts'
import { createViews } from './views.ts'

/** What the engine knows of its log; the name of the source is somebody else's business. */
export interface EngineState extends LogSummary {
  readonly status: LogStatus
  readonly size: number | null
  readonly firstEntry: number
  readonly nextEntry: number
  readonly problems: number
}

/** One log, read and followed. Everything here is synchronous and belongs off the main thread. */
export interface Engine {
  /** Reads on; whether there is more to read at once. */
  step(): boolean
  /** Takes a piece of a program's output. */
  take(piece: Buffer): void
  /** The program that writes it started, ended, or is not there. */
  become(status: LogStatus): void
  state(): EngineState
  page(filter: LogFilter, from: number, count: number): LogPage
  /** The row of the next problem after `row` (or before it), null when there is none. */
  nextProblem(filter: LogFilter, row: number, backwards: boolean): number | null
  /** Goes on with a search that was begun by `page`; whether there is more to do. */
  search(): boolean
  /** Nothing more will come: the last line counts although it has no end. The runs, where a mark was given. */
  finish(): LogRuns | null
  close(): void
}

export interface EngineOptions {
  /** Files to read, the oldest first; null for a program's output. */
  readonly paths: readonly string[] | null
  /** Part of a path that a check asked for: the log is also counted run by run, and searched for it. */
  readonly mark?: string | undefined
  readonly now?: () => number
}

/** Milliseconds after which a line without an end is taken as it is. */
const patience = 2_000

/** Opens a log. Failures to read are states, never thrown. */
export function createEngine({ paths, mark, now = Date.now }: EngineOptions): Engine {
  const tally = createTally(now)
  const index = createEntryIndex()
  let live = paths === null
  let status: LogStatus = paths === null ? 'following' : 'reading'
  let lastByte = now()
  const scanner = createScanner({ tally, index, arrival: () => (live ? Math.floor(now() / 1000) : null) })
  const runs = mark === undefined ? null : createRuns(mark)
  const intake = createIntake(runs === null ? scanner : both(scanner, runs.add), (bytes) => {
    lastByte = now()
    tally.read(bytes, index.next())
  })
  const { backing, files, memory } = openBacking()
  const views = createViews({ index, backing, tally, encoding: intake.encoding, end: intake.position })

  function openBacking(): { backing: Backing; files: Files | null; memory: MemoryBacking | null } {
    if (paths === null) {
      const memory = createMemoryBacking()
      return { backing: memory, files: null, memory }
    }
    const backing = createFileBacking()
    const forget = (position: number) => index.forget(position)
    return { backing, files: createFiles({ paths, intake, backing, forget }), memory: null }
  }

  function settle(): void {
    if (intake.partial() && now() - lastByte >= patience) intake.flush()
  }

  return {
    step() {
      if (!files) {
        settle()
        return false
      }
      status = files.step()
      // What comes once the end has been reached comes now.
      if (status === 'following') live = true
      if (status !== 'reading') settle()
      tally.read(0, index.next())
      return status === 'reading'
    },
    take(piece) {
      for (let at = 0; at < piece.length; ) {
        const bytes = piece.copy(intake.room(), 0, at)
        at += bytes
        const kept = memory?.keep(piece.subarray(at - bytes, at)) ?? 0
        intake.commit(bytes)
        index.forget(kept)
      }
      tally.read(0, index.next())
    },
    become(next) {
      if (next === 'stopped' || next === 'gone') intake.flush()
      status = next
    },
    state: () => ({
      ...tally.summary(),
      status,
      size: files?.size() ?? null,
      firstEntry: index.first(),
      nextEntry: index.next(),
      problems: index.problems(),
    }),
    page: views.page,
    nextProblem: views.nextProblem,
    search: views.search,
    finish() {
      intake.flush()
      tally.read(0, index.next())
      return runs?.end() ?? null
    },
    close() {
      files?.close()
      backing.close()
    },
  }
}

/** Hands what the scanner is shown to a counter of lines too. */
function both(scanner: Scanner, add: (lines: readonly string[]) => void): Scanner {
  return {
    reset: scanner.reset,
    feed(bytes, end, position, unit) {
      scanner.feed(bytes, end, position, unit)
      const lines = bytes.toString('latin1', 0, end).split('\n')
      lines.pop()
      add(lines)
    },
  }
}

/** What a finished reading says, with good and bad counted since the latest start. */
export function scanOf(state: LogSummary): LogScan {
  const { groups, starts, latestStart, reloader, poolReady, requests, read, minutes } = state
  return {
    ...{ groups, starts, latestStart, reloader, poolReady, requests, read, minutes },
    good: poolReady,
    bad: groups.reduce((sum, group) => sum + group.sinceStart, 0),
  }
}
