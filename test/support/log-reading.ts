import { createEngine, type Engine, scanOf } from '#electron/monitoring/log/engine.ts'
import type { LogEntry, LogFilter, LogScan } from '#shared/monitoring-log.ts'

export const everything: LogFilter = { show: 'all', group: null, text: '' }

/** Reads on until nothing more is there now. */
export function readOn(engine: Engine): void {
  while (engine.step());
}

/** Reads whole files as one log. */
export function readLog(...paths: string[]): { readonly engine: Engine; readonly scan: LogScan } {
  const engine = createEngine({ paths })
  readOn(engine)
  engine.finish()
  return { engine, scan: scanOf(engine.state()) }
}

/** Reads what a program wrote, in pieces of a size. */
export function readText(text: string | Buffer, size = 65_536): { readonly engine: Engine; readonly scan: LogScan } {
  const engine = createEngine({ paths: null })
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) engine.take(bytes.subarray(at, at + size))
  engine.finish()
  return { engine, scan: scanOf(engine.state()) }
}

/** Rows of a view, searched to the end. */
export function rows(engine: Engine, filter: Partial<LogFilter> = {}, from = 0, count = 200): readonly LogEntry[] {
  const whole = { ...everything, ...filter }
  engine.page(whole, from, count)
  while (engine.search());
  return engine.page(whole, from, count).entries
}

/** Causes with their counts, in the order of the contract's list. */
export function counts({ groups }: LogScan): Record<string, number> {
  const found: Record<string, number> = {}
  for (const { cause, count } of groups) found[cause] = (found[cause] ?? 0) + count
  return found
}
