import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import nodeLog from 'electron-log/node'
import type { Log, LogFields } from '#electron/log.ts'
import { isSecretName, redact } from './redaction.ts'

export interface LogFile extends Log {
  readonly file: string
}

/**
 * The log of this workstation: one line an event, `time level event name=value …`, redacted, in a file that
 * moves to `.old.log` when it reaches `maxSize` bytes. Values are quoted, so that one cannot forge a line.
 */
export function openLogFile(options: { folder: string; maxSize?: number; echo?: boolean }): LogFile {
  mkdirSync(options.folder, { recursive: true })
  const file = join(options.folder, 'podoskin-admin.log')
  const logger = nodeLog.create({ logId: file })
  logger.transports.file.resolvePathFn = () => file
  logger.transports.file.maxSize = options.maxSize ?? 5 * 1024 * 1024
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  logger.transports.file.format = '{y}-{m}-{d}T{h}:{i}:{s}.{ms}{z} {level} {text}'
  logger.transports.console.level = options.echo ? 'info' : false
  logger.transports.console.format = '{h}:{i}:{s} {level} {text}'
  return {
    file,
    info: (event, fields) => logger.info(line(event, fields)),
    warn: (event, fields) => logger.warn(line(event, fields)),
    error: (event, fields) => logger.error(line(event, fields)),
  }
}

/** One event as one line. */
export function line(event: string, fields: LogFields = {}): string {
  const words = Object.entries(fields).map(([name, value]) => {
    if (isSecretName(name)) return `${name}=[redacted]`
    return typeof value === 'string' ? `${name}=${quoted(redact(value))}` : `${name}=${value}`
  })
  return [quoted(redact(event)), ...words].join(' ')
}

function quoted(text: string): string {
  return /^[\w.:/@+-]+$/.test(text) ? text : JSON.stringify(text)
}
