import { createNames, isTechnical } from './vocabulary.ts'

type Names = ReturnType<typeof createNames>

/** Packages whose own names may be told: they are public. */
const packages = new Set(
  `aiohttp anyio asyncio asyncpg bcrypt click concurrent contextlib email_validator exceptiongroup fastapi fastapi_users gunicorn
  h11 httpcore httptools httpx importlib jose jwt langchain langgraph logging multiprocessing openai passlib psycopg
  psycopg2 psycopg_binary psycopg_pool pydantic pydantic_core python_jose redis runpy slowapi sqlalchemy sqlmodel starlette
  threading twilio typing uvicorn uvloop watchfiles watchgod websockets`.split(/\s+/),
)

/** Exceptions that may be told by name: Python's own and those of the packages above. */
const exceptions = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError CancelledError ConnectionAbortedError
  ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning EOFError Exception ExceptionGroup FileExistsError
  FileNotFoundError FloatingPointError GeneratorExit ImportError IndentationError IndexError InterruptedError IsADirectoryError
  KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError
  OverflowError PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  StopAsyncIteration StopIteration SyntaxError SystemError SystemExit TimeoutError TypeError UnboundLocalError UnicodeDecodeError
  UnicodeEncodeError UnicodeError UserWarning ValueError Warning ZeroDivisionError gaierror SSLError SSLCertVerificationError
  AdminShutdown ActiveSqlTransaction CannotConnectNow CheckViolation ConnectionDoesNotExist ConnectionDoesNotExistError
  ConnectionFailure ConnectionTimeout CrashShutdown DataError DatabaseError DatatypeMismatch DeadlockDetected DiskFull
  DuplicateDatabase DuplicateTable ExclusionViolation ForeignKeyViolation IdleInTransactionSessionTimeout InFailedSqlTransaction
  IndeterminateDatatype InsufficientPrivilege IntegrityError InterfaceError InternalError InvalidAuthorizationSpecification
  InvalidCatalogName InvalidPassword InvalidPasswordError InvalidSchemaName InvalidTextRepresentation LockNotAvailable
  NotNullViolation NotSupportedError NumericValueOutOfRange OperationalError OutOfMemory PipelineAborted PoolClosed PoolTimeout
  PostgresConnectionError ProgrammingError QueryCanceled QueryCanceledError RaiseException ReadOnlySqlTransaction
  SerializationFailure StringDataRightTruncation SyntaxErrorOrAccessRuleViolation TooManyConnections TooManyConnectionsError
  TooManyRequests UndefinedColumn UndefinedColumnError UndefinedFunction UndefinedTable UndefinedTableError UniqueViolation
  UniqueViolationError HTTPException RequestValidationError ResponseValidationError ValidationError ExpiredSignatureError
  InvalidTokenError JWTError JWTDecodeError DBAPIError PendingRollbackError QueuePoolTimeout WebSocketDisconnect ClientDisconnect`.split(
    /\s+/,
  ),
)

/** Loggers whose whole names may be told. */
const loggerRoots = new Set([...packages, 'root', '__main__', 'main', 'auth', 'stats', 'api', 'app', 'backend'])

/** Messages that the guide and the libraries write themselves; only numbers of theirs are kept. */
const templates: readonly (readonly [pattern: RegExp, text: string])[] = [
  [
    /rolling back returned connection: <psycopg\.(?:Async)?Connection \[(INTRANS|INERROR|ACTIVE|UNKNOWN|BAD|IDLE)\]/,
    'rolling back returned connection: <psycopg.AsyncConnection [$1] …>',
  ],
  [
    /discarding closed connection: <psycopg\.(?:Async)?Connection \[BAD\]/,
    'discarding closed connection: <psycopg.AsyncConnection [BAD] …>',
  ],
  [/couldn't get a connection after (\d{1,4}(?:\.\d{1,3})?) sec/, "couldn't get a connection after $1 sec"],
  [/Auth database pool initialized successfully/, 'Auth database pool initialized successfully'],
  [/psycopg_pool not installed/, 'psycopg_pool not installed'],
  [/pool exhausted/i, 'pool exhausted'],
  [/Internal Server Error/, 'Internal Server Error'],
  [/Exception in ASGI application/, 'Exception in ASGI application'],
  [/Started server process \[\d+\]/, 'Started server process'],
  [/Started reloader process/, 'Started reloader process'],
  [/Application startup complete/, 'Application startup complete'],
  [/Application startup failed/, 'Application startup failed'],
  [/Waiting for application startup/, 'Waiting for application startup'],
  [/Application shutdown complete/, 'Application shutdown complete'],
  [/error connecting in 'pool-\d+'/, "error connecting in 'pool'"],
  [/[Cc]onnection refused/, 'connection refused'],
  [/password authentication failed/, 'password authentication failed'],
  [/too many (?:clients|connections)|remaining connection slots are reserved/, 'too many connections'],
  [/address already in use/i, 'address already in use'],
  [/server closed the connection unexpectedly/, 'server closed the connection unexpectedly'],
  [/terminating connection due to administrator command/, 'terminating connection due to administrator command'],
]

/** Paths of the backend that may be told in full. */
const requests =
  /"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/health|(?:\/api)?\/auth\/login|(?:\/api)?\/stats\/(?:dashboard|appointments-trend))?[^"\s]*(?: HTTP\/[\d.]+)?" (\d{3})/

/** At the beginning of a line only, or behind the name that `docker compose logs` puts there: a date further on may be a birthday. */
const time = /^(?:[\w.-]{1,60}\s+\|\s+)?\[?(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})/
const level = /\b(DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL)\b/
const dotted = /[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*/
const frame = /^\s*File "([^"\n]{1,500})", line (\d{1,7}), in (<?[\w.]+>?)\s*$/
const raised = new RegExp(`^(${dotted.source})(?::|$)`)
const sqlstate = /\b(?:SQLSTATE|sqlstate)\W{1,3}([0-9A-Z]{5})\b/
/** Codes of the server that are met; five digits beside the word can also be the half of a telephone. */
const sqlstates = new Set(
  `08000 08001 08003 08004 08006 08P01 0A000 22001 22003 22007 22008 22012 22023 22P02 23001 23502 23503 23505 23514 23P01 25001
  25006 25P01 25P02 25P03 28000 28P01 3D000 3F000 40001 40003 40P01 42501 42601 42602 42622 42701 42702 42703 42704 42710 42723
  42803 42804 42809 42883 42P01 42P02 42P07 42P08 53100 53200 53300 53400 54000 54001 55000 55006 55P03 57014 57P01 57P02
  57P03 57P04 57P05 58000 58030 P0001 XX000 XX001 XX002`.split(/\s+/),
)

/** What support learns of one entry of a log: no sentence of it, only what a program said about itself. */
export interface LogLine {
  readonly at: string | null
  readonly level: string | null
  readonly logger: string | null
  /** A message that the guide or a library writes, or null for any other. */
  readonly message: string | null
  readonly exceptions: readonly string[]
  readonly sqlstate: string | null
  readonly frames: readonly string[]
}

/**
 * Takes from one entry of the backend's log (its traceback included) what is on the lists, and nothing else. Names of
 * the clinic's own code that are not plainly technical are numbered.
 */
export function readLogLine(entry: string, names: Names = createNames()): LogLine {
  const [head = '', ...rest] = entry.slice(0, 200_000).split(/\r?\n/)
  const [, day, clock] = time.exec(head.slice(0, 200)) ?? []
  const frames = rest.flatMap((line) => {
    const [, file, at, where] = frame.exec(line) ?? []
    return file === undefined || at === undefined || where === undefined ? [] : [place(file, at, where, names)]
  })
  const named = rest.flatMap((line) => {
    const [, name] = /^\s/.test(line) ? [] : (raised.exec(line) ?? [])
    return name !== undefined && isException(lastOf(name)) ? [exception(name, names)] : []
  })
  return {
    at: day !== undefined && clock !== undefined ? `${day}T${clock}` : null,
    level: level.exec(head.slice(0, 200))?.[1] ?? null,
    logger: loggerOf(head, names),
    message: messageOf(entry),
    exceptions: [...new Set(named)],
    sqlstate: sqlstateOf(entry),
    frames: frames.slice(-40),
  }
}

function sqlstateOf(entry: string): string | null {
  const code = sqlstate.exec(entry)?.[1]
  return code !== undefined && sqlstates.has(code) ? code : null
}

/** Known by its name, or by how such names end: a line of DETAIL or HINT is none. */
function isException(name: string): boolean {
  return exceptions.has(name) || /(?:Error|Exception|Timeout|Warning|Violation)$/.test(name)
}

function messageOf(entry: string): string | null {
  const request = requests.exec(entry)
  if (request) return `"${request[1]} ${request[2] ?? '<path>'}" ${request[3]}`
  for (const [pattern, text] of templates) {
    const match = pattern.exec(entry)
    if (match) return text.replace('$1', match[1] ?? '')
  }
  return null
}

/** Only what stands where logging puts a logger's name is one: between separators, before or after the level. */
function loggerOf(head: string, names: Names): string | null {
  const start = head.slice(0, 300)
  const near = new RegExp(
    `(?:[-|:\\[]\\s*)?(${dotted.source})\\s*[-|:\\]]\\s*(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL)\\b`,
  ).exec(start)?.[1]
  const after = new RegExp(
    `\\b(?:DEBUG|INFO|WARNING|WARN|ERROR|CRITICAL|FATAL)\\b\\s*[-|:\\[]\\s*(${dotted.source})\\s*[-|:\\]]`,
  ).exec(start)?.[1]
  const name = near ?? after
  if (name === undefined) return null
  const parts = name.split('.')
  const [root = ''] = parts
  const known = loggerRoots.has(root) && parts.slice(1).every((part) => isTechnical(part) || packages.has(part))
  return known || parts.every(isTechnical) ? name : names('logger', name)
}

function exception(name: string, names: Names): string {
  const parts = name.split('.')
  if (!exceptions.has(lastOf(name))) return names('error', name)
  const home = parts.slice(0, -1)
  const told = home.every((part) => packages.has(part) || isTechnical(part) || part === 'errors' || part === 'socket')
  return told ? name : lastOf(name)
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A place in a program: of a public package its path in there, of the clinic's code the file's name alone. */
function place(file: string, line: string, where: string, names: Names): string {
  const path = file.replaceAll('\\', '/')
  const [, inside] = /\/(?:site-packages|dist-packages)\/([\w./-]{1,200}\.pyx?)$/.exec(path) ?? []
  const [, standard] = /\/python3\.\d+\/([\w./]{1,120}\.py)$/i.exec(path) ?? []
  const library = inside ?? standard
  const root = library?.split('/')[0]?.replace(/\.pyx?$/, '') ?? ''
  const name = /<?[A-Za-z_][\w.]*>?/.exec(where)?.[0] ?? ''
  const isModule = name === '<module>' || name === '<lambda>' || name === '<listcomp>'
  const parts = library?.replace(/\.pyx?$/, '').split('/') ?? []
  if (packages.has(root) && parts.every((part) => packages.has(part) || isTechnical(part))) {
    return `${library}:${line} ${told(name, isModule, names)}`
  }
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.pyx?$/, '')
  const own = isTechnical(base) ? `${base}.py` : names('module', path)
  return `${own}:${line} ${told(name, isModule, names)}`
}

function told(name: string, isModule: boolean, names: Names): string {
  return isModule || isTechnical(name) ? name : names('function', name)
}
