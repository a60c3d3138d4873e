import type { LogEntry, LogFilter, LogPage } from '#shared/monitoring-log.ts'
import type { Backing } from './backing.ts'
import type { Encoding } from './decode.ts'
import type { EntryIndex } from './entry-index.ts'
import { readEntries } from './read-entries.ts'
import { createSearch, type Search } from './search.ts'
import type { Tally } from './tally.ts'

export interface ViewParts {
  readonly index: EntryIndex
  readonly backing: Backing
  readonly tally: Tally
  readonly encoding: () => Encoding
  /** Where the next byte will stand. */
  readonly end: () => number
}

export interface Views {
  page(filter: LogFilter, from: number, count: number): LogPage
  nextProblem(filter: LogFilter, row: number, backwards: boolean): number | null
  /** Goes on with the search of the last page; whether there is more to do. */
  search(): boolean
}

/**
 * The log as rows: all entries, only problems, one group, or what contains a text. Rows of the plain list are
 * entries counted from the first that can still be shown.
 */
export function createViews(parts: ViewParts): Views {
  const { index, tally } = parts
  let search: Search | null = null
  let chosen: { key: string; upTo: number; from: number; places: number[] } | null = null

  /** The problems of a filter, by their place in the list of problems; carried on as the log grows. */
  function problemsOf({ show, group }: LogFilter): readonly number[] {
    const key = `${show} ${group}`
    const first = index.problem(0)?.entry ?? 0
    if (chosen?.key !== key || chosen.from > first) chosen = { key, upTo: -1, from: first, places: [] }
    const known = chosen
    if (known.from < first) {
      known.places = known.places.filter((entry) => entry >= first)
      known.from = first
    }
    const count = index.problems()
    for (let at = index.problemAt(known.upTo + 1); at < count; at += 1) {
      const problem = index.problem(at)
      if (!problem) break
      known.upTo = problem.entry
      if (group !== null && problem.group !== group) continue
      if (show === 'errors' && !problem.serious) continue
      known.places.push(problem.entry)
    }
    return known.places
  }

  function searchOf(filter: LogFilter): Search {
    const key = JSON.stringify(filter)
    if (search?.key !== key)
      search = createSearch(key, filter.text, plain(filter) ? null : () => problemsOf(filter), parts)
    return search
  }

  /** How many rows a filter has, and the entry of each. */
  function rows(filter: LogFilter): {
    total: number
    at(row: number): number | undefined
    /** Where that entry begins, where the list knows. */
    position?(row: number): number | undefined
    searched: number
    capped: boolean
  } {
    if (filter.text !== '') {
      const search = searchOf(filter)
      const found = search.found()
      return {
        total: found.length,
        at: (row) => found[row]?.entry,
        position: (row) => found[row]?.position,
        ...{ searched: search.share(), capped: search.capped() },
      }
    }
    search = null
    if (plain(filter)) {
      const first = index.first()
      return { total: index.next() - first, at: (row) => first + row, searched: 1, capped: false }
    }
    const places = problemsOf(filter)
    return {
      total: places.length,
      at: (row) => places[row],
      searched: 1,
      capped: tally.summary().groups.length > 0 && index.problems() >= problemsLimit,
    }
  }

  return {
    page(filter, from, count) {
      const list = rows(filter)
      const start = Math.max(0, Math.min(from, list.total))
      const wanted = Math.min(count, list.total - start)
      const entries: LogEntry[] = []
      while (entries.length < wanted) {
        const entry = list.at(start + entries.length)
        if (entry === undefined) break
        // Neighbours in the log are read in one go.
        let run = 1
        while (entries.length + run < wanted && list.at(start + entries.length + run) === entry + run) run += 1
        const at = list.position?.(start + entries.length) ?? null
        const read = readEntries(parts, entry, run, at)
        entries.push(...read.map(({ shown }) => shown))
        if (read.length < run) break
      }
      return { from: start, entries, total: list.total, searched: list.searched, capped: list.capped }
    },
    nextProblem(filter, row, backwards) {
      const list = rows(filter)
      const step = backwards ? -1 : 1
      if (!plain(filter) && filter.text === '') {
        const next = row + step
        return next >= 0 && next < list.total ? next : null
      }
      if (plain(filter) && filter.text === '') {
        const entry = index.first() + row
        const place = backwards ? index.problemAt(entry) - 1 : index.problemAt(entry + 1)
        const problem = index.problem(place)
        return problem ? problem.entry - index.first() : null
      }
      for (let at = row + step; at >= 0 && at < list.total; at += step) {
        const entry = list.at(at) ?? -1
        if (index.problem(index.problemAt(entry))?.entry === entry) return at
      }
      return null
    },
    search: () => search?.step() ?? false,
  }
}

const problemsLimit = 200_000

function plain({ show, group }: LogFilter): boolean {
  return show === 'all' && group === null
}
