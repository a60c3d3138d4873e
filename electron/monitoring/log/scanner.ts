import { accessStatus, classify, refine, signOf, type Verdict } from './classify.ts'
import { clean } from './decode.ts'
import type { EntryIndex } from './entry-index.ts'
import { isPrefixed, parseHeader, type Stripped, stripPrefix } from './header.ts'
import { createSplitter, traceback } from './splitter.ts'
import type { Tally } from './tally.ts'

export interface Scanner {
  /**
   * Takes whole lines, one byte for each character, up to `end`, where the last line's end stands. `position` is where
   * the first byte stands, `unit` how many bytes of the log one byte here stands for.
   */
  feed(bytes: Buffer, end: number, position: number, unit: number): void
  /** What comes next is another file: it belongs to nothing before it, and can have another format. */
  reset(): void
}

export interface ScannerParts {
  readonly tally: Tally
  readonly index: EntryIndex
  /** Seconds since the epoch for lines without a time; null while what is read was there before. */
  readonly arrival: () => number | null
}

const newline = 10

/** The most of a line that is looked at. */
const lineLimit = 4096
/** A level stands within the first letters of its line, or nowhere. */
const headLimit = 120
const specific = (cause: string) => cause !== 'error' && cause !== 'warning' && cause !== 'exception'

/** Reads a log once, fast: counts its problems and finds where its entries begin. */
export function createScanner({ tally, index, arrival }: ScannerParts): Scanner {
  const splitter = createSplitter()
  let prefixed: boolean | null = null
  /** Where the last dated line had its level: the lines of one logger look the same. */
  let calmOffset = 0
  let current: { entry: number; position: number; time: number | null; cause: Verdict['cause'] | null; group: number } =
    {
      ...{ entry: 0, position: 0, time: null, cause: null, group: -1 },
    }

  function strip(raw: string): Stripped {
    return prefixed ? stripPrefix(raw) : { line: clean(raw), time: null }
  }

  /** Looks at one line as closely as a person would. */
  function look(raw: string, position: number): void {
    const stripped = strip(raw)
    const { line } = stripped
    if (!splitter.opens(line)) {
      more(line)
      return
    }
    const header = parseHeader(stripped)
    const time = header.time ?? arrival()
    if (time !== null) tally.seen(time)
    current = { entry: index.add(position), position, time, cause: null, group: -1 }
    splitter.opened(header.level)
    const sign = header.level === null || header.level === 'info' ? signOf(header.message) : null
    if (sign) tally.sign(sign, time)
    const status = header.message.includes('" ') ? accessStatus(header.message) : null
    if (status !== null) tally.requests(1, status >= 500 ? 1 : 0)
    const verdict: Verdict | null = line.startsWith(traceback)
      ? { cause: 'exception', detail: '', level: 'error' }
      : classify(header)
    if (verdict) record(verdict)
  }

  function record(verdict: Verdict): void {
    const { entry, position, time } = current
    current.cause = verdict.cause
    current.group = tally.problem(verdict, time)
    index.addProblem({ entry, position, group: current.group, serious: verdict.level !== 'warning' })
  }

  function more(line: string): void {
    if (index.next() === index.first() || (current.cause !== null && specific(current.cause))) return
    const verdict = refine(line)
    if (!verdict) return
    if (current.cause === null) {
      // An entry that says nothing is a problem only for a cause that is known by name.
      if (specific(verdict.cause) || splitter.inTraceback()) record(verdict)
      return
    }
    current.cause = verdict.cause
    current.group = tally.change(current.group, verdict, current.time)
    index.changeLast(current.group)
  }

  return {
    reset() {
      prefixed = null
      splitter.reset()
    },
    feed(bytes, end, position, unit) {
      prefixed ??= isPrefixed(bytes.toString('latin1', 0, Math.min(end, 8192)).split('\n').slice(0, 40).filter(Boolean))
      // Counted in plain numbers: what is stored for each line would cost more than to read it.
      let requests = 0
      let plain = 0
      let begun = 0
      let untilMark = index.untilMark()
      for (let at = 0; at < end; ) {
        // A file that was emptied under its writer begins with a hole.
        if (bytes[at] === 0) {
          at += 1
          continue
        }
        const eol = bytes.indexOf(newline, at)
        const close = prefixed || splitter.inTraceback() || (bytes[at] ?? 0) <= space
        const status = close ? 0 : statusAtEnd(bytes, at, eol)
        if (status !== 0 ? status !== 5 : !close && isCalm(bytes, at, eol)) {
          if (plain === untilMark) {
            index.skip(plain, position + begun * unit)
            index.mark(position + at * unit)
            plain = 0
            untilMark = index.untilMark()
          }
          plain += 1
          begun = at
          if (status !== 0) requests += 1
        } else {
          if (plain > 0) pass(plain, position + begun * unit, requests)
          plain = 0
          requests = 0
          look(bytes.toString('latin1', at, Math.min(eol, at + lineLimit)), position + at * unit)
          untilMark = index.untilMark()
        }
        at = eol + 1
      }
      if (plain > 0) pass(plain, position + begun * unit, requests)
      lastTime(bytes, end)
    },
  }

  /** Takes lines that each are an entry and no problem; the last of them began at `position`. */
  function pass(plain: number, position: number, requests: number): void {
    index.skip(plain, position)
    splitter.plain()
    current = { entry: index.next() - 1, position, time: null, cause: null, group: -1 }
    if (requests > 0) tally.requests(requests, 0)
  }

  /** Whether a line says at its head that it is only information, and nothing that matters; the rest is looked at. */
  function isCalm(bytes: Buffer, at: number, eol: number): boolean {
    if (isCalmAt(bytes, at)) return !maySign(bytes, at, eol)
    if (calmOffset > 0 && at + calmOffset < eol && isCalmAt(bytes, at + calmOffset)) {
      return !maySign(bytes, at + calmOffset, eol)
    }
    const first = bytes[at] ?? 0
    // Only after a time, or the bracket before it, can a level stand further in.
    if ((first < 48 || first > 57) && first !== 91) return false
    const head = bytes.toString('latin1', at, Math.min(eol, at + headLimit))
    const found = /\b(?:INFO|DEBUG)\b/.exec(head)
    const { level } = parseHeader({ line: head, time: null })
    if (!found || (level !== 'info' && level !== 'debug')) return false
    calmOffset = found.index
    return !maySign(bytes, at + calmOffset, eol)
  }

  /** The first and the last line of a stretch say from when to when the log goes, also where nothing was a problem. */
  function lastTime(bytes: Buffer, end: number): void {
    for (const from of [0, Math.max(0, bytes.lastIndexOf(newline, Math.max(0, end - 2)) + 1)]) {
      const eol = Math.min(bytes.indexOf(newline, from), from + headLimit)
      const { time } = parseHeader(strip(bytes.toString('latin1', from, eol)))
      if (time !== null) tally.seen(time)
    }
  }
}

