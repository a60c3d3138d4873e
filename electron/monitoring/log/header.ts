import type { LogLevel } from '#shared/monitoring-log.ts'
import { clean } from './decode.ts'

/** What stands at the head of a line, and the rest. */
export interface Header {
  /** Seconds since the epoch; null when the line carries no time. */
  readonly time: number | null
  readonly level: LogLevel | null
  readonly logger: string
  readonly message: string
}

/** `backend-1  | …` of docker compose, and `2026-11-24T08:32:16+0000 host unit[pid]: …` of the journal. */
const composePrefix = /^[A-Za-z0-9][\w.-]* +\| ?/
const journalPrefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d:?\d\d) \S+ [^\s:[]+(?:\[\d+\])?: ?/
/** Docker's own time, always in UTC and in nanoseconds, which tells it from a program's own. */
const dockerPrefix = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z) ?/

const levelWords: Readonly<Record<string, LogLevel>> = {
  DEBUG: 'debug',
  TRACE: 'debug',
  INFO: 'info',
  NOTICE: 'info',
  WARNING: 'warning',
  WARN: 'warning',
  ERROR: 'error',
  CRITICAL: 'critical',
  FATAL: 'critical',
}
const word = '(DEBUG|TRACE|INFO|NOTICE|WARNING|WARN|ERROR|CRITICAL|FATAL)'
const name = '([A-Za-z_][\\w.]*)'
const stamp = /^\[?(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?: ?(Z|[+-]\d\d:?\d\d))?\]?/
const separators = '[\\s|:\\-\\]\\[]*'
/** After the time: level then logger, or logger then level, whatever stands between them. */
const levelFirst = new RegExp(
  `^${separators}${word}\\b(?:${separators}${name}(?:(?::\\w+)?:\\d+)?(?:[:\\]]| - | \\| ))?${separators}`,
)
const loggerFirst = new RegExp(`^${separators}${name}(?::\\d+)?[\\s|:\\-\\]\\[]+${word}\\b${separators}`)
/** uvicorn's `INFO:     …`, and Python's own `WARNING:psycopg.pool:…`. */
const basic = new RegExp(`^\\[?${word}\\]?(?:: *|\\s+-? ?)(?:(?<=:)${name}:)?`)

export interface Stripped {
  readonly line: string
  /** The time that the prefix carried. */
  readonly time: number | null
}

/** Takes off what docker compose, docker and the journal put before each line. */
export function stripPrefix(raw: string): Stripped {
  let line = clean(raw)
  let time: number | null = null
  const compose = composePrefix.exec(line)
  if (compose) line = line.slice(compose[0].length)
  const dated = dockerPrefix.exec(line) ?? journalPrefix.exec(line)
  if (dated) {
    time = Math.floor(Date.parse(dated[1] ?? '') / 1000)
    line = line.slice(dated[0].length)
  }
  return { line, time: Number.isNaN(time) ? null : time }
}

/** Whether lines of this log carry a prefix of somebody else, judged by the first of them. */
export function isPrefixed(lines: readonly string[]): boolean {
  const prefixed = lines.filter((line) => {
    const text = clean(line)
    return composePrefix.test(text) || dockerPrefix.test(text) || journalPrefix.test(text)
  })
  return lines.length > 0 && prefixed.length * 2 > lines.length
}

/** Whether a line opens an entry of a log whose format is known: a time or a level stands at its head. */
export function hasHeader(line: string): boolean {
  return stamp.test(line) || basic.test(line)
}

/** Reads the common formats of Python's logging, of uvicorn and of gunicorn; what is unknown stays message. */
export function parseHeader({ line, time }: Stripped): Header {
  const dated = stamp.exec(line)
  const own = dated ? stampTime(dated) : null
  const rest = dated ? line.slice(dated[0].length) : line
  const at = own ?? time
  if (dated) {
    const head = levelFirst.exec(rest)
    if (head) return found(at, head[1], head[2], rest.slice(head[0].length))
    const turned = loggerFirst.exec(rest)
    if (turned) return found(at, turned[2], turned[1], rest.slice(turned[0].length))
    // gunicorn writes the process between time and level.
    const process = /^\s*\[\d+\]\s*/.exec(rest)
    const inner = process ? levelFirst.exec(rest.slice(process[0].length)) : null
    if (process && inner) return found(at, inner[1], inner[2], rest.slice(process[0].length + inner[0].length))
    return { time: at, level: null, logger: '', message: rest.trimStart() }
  }
  const head = basic.exec(rest)
  if (head) return found(at, head[1], head[2], rest.slice(head[0].length))
  const guide = loggerFirst.exec(rest)
  // The guide writes `psycopg.pool - WARNING - …`; only a dotted name is one without a time before it.
  if (guide && /\w\.\w/.test(guide[1] ?? '')) return found(at, guide[2], guide[1], rest.slice(guide[0].length))
  return { time: at, level: null, logger: '', message: rest }
}

function found(time: number | null, level: string | undefined, logger: string | undefined, message: string): Header {
  return { time, level: levelWords[level ?? ''] ?? null, logger: logger ?? '', message }
}

const lastMinute = { text: '', zone: '', epoch: 0 }

/** Seconds since the epoch. A time without a zone is this workstation's: the backend runs where the clinic is. */
function stampTime(parts: RegExpExecArray): number | null {
  const [whole, year, month, day, hour, minute, second, zone = ''] = parts
  const text = whole.slice(0, 17)
  // Thousands of lines share a minute, and to read a date costs more than all the rest.
  if (lastMinute.text !== text || lastMinute.zone !== zone) {
    lastMinute.text = text
    lastMinute.zone = zone
    lastMinute.epoch = Math.floor(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00${zone}`) / 1000)
  }
  return Number.isNaN(lastMinute.epoch) ? null : lastMinute.epoch + Number(second)
}
