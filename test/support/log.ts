import type { Log, LogFields } from '#electron/log.ts'

export interface RecordedLog extends Log {
  readonly entries: { readonly level: 'info' | 'warn' | 'error'; readonly event: string; readonly fields: LogFields }[]
  /** Everything that was logged, as one text to search for what must not be there. */
  text(): string
}

/** A log that keeps what it is told. */
export function recordedLog(): RecordedLog {
  const entries: RecordedLog['entries'] = []
  const record =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) =>
      void entries.push({ level, event, fields })
  return {
    entries,
    info: record('info'),
    warn: record('warn'),
    error: record('error'),
    text: () => JSON.stringify(entries),
  }
}
