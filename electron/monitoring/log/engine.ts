import type { LogFilter, LogPage, LogScan, LogStatus, LogSummary } from '#shared/monitoring-log.ts'
import { type Backing, createFileBacking, createMemoryBacking, type MemoryBacking } from './backing.ts'
import { createEntryIndex } from './entry-index.ts'
import { createFiles, type Files } from './files.ts'
import { createIntake } from './intake.ts'
import { createScanner } from './scanner.ts'
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
  /** Nothing more will come: the last line counts although it has no end. */
  finish(): void
  close(): void
}

export interface EngineOptions {
  /** Files to read, the oldest first; null for a program's output. */
  readonly paths: readonly string[] | null
  readonly now?: () => number
}

/** Milliseconds after which a line without an end is taken as it is. */
const patience = 2_000

/** Opens a log. Failures to read are states, never thrown. */
export function createEngine({ paths, now = Date.now }: EngineOptions): Engine {
  const tally = createTally(now)
  const index = createEntryIndex()
  let live = paths === null
  let status: LogStatus = paths === null ? 'following' : 'reading'
  let lastByte = now()
  const scanner = createScanner({ tally, index, arrival: () => (live ? Math.floor(now() / 1000) : null) })
  const intake = createIntake(scanner, (bytes) => {
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
    },
    close() {
      files?.close()
      backing.close()
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
