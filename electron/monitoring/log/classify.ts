import type { LogCause, LogLevel } from '#shared/monitoring-log.ts'
import type { Header } from './header.ts'

/** Why an entry matters, by a name that is no message. */
export interface Verdict {
  readonly cause: LogCause
  readonly detail: string
  readonly level: LogLevel
}

/** What the backend itself says of its life. */
export type Sign = 'start' | 'reloader' | 'poolReady'

/** Phrases by cause; the first that fits decides. They are English or Spanish as the server's locale makes them. */
const phrases: readonly (readonly [LogCause, RegExp])[] = [
  ['poolTimeout', /\bPoolTimeout\b|couldn't get a connection after/],
  ['poolMissing', /psycopg_pool not installed|No module named '?psycopg_pool/i],
  ['poolExhausted', /pool (?:is )?exhausted|QueuePool limit/i],
  [
    'tooManyConnections',
    /too many (?:clients|connections)|remaining connection slots|demasiad[ao]s (?:clientes|conexiones)/i,
  ],
  [
    'connectionRefused',
    /connection refused|ConnectionRefusedError|actively refused|WinError 1225|Errno 111|Errno 10061/i,
  ],
  ['authentication', /password authentication failed|la autentificaci.{1,2}n password fall/i],
  ['databaseMissing', /database "[^"]{0,80}" does not exist|no existe la base de datos/i],
  ['schemaMissing', /UndefinedTable|UndefinedColumn|relation "[^"]{0,120}" does not exist|no existe la relaci/i],
  ['portBusy', /address already in use|Errno 98|Errno 10048|WinError 10048/i],
  ['startFailed', /Application startup failed/i],
]

const anyPhrase = new RegExp(phrases.map(([, phrase]) => phrase.source).join('|'), 'i')
const leak = 'rolling back returned connection'
const access = /"[A-Z]+ [^"]* HTTP\/[\d.]+" (\d{3})\b|"\s(\d{3})\s[A-Z][a-z]+/
const exceptionClass =
  /^(?:\s*\|\s*)?((?:[a-z_]\w*\.)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception|Timeout|Interrupt|Exit|Warning|Group))(?::|\s*$)/

/** Status of an access log's line, null for any other line. */
export function accessStatus(message: string): number | null {
  const found = access.exec(message)
  return found ? Number(found[1] ?? found[2]) : null
}

/** The exception's class when a line closes a traceback, without its text: that can quote a row. */
export function exceptionOf(line: string): string | null {
  const name = exceptionClass.exec(line)?.[1]
  return name === undefined ? null : name.slice(-80)
}

/** Why the first line of an entry matters; null when it does not. */
export function classify({ level, logger, message }: Header): Verdict | null {
  const status = message.includes('" ') ? accessStatus(message) : null
  if (status !== null) return status >= 500 ? { cause: 'serverError', detail: String(status), level: 'error' } : null
  // What its writer calls information is no problem, whatever words it has.
  if (level === 'info' || level === 'debug') return null
  if (message.includes(leak)) return { cause: 'leak', detail: logger, level: level ?? 'warning' }
  if (anyPhrase.test(message)) {
    const cause = phraseCause(message)
    if (cause) return { cause, detail: logger, level: level ?? 'error' }
  }
  if (message.includes('500 Internal Server Error')) return { cause: 'serverError', detail: '500', level: 'error' }
  if (level === 'warning') return { cause: 'warning', detail: logger, level }
  if (level === 'error' || level === 'critical') return { cause: 'error', detail: logger, level }
  if (level !== null) return null
  const exception = exceptionOf(message)
  if (exception) return { cause: 'exception', detail: exception, level: 'error' }
  // What was printed without a level counts by its word, as in the guide's own grep.
  const said = /\b(?:(error|exception|traceback|critical)|(warning))\b/i.exec(message)
  if (!said) return null
  return said[1] ? { cause: 'error', detail: '', level: 'error' } : { cause: 'warning', detail: '', level: 'warning' }
}

/** What a later line of the same entry adds: the cause behind the exception. Null when it adds nothing. */
export function refine(line: string): Verdict | null {
  const exception = exceptionOf(line)
  if (exception === null && !anyPhrase.test(line)) return null
  const cause = phraseCause(line)
  if (cause) return { cause, detail: exception ?? '', level: 'error' }
  return exception === null ? null : { cause: 'exception', detail: exception, level: 'error' }
}

/** What a message of the backend says of its own life. */
export function signOf(message: string): Sign | null {
  if (message.includes('Started server process')) return 'start'
  if (message.includes('Started reloader process')) return 'reloader'
  return message.includes('pool initialized successfully') ? 'poolReady' : null
}

function phraseCause(text: string): LogCause | null {
  return phrases.find(([, phrase]) => phrase.test(text))?.[0] ?? null
}
