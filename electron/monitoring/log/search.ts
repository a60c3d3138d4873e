import { decodeLine } from './decode.ts'
import { type PlacedEntry, readEntries } from './read-entries.ts'
import type { ViewParts } from './views.ts'

/** A find: the entry, and where its first byte stands. */
export interface Found {
  readonly entry: number
  readonly position: number
}

/** A search that goes on in small steps while the log grows. */
export interface Search {
  readonly key: string
  /** Entries that contain the text, oldest first; at most the last five thousand. */
  found(): readonly Found[]
  /** Share of the log that has been looked at. */
  share(): number
  capped(): boolean
  /** Looks further; whether there is more to do now. */
  step(): boolean
}

const foundLimit = 5_000
const stepMilliseconds = 25
const stretchLimit = 8 * 1024 * 1024

/**
 * Searches for `text` without regard to case. With `problems` only among those entries, else in everything: newest
 * first, because that is what a person asks for, and on through what is written meanwhile.
 */
export function createSearch(
  key: string,
  text: string,
  problems: (() => readonly number[]) | null,
  parts: ViewParts,
): Search {
  const { index, backing, encoding, end } = parts
  const needle = text.toLowerCase()
  const first = () => (problems ? (problems()[0] ?? index.next()) : index.first())
  const start = index.next()
  let older = start
  let newer = start
  let before: Found[] = []
  let after: Found[] = []

  function contains({ shown: { message, logger, rest } }: PlacedEntry): boolean {
    return [message, logger, ...rest].some((line) => line.toLowerCase().includes(needle))
  }

  /**
   * The entries of one stretch that match, from `from` up to `to`. A stretch without the text, or without a problem
   * where only problems are asked for, is passed over whole.
   */
  function among(from: number, to: number): Found[] {
    const wanted = problems && between(problems(), from, to)
    if (wanted?.size === 0) return []
    const { position, end: stretchEnd } = index.stretch(from)
    const length = Math.min(stretchEnd, end()) - position
    if (length > 0 && length <= stretchLimit && encoding() === 'bytes' && !mayContain(whole(position, length))) {
      return []
    }
    return readEntries(parts, from, to - from)
      .filter((read) => (wanted?.has(read.shown.entry) ?? true) && contains(read))
      .map(({ shown, position: at }) => ({ entry: shown.entry, position: at }))
  }

  /** A stretch can begin in one file and end in the next. */
  function whole(position: number, length: number): Buffer {
    const pieces: Buffer[] = []
    for (let read = 0; read < length; ) {
      const piece = backing.read(position + read, length - read)
      if (piece.length === 0) break
      pieces.push(piece)
      read += piece.length
    }
    return Buffer.concat(pieces)
  }

  function mayContain(bytes: Buffer): boolean {
    const plain = bytes.toString('latin1').toLowerCase()
    // What is not ASCII has more than one spelling in bytes: those texts are compared decoded.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them.
    return /^[\u0000-\u007f]*$/.test(needle)
      ? plain.includes(needle)
      : decodeLine(bytes, 'bytes').toLowerCase().includes(needle)
  }

  function step(): boolean {
    const until = performance.now() + stepMilliseconds
    while (performance.now() < until) {
      if (newer < index.next()) {
        const to = Math.min(index.next(), boundary(newer) + stretchEntries)
        after.push(...among(newer, to))
        newer = to
        if (after.length > foundLimit) after = after.slice(-foundLimit)
      } else if (older > first() && before.length + after.length < foundLimit) {
        const from = Math.max(first(), boundary(older - 1))
        before = [...among(from, older), ...before]
        older = from
      } else return false
    }
    return true
  }

  return {
    key,
    found: () => [...before, ...after].filter(({ entry }) => entry >= index.first()).slice(-foundLimit),
    share() {
      const all = newer - first()
      return all <= 0 || older <= first() ? 1 : Math.max(0, (newer - older) / Math.max(all, index.next() - first()))
    },
    capped: () => before.length + after.length >= foundLimit,
    step,
  }
}

const stretchEntries = 512

/** Those of a rising list that lie from `from` up to `to`. */
function between(list: readonly number[], from: number, to: number): ReadonlySet<number> {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  const found = new Set<number>()
  for (let at = low; at < list.length && (list[at] ?? 0) < to; at += 1) found.add(list[at] ?? 0)
  return found
}

function boundary(entry: number): number {
  return entry - (entry % stretchEntries)
}