/** `INFO` or `DEBUG`, and no more letters. */
function isCalmAt(bytes: Buffer, at: number): boolean {
  if (bytes[at] === 73) {
    return bytes[at + 1] === 78 && bytes[at + 2] === 70 && bytes[at + 3] === 79 && !isLetter(bytes[at + 4] ?? 0)
  }
  return bytes[at] === 68 && bytes.toString('latin1', at, at + 5) === 'DEBUG' && !isLetter(bytes[at + 5] ?? 0)
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95
}

/** Whether a message at INFO may be one that matters (`signOf`): `Started …`, `… initialized successfully`. */
function maySign(bytes: Buffer, from: number, eol: number): boolean {
  for (let at = from; at < eol - 5; at += 1) {
    const code = bytes[at]
    if (code === 83 && bytes[at + 1] === 116 && bytes[at + 2] === 97 && bytes[at + 6] === 100) return true
    if (code === 122 && bytes[at + 1] === 101 && bytes[at + 3] === space && bytes[at + 4] === 115) return true
  }
  return false
}

const quote = 34
const space = 32

/** The first digit of the status that closes a line of an access log; 0 when it is none. */
function statusAtEnd(bytes: Buffer, start: number, eol: number): number {
  let last = eol - 1
  if (bytes[last] === 13) last -= 1
  // `" 200 OK`, by far the most frequent.
  if (bytes[last] === 75 && bytes[last - 6] === space && bytes[last - 7] === quote) return 2
  if (bytes[last] === quote) {
    const status = accessStatus(bytes.toString('latin1', start, Math.min(eol, start + lineLimit)))
    return status === null ? 0 : Math.floor(status / 100)
  }
  const limit = Math.max(start, last - 40)
  let at = last
  while (at > limit && bytes[at] !== quote) at -= 1
  if (at <= limit || bytes[at + 1] !== space) return 0
  const digit = (bytes[at + 2] ?? 0) - 48
  const second = (bytes[at + 3] ?? 0) - 48
  return digit >= 1 && digit <= 5 && second >= 0 && second <= 9 ? digit : 0
}
