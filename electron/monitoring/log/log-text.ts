import type { LogEntry } from '#shared/monitoring-log.ts'

/** An entry as text for a file: time in this workstation's zone, level, logger, message, and its further lines. */
export function entryText({ time, level, logger, message, rest }: LogEntry): string {
  const at = time === null ? '' : `${new Date(time * 1000).toLocaleString('sv-SE')} `
  const head = `${at}${level === null ? '' : `${level.toUpperCase()} `}${logger === '' ? '' : `${logger}: `}${message}`
  return [head, ...rest].join('\n')
}

/** An entry as Python's logging writes it, for what reads such lines. */
export function pythonText({ time, level, logger, message, rest }: LogEntry): string {
  const at = time === null ? [] : [new Date(time * 1000).toLocaleString('sv-SE')]
  const head = [...at, ...(logger === '' ? [] : [logger]), ...(level === null ? [] : [level.toUpperCase()]), message]
  return [head.join(' - '), ...rest].join('\n')
}
