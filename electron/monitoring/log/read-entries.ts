import type { LogEntry } from '#shared/monitoring-log.ts'
import { classify, refine, type Verdict } from './classify.ts'
import { decodeLine } from './decode.ts'
import { isPrefixed, parseHeader, type Stripped, stripPrefix } from './header.ts'
import { createSplitter, traceback } from './splitter.ts'
import type { ViewParts } from './views.ts'

/** What is shown of one line, and of the lines of one entry. */
const lineLimit = 4_000
const restLimit = 120
/** How far an entry is looked for: 512 entries of a few kilobytes each. */
const windowBytes = 256 * 1024
/** Enough for most entries, where it is known to the byte where one begins. */
const glanceBytes = 16 * 1024
const windows = 16

/** An entry as it is shown, and where its first byte stands. */
export interface PlacedEntry {
  readonly shown: LogEntry
  readonly position: number
}

interface Building {
  readonly entry: number
  readonly position: number
  readonly head: Stripped
  readonly rest: string[]
  cut: boolean
}

/**
 * Reads `count` entries again, from entry number `from` on; fewer when they are gone. `at` is where that entry begins,
 * where that is known: a problem's place always is.
 */
export function readEntries(
  { index, backing, encoding, end }: Omit<ViewParts, 'tally'>,
  from: number,
  count: number,
  at: number | null = null,
): PlacedEntry[] {
  const problem = index.problem(index.problemAt(from))
  const exact = at ?? (problem?.entry === from ? problem.position : null)
  const known = exact === null ? index.before(from) : { entry: from, position: exact }
  const splitter = createSplitter()
  const found: PlacedEntry[] = []
  let size = exact !== null && count < 4 ? glanceBytes : windowBytes
  const unit = encoding() === 'utf16' ? 2 : 1
  let entry = known.entry - 1
  let position = known.position
  let building: Building | null = null
  let prefixed: boolean | null = null

  function finish(): void {
    if (building && building.entry >= from && found.length < count)
      found.push({ shown: shown(building), position: building.position })
    building = null
  }

  function line(bytes: Buffer, place: number, tooLong: boolean): void {
    const raw = decodeLine(bytes, encoding())
    const stripped = prefixed ? stripPrefix(raw) : { line: raw, time: null }
    if (!splitter.opens(stripped.line) && building) {
      if (building.rest.length < restLimit) building.rest.push(stripped.line.slice(0, lineLimit))
      building.cut ||= tooLong || building.rest.length >= restLimit
      return
    }
    finish()
    entry += 1
    splitter.opened(parseHeader(stripped).level)
    building = {
      entry,
      position: place,
      head: { ...stripped, line: stripped.line.slice(0, lineLimit) },
      rest: [],
      cut: tooLong,
    }
  }

  for (let round = 0; round < windows && found.length < count && position < end(); round += 1) {
    const bytes = backing.read(position, size)
    if (bytes.length === 0) break
    prefixed ??= isPrefixed(bytes.toString('latin1', 0, 8192).split('\n').slice(0, 40).filter(Boolean))
    const start = position
    const used = eachLine(bytes, unit, (from, to) => {
      line(bytes.subarray(from, Math.min(to, from + lineLimit * 4)), start + from, to - from > lineLimit * 4)
      return found.length < count
    })
    if (used === 0 && bytes.length === glanceBytes) {
      // More than a glance can hold: the line is looked at again in a whole window.
      size = windowBytes
    } else if (used === 0) {
      // A line without an end: at the end of the log, or longer than a window.
      line(bytes.subarray(0, lineLimit * 4), start, bytes.length > lineLimit * 4)
      position = afterLine(backing, position + bytes.length, unit)
    } else position += used
  }
  finish()
  return found
}

/** Where the line ends that goes on at `position`; far away when it does not. */
function afterLine(backing: ViewParts['backing'], position: number, unit: number): number {
  for (let at = position; ; ) {
    const bytes = backing.read(at, windowBytes)
    if (bytes.length === 0) return Number.POSITIVE_INFINITY
    const eol = bytes.indexOf(10)
    if (eol !== -1) return at + eol + unit
    at += bytes.length
  }
}

/** Calls `each` with the bounds of every whole line until it says no; returns how many bytes were used. */
function eachLine(bytes: Buffer, unit: number, each: (from: number, to: number) => boolean): number {
  let at = 0
  while (at < bytes.length) {
    if (bytes[at] === 0 && unit === 1) {
      at += 1
      continue
    }
    let eol = bytes.indexOf(10, at)
    // The line's end of UTF-16 is two bytes, and the first of them can also be half of another letter.
    while (unit === 2 && eol !== -1 && (eol % 2 === 1 || bytes[eol + 1] !== 0)) eol = bytes.indexOf(10, eol + 1)
    if (eol === -1) break
    const more = each(at, eol)
    at = eol + unit
    if (!more) break
  }
  return at
}

function shown({ entry, head, rest, cut }: Building): LogEntry {
  const header = parseHeader(head)
  let verdict: Verdict | null = head.line.startsWith(traceback)
    ? { cause: 'exception', detail: '', level: 'error' }
    : classify(header)
  for (const line of rest) {
    const known = verdict?.cause
    if (known !== undefined && known !== 'error' && known !== 'warning' && known !== 'exception') break
    const found = refine(line)
    if (found && (verdict !== null || found.cause !== 'exception')) verdict = found
  }
  return {
    entry,
    time: header.time,
    // uvicorn calls a request that failed information.
    level: verdict?.cause === 'serverError' ? verdict.level : (header.level ?? verdict?.level ?? null),
    logger: header.logger,
    cause: verdict?.cause ?? null,
    message: header.message,
    rest,
    cut,
  }
}
