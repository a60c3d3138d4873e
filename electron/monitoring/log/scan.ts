import { AppError } from '#shared/errors.ts'
import type { LogRuns, LogScan, LogSource } from '#shared/monitoring-log.ts'
import { argumentsOf, findProgram, programOf, run } from './program.ts'
import { startThread, type Thread } from './thread.ts'

export interface ScanOptions {
  /** The bundle's second file; null reads in this thread. */
  readonly workerFile: string | null
  /** Folders to look for programs in, as `PATH` lists them. */
  readonly path?: string
  /** Part of a path that a check asked for: what the log holds is also told run by run, and whether this stands in it. */
  readonly mark?: string
  /** Ends the reading; then it throws `CANCELLED`. */
  readonly signal?: AbortSignal
}

/** What `scanLog` found; `runs` where it was given a mark. */
type Scanned = LogScan & { readonly runs: LogRuns | null }

/**
 * Reads a log once from its beginning to its end and says what it holds: problems by cause, starts, the guide's good
 * message, requests before and after the latest start (`good`, `bad` and `sinceStart` count from there), and how much
 * was read. `read.bytes` 0 proves nothing. Throws `LOG_NOT_THERE`, `LOG_NOT_READABLE`, `LOG_PROGRAM_MISSING`,
 * `LOG_PROGRAM_FAILED` and `CANCELLED`.
 */
export async function scanLog(source: LogSource, options: ScanOptions): Promise<Scanned> {
  const { workerFile, signal } = options
  if (signal?.aborted) throw new AppError('CANCELLED')
  const thread = startThread(workerFile, () => undefined)
  const cancelled = new Promise<never>((_, fail) =>
    signal?.addEventListener('abort', () => fail(new AppError('CANCELLED')), { once: true }),
  )
  try {
    const work =
      source.kind === 'files' ? scanFiles(thread, source.paths, options.mark) : scanProgram(thread, source, options)
    return await Promise.race([work, cancelled])
  } finally {
    await thread.stop()
  }
}

async function scanFiles(thread: Thread, paths: readonly string[], mark?: string): Promise<Scanned> {
  await thread.ask({ ask: 'open', paths, follow: false, ...(mark !== undefined && { mark }) })
  const finished = await thread.ask({ ask: 'finish' })
  if (!finished || finished.status === 'gone') throw new AppError('LOG_NOT_THERE')
  if (finished.status === 'denied') throw new AppError('LOG_NOT_READABLE')
  return { ...finished.scan, runs: finished.runs }
}

async function scanProgram(
  thread: Thread,
  command: Exclude<LogSource, { kind: 'files' }>,
  { path, signal, mark }: ScanOptions,
): Promise<Scanned> {
  const program = programOf(command)
  const file = findProgram(program, path)
  if (file === null) throw new AppError('LOG_PROGRAM_MISSING', { program })
  await thread.ask({ ask: 'open', paths: null, follow: false, ...(mark !== undefined && { mark }) })
  const code = await new Promise<number | null>((ended) => {
    const running = run({
      file,
      arguments: argumentsOf(command, false, null),
      folder: command.folder,
      take: async (piece) => void (await thread.ask({ ask: 'take', piece })),
      ended,
    })
    signal?.addEventListener('abort', running.stop, { once: true })
  })
  if (code !== 0) throw new AppError('LOG_PROGRAM_FAILED', { program })
  const finished = await thread.ask({ ask: 'finish' })
  if (!finished) throw new AppError('INTERNAL')
  return { ...finished.scan, runs: finished.runs }
}
