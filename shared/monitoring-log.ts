import { z } from 'zod'

/**
 * Why an entry of the backend's log matters, most specific first. The guide's own bad messages are `leak`,
 * `serverError`, `poolMissing`, `connectionRefused` and `poolExhausted`; the rest is what else is met in the field.
 */
export const logCauses = [
  'leak',
  'poolTimeout',
  'poolExhausted',
  'poolMissing',
  'tooManyConnections',
  'connectionRefused',
  'authentication',
  'databaseMissing',
  'schemaMissing',
  'portBusy',
  'startFailed',
  'serverError',
  'exception',
  'error',
  'warning',
] as const
export type LogCause = (typeof logCauses)[number]

export const logLevels = ['debug', 'info', 'warning', 'error', 'critical'] as const
export type LogLevel = (typeof logLevels)[number]

/** What happened for the same reason, counted. Times are seconds since the epoch, null where the log carries none. */
export interface LogGroup {
  /** Names the group for as long as the source stays the same. */
  readonly id: number
  readonly cause: LogCause
  /** The logger, the exception's class or the status: a name, never a message. Empty when there is none. */
  readonly detail: string
  readonly level: LogLevel
  readonly count: number
  /** How many of them since the backend's latest start. */
  readonly sinceStart: number
  readonly first: number | null
  readonly last: number | null
}

/** Requests of an access log, and how many were answered with 5xx. */
export interface LogRequests {
  readonly total: number
  readonly failed: number
}

/** What a log says in sum. */
export interface LogSummary {
  readonly groups: readonly LogGroup[]
  /** How often the backend started, the latest start, and whether it runs with `--reload`, which is for development. */
  readonly starts: number
  readonly latestStart: number | null
  readonly reloader: boolean
  /** The guide's good message, `Auth database pool initialized successfully`, since the latest start. */
  readonly poolReady: number
  /** Before and since the latest start; all of them are `after` while no start was seen. */
  readonly requests: { readonly before: LogRequests; readonly after: LogRequests }
  /** The proof that something was read. */
  readonly read: LogRead
  /** Problems of the last hour by minute, oldest first; at most sixty. */
  readonly minutes: readonly LogMinute[]
}

export interface LogRead {
  readonly bytes: number
  readonly entries: number
  readonly first: number | null
  readonly last: number | null
}

export interface LogMinute {
  /** Seconds since the epoch, the start of the minute. */
  readonly at: number
  readonly causes: Readonly<Partial<Record<LogCause, number>>>
}

/** What `scanLog` finds: the summary, once more in the two numbers that a check asks for. */
export interface LogScan extends LogSummary {
  /** Good messages since the latest start. */
  readonly good: number
  /** Problems since the latest start, warnings included. */
  readonly bad: number
}

/** What the log says of one run of the backend: from a start to the next. */
export interface LogRun {
  /** Whether the log holds its start, which uvicorn writes to standard error; without it, it is the rest of an older one. */
  readonly started: boolean
  /** Answers in the access log, those with 5xx, and those to requests that need the database. */
  readonly requests: number
  readonly serverErrors: number
  readonly databaseRequests: number
  /** `rolling back returned connection`, by psycopg's own logger. */
  readonly leaks: number
  readonly poolTimeouts: number
  readonly tracebacks: number
  /** The guide's good message. */
  readonly poolReady: number
  readonly reload: boolean
  /** The address after "Uvicorn running on"; null where it does not say. */
  readonly address: { readonly host: string; readonly port: number } | null
}

/** What a check of the checklist needs: the latest run, all before it, and whether the check's own request stands in the log. */
export interface LogRuns {
  readonly lines: number
  readonly before: LogRun
  readonly latest: LogRun
  readonly markSeen: boolean
}

const service = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/)

/**
 * Programs whose output is a log, by typed fields: none may begin with a hyphen, so none can be an option, and they
 * are passed as single arguments without a shell.
 */
export const logCommandSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('compose'),
      service,
      /** The project's name; null where the program finds it by itself. */
      project: z
        .string()
        .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
        .nullable(),
    })
    .strict(),
  z.object({ kind: z.literal('docker'), container: service }).strict(),
  z
    .object({
      kind: z.literal('journal'),
      unit: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9:_.@-]{0,199}$/),
    })
    .strict(),
])
export type LogCommand = z.infer<typeof logCommandSchema>

/**
 * Where a log comes from. Paths, and the folder that holds a compose file, are chosen in main's own dialogs; the page
 * never sends one.
 */
export type LogSource =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | (LogCommand & { readonly folder?: string | undefined })

/**
 * - `none`: no source was chosen.
 * - `reading`: what is already there is being read.
 * - `following`: up to the end, and waiting for more.
 * - `gone`: the file is not there now; it is looked for.
 * - `denied`: this user may not read it.
 * - `programMissing`: the program is not installed.
 * - `stopped`: the program ended; it is started again in a moment.
 */
export type LogStatus = 'none' | 'reading' | 'following' | 'gone' | 'denied' | 'programMissing' | 'stopped'

export interface LogState extends LogSummary {
  /** What the source is called: file names without their folders, or the fields of the command. */
  readonly source: LogSource | null
  readonly status: LogStatus
  /** Bytes that are there to read; null for a program's output. */
  readonly size: number | null
  /** The first entry that can still be shown, and the one that comes next. */
  readonly firstEntry: number
  readonly nextEntry: number
  /** Problems that can still be shown one by one. */
  readonly problems: number
}

export const logFilterSchema = z
  .object({
    /** Only problems: all of them, warnings or worse. */
    show: z.enum(['all', 'problems', 'errors']),
    /** Only the group with this number. */
    group: z.number().int().min(0).max(10_000).nullable(),
    /** Only what contains this, without regard to case. */
    text: z.string().max(200),
  })
  .strict()
export type LogFilter = z.infer<typeof logFilterSchema>

export const logPageSchema = z
  .object({
    filter: logFilterSchema,
    /** Rows of the filtered list. */
    from: z.number().int().min(0),
    count: z.number().int().min(1).max(200),
  })
  .strict()

export const logNextSchema = z
  .object({ filter: logFilterSchema, row: z.number().int().min(-1), backwards: z.boolean() })
  .strict()
export const logExportSchema = z.object({ filter: logFilterSchema }).strict()

export interface LogEntry {
  /** Its place in the whole log, from 0. */
  readonly entry: number
  readonly time: number | null
  readonly level: LogLevel | null
  readonly logger: string
  readonly cause: LogCause | null
  /** The line without its time, level and logger. */
  readonly message: string
  /** The lines that belong to it, such as a traceback; capped. */
  readonly rest: readonly string[]
  /** Whether something was cut off for its length. */
  readonly cut: boolean
}

export interface LogPage {
  readonly from: number
  readonly entries: readonly LogEntry[]
  /** Rows of the filtered list as far as they are known. */
  readonly total: number
  /** Share of the log that the search has been through, 0 to 1. */
  readonly searched: number
  /** Whether older rows were left out because the list has a limit. */
  readonly capped: boolean
}
