import type { LogCause, LogGroup, LogLevel, LogMinute, LogSummary } from '#shared/monitoring-log.ts'
import type { Sign, Verdict } from './classify.ts'

/** What is counted while a log is read, in flat memory. */
export interface Tally {
  /** Counts a problem and returns the number of its group. `time` in seconds since the epoch. */
  problem(verdict: Verdict, time: number | null): number
  /** A later line told the cause of a problem that is counted already: it changes its group. */
  change(group: number, verdict: Verdict, time: number | null): number
  requests(total: number, failed: number): void
  sign(sign: Sign, time: number | null): void
  /** What was read so far. */
  read(bytes: number, entries: number): void
  seen(time: number): void
  group(id: number): LogGroup | null
  summary(): LogSummary
}

interface Counted {
  readonly cause: LogCause
  readonly detail: string
  level: LogLevel
  count: number
  sinceStart: number
  first: number | null
  last: number | null
}

/** A hostile log could name a new logger on every line. */
const groupsKept = 300
const groupsShown = 60
const minutesKept = 60
const severity: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3, critical: 4 }

/** Counts by cause. `now` is a clock in milliseconds since the epoch. */
export function createTally(now: () => number = Date.now): Tally {
  const groups: Counted[] = []
  const numbers = new Map<LogCause, Map<string, number>>()
  const minutes = new Map<number, Map<LogCause, number>>()
  const requests = { before: { total: 0, failed: 0 }, after: { total: 0, failed: 0 } }
  const read = { bytes: 0, entries: 0, first: null as number | null, last: null as number | null }
  let starts = 0
  let latestStart: number | null = null
  let reloader = false
  let poolReady = 0
  let quietSinceStart = false

  function numberOf({ cause, detail, level }: Verdict): number {
    const ofCause = numbers.get(cause) ?? new Map<string, number>()
    const known = ofCause.get(detail)
    if (known !== undefined) return known
    if (detail !== '' && groups.length >= groupsKept) return numberOf({ cause, detail: '', level })
    groups.push({ cause, detail, level, count: 0, sinceStart: 0, first: null, last: null })
    numbers.set(cause, ofCause.set(detail, groups.length - 1))
    return groups.length - 1
  }

  function count(verdict: Verdict, time: number | null): number {
    const id = numberOf(verdict)
    const group = groups[id]
    if (group) {
      group.count += 1
      group.sinceStart += 1
      if (severity[verdict.level] > severity[group.level]) group.level = verdict.level
      if (time !== null) {
        group.first ??= time
        group.last = time
        minute(verdict.cause, time)
      }
    }
    quietSinceStart = false
    return id
  }

  function minute(cause: LogCause, time: number): void {
    const nowMinute = Math.floor(now() / 60_000)
    const at = Math.floor(time / 60)
    if (at <= nowMinute - minutesKept || at > nowMinute + 1) return
    const counts = minutes.get(at) ?? new Map<LogCause, number>()
    counts.set(cause, (counts.get(cause) ?? 0) + 1)
    minutes.set(at, counts)
    if (minutes.size > minutesKept + 1) {
      for (const old of minutes.keys()) if (old <= nowMinute - minutesKept) minutes.delete(old)
    }
  }

  function started(time: number | null): void {
    // Several workers start together: they are one start as long as nothing came between.
    if (quietSinceStart) return
    starts += 1
    latestStart = time
    quietSinceStart = true
    poolReady = 0
    requests.before = {
      total: requests.before.total + requests.after.total,
      failed: requests.before.failed + requests.after.failed,
    }
    requests.after = { total: 0, failed: 0 }
    for (const group of groups) group.sinceStart = 0
  }

  function snapshot(group: Counted, id: number): LogGroup {
    return { id, ...group }
  }

  return {
    problem: count,
    change(id, verdict, time) {
      const next = numberOf(verdict)
      const group = groups[id]
      if (next === id || !group) return id
      group.count -= 1
      group.sinceStart = Math.max(0, group.sinceStart - 1)
      const counts = time === null ? undefined : minutes.get(Math.floor(time / 60))
      const counted = counts?.get(group.cause)
      if (counts && counted !== undefined) counts.set(group.cause, counted - 1)
      return count(verdict, time)
    },
    requests(total, failed) {
      requests.after = { total: requests.after.total + total, failed: requests.after.failed + failed }
      quietSinceStart = false
    },
    sign(sign, time) {
      if (sign === 'start') started(time)
      else if (sign === 'reloader') reloader = true
      else poolReady += 1
    },
    read(bytes, entries) {
      read.bytes += bytes
      read.entries = entries
    },
    seen(time) {
      read.first ??= time
      read.last = time
    },
    group: (id) => {
      const group = groups[id]
      return group ? snapshot(group, id) : null
    },
    summary: () => ({
      groups: groups
        .map(snapshot)
        .filter((group) => group.count > 0)
        .sort((a, b) => severity[b.level] - severity[a.level] || b.count - a.count)
        .slice(0, groupsShown),
      ...{ starts, latestStart, reloader, poolReady },
      requests: { before: { ...requests.before }, after: { ...requests.after } },
      read: { ...read },
      minutes: lastHour(minutes, Math.floor(now() / 60_000)),
    }),
  }
}

function lastHour(minutes: ReadonlyMap<number, ReadonlyMap<LogCause, number>>, nowMinute: number): LogMinute[] {
  return [...minutes]
    .filter(([at]) => at > nowMinute - minutesKept)
    .sort(([a], [b]) => a - b)
    .slice(-minutesKept)
    .map(([at, counts]) => ({
      at: at * 60,
      causes: Object.fromEntries([...counts].filter(([, count]) => count > 0)),
    }))
}
