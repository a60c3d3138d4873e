import type { LogRun, LogRuns } from '#shared/monitoring-log.ts'

type Growing = { -readonly [K in keyof LogRun]: LogRun[K] }

const fresh = (started: boolean): Growing => ({
  ...{ started, requests: 0, serverErrors: 0, databaseRequests: 0, leaks: 0, poolTimeouts: 0, tracebacks: 0 },
  ...{ poolReady: 0, reload: false, address: null },
})

const access = /"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\S{1,2000}) HTTP\/[\d.]+" (\d{3})\b/
const needsDatabase = /^(?:\/api)?\/(?!health|docs|openapi|redoc|favicon)[^?]+/

/**
 * Counts the lines of a backend's log from its beginning: what happened since the latest start, and before it. `mark` is part of a
 * path that the probe asked for. Only words that uvicorn, psycopg and the guide write are looked for; no line is kept.
 */
export function createRuns(mark: string | null): {
  add(lines: readonly string[]): void
  end(): LogRuns
} {
  const before = fresh(false)
  let latest = fresh(false)
  let lines = 0
  let markSeen = false
  /** Workers under one parent start one after the other, and are one start. */
  let parent = false
  /** A reloader or parent names its address a line before it says that it has started. */
  let announced: { readonly address: LogRun['address']; readonly at: number } | null = null
  let position = 0

  function begin(): void {
    const { requests, serverErrors, databaseRequests, leaks, poolTimeouts, tracebacks, poolReady } = latest
    before.started ||= latest.started
    before.requests += requests
    before.serverErrors += serverErrors
    before.databaseRequests += databaseRequests
    before.leaks += leaks
    before.poolTimeouts += poolTimeouts
    before.tracebacks += tracebacks
    before.poolReady += poolReady
    latest = fresh(true)
  }

  /** A start of the process that watches over others. */
  function beginAbove(): void {
    begin()
    if (announced && position - announced.at <= 3) latest.address = announced.address
  }

  function read(line: string): void {
    position += 1
    const answer = access.exec(line)
    if (answer?.[1] !== undefined && answer[2] !== undefined) {
      if (mark !== null && answer[1].includes(mark)) markSeen = true
      latest.requests += 1
      if (answer[2].startsWith('5')) latest.serverErrors += 1
      // What was refused before it reached the database proves nothing.
      else if (/^2/.test(answer[2]) && needsDatabase.test(answer[1])) latest.databaseRequests += 1
      return
    }
    if (line.includes('Started parent process')) {
      beginAbove()
      parent = true
    } else if (line.includes('Started reloader process')) {
      beginAbove()
      parent = false
      latest.reload = true
    } else if (line.includes('Started server process')) {
      // A reloader starts another process with each change: the same way of running goes on.
      const { reload, address } = latest
      if (!parent && !(reload && latest.requests === 0)) begin()
      if (reload) Object.assign(latest, { reload, address })
    } else if (line.includes('Uvicorn running on')) {
      const found = /Uvicorn running on https?:\/\/(\[[\da-f:.]+\]|[^\s:/]+):(\d{1,5})/i.exec(line)
      if (!found?.[1]) return
      latest.address = { host: found[1], port: Number(found[2]) }
      announced = { address: latest.address, at: position }
    } else if (line.includes('rolling back returned connection')) {
      if (line.includes('psycopg.pool') || line.includes('[INTRANS]') || line.includes('[INERROR]')) latest.leaks += 1
    } else if (/\bPoolTimeout\b|couldn't get a connection after/.test(line)) latest.poolTimeouts += 1
    else if (line.includes('Traceback (most recent call last)')) latest.tracebacks += 1
    else if (line.includes('Auth database pool initialized successfully')) latest.poolReady += 1
  }

  return {
    add(batch) {
      lines += batch.length
      for (const line of batch) read(line)
    },
    end: () => ({ lines, before, latest, markSeen }),
  }
}
