/** Values that may be logged beside an event: names, counts, codes, durations. Never parameters or rows. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Where the main process writes what happened; `shell/` backs it with a rotated, redacted file. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
