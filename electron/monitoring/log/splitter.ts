import type { LogLevel } from '#shared/monitoring-log.ts'
import { hasHeader } from './header.ts'

/** Tells where entries begin: a traceback and every indented line belong to the entry above them. */
export interface Splitter {
  /** Whether this line opens an entry. Every line must be shown, in order. */
  opens(line: string): boolean
  /** The level of the entry that was just opened: a traceback joins a warning or worse. */
  opened(level: LogLevel | null): void
  /** A line that opens an entry and is no traceback, known without looking at it. */
  plain(): void
  inTraceback(): boolean
  /** What comes next belongs to nothing before it. */
  reset(): void
}

export const traceback = 'Traceback (most recent call last)'

/** A splitter at the beginning of a log, or of any entry. */
export function createSplitter(): Splitter {
  let tracing = false
  let loud = false
  let open = false

  return {
    opens(line) {
      const first = line.charCodeAt(0)
      if (open && (line.length === 0 || first === 32 || first === 9)) return false
      if (tracing && !hasHeader(line)) return false
      tracing = line.startsWith(traceback)
      if (tracing && open && loud) return false
      open = true
      loud = false
      return true
    },
    opened(level) {
      loud = level === 'warning' || level === 'error' || level === 'critical'
    },
    plain() {
      open = true
      loud = false
    },
    inTraceback: () => tracing,
    reset() {
      tracing = false
      loud = false
      open = false
    },
  }
}
