import { describe, expect, it } from 'vitest'
import { counts, readText, rows } from '#support/log-reading.ts'

const trace = (last: string) =>
  `ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n  File "/app/main.py", line 3, in x\n    await pool.getconn()\n${last}\n`

describe('the causes', () => {
  it.each([
    [
      'leak',
      '2026-11-24 08:32:16,489 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=h)>\n',
    ],
    ['leak', 'psycopg.pool - WARNING - rolling back returned connection: <psycopg.AsyncConnection [INTRANS]>\n'],
    ['serverError', 'INFO:     127.0.0.1:50512 - "GET /stats/dashboard HTTP/1.1" 500 Internal Server Error\n'],
    ['serverError', '127.0.0.1 - - [24/Nov/2026] "GET /x HTTP/1.1" 503 21 "-" "curl/8"\n'],
    ['serverError', '500 Internal Server Error\n'],
    ['poolMissing', 'Error: psycopg_pool not installed\n'],
    ['poolMissing', trace("ModuleNotFoundError: No module named 'psycopg_pool'")],
    [
      'connectionRefused',
      trace('psycopg.OperationalError: connection failed: connection to server failed: Connection refused'),
    ],
    ['connectionRefused', 'Connection refused\n'],
    ['poolExhausted', 'Pool exhausted\n'],
    ['poolTimeout', trace("psycopg_pool.PoolTimeout: couldn't get a connection after 2.00 sec")],
    ['tooManyConnections', trace('psycopg.OperationalError: FATAL:  sorry, too many clients already')],
    ['authentication', trace('psycopg.OperationalError: FATAL:  password authentication failed for user "x"')],
    ['schemaMissing', trace('psycopg.errors.UndefinedTable: relation "citas" does not exist')],
    ['portBusy', 'ERROR:    [Errno 98] error while attempting to bind on address: address already in use\n'],
    ['startFailed', 'ERROR:    Application startup failed. Exiting.\n'],
    ['exception', trace("ValueError: 'María Pérez'")],
    ['error', '2026-11-24 08:32:16 ERROR citas: no se pudo guardar\n'],
    ['warning', 'WARNING:  careful\n'],
  ])('%s is found once', (cause, text) => {
    expect(counts(readText(text).scan)).toEqual({ [cause]: 1 })
    // What the list shows of the entry is what was counted.
    expect(rows(readText(text).engine).map((entry) => entry.cause)).toEqual([cause])
  })

  it.each([
    'INFO:     127.0.0.1:1 - "GET /errors?warning=1 HTTP/1.1" 200 OK\n',
    'INFO:     127.0.0.1:1 - "GET /errors HTTP/1.1" 404 Not Found\n',
    '2026-11-24 08:32:16 INFO citas: connection refused once, retried\n',
    '0 errors, all well: terrors and forewarnings do not count\n',
  ])('none is seen in %s', (text) => {
    expect(readText(text).scan.groups).toEqual([])
  })

  it('keep the names of loggers and exceptions, and never a message', () => {
    const { scan } = readText(trace("ValueError: 'María Pérez, 6641234567'"))
    expect(scan.groups).toMatchObject([{ cause: 'exception', detail: 'ValueError', level: 'error', count: 1 }])
    expect(JSON.stringify(scan)).not.toContain('Mar')
  })

  it('are counted since the latest start, and requests before and after it', () => {
    const leak =
      '2026-11-24 08:32:16 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS]>\n'
    const ok = 'INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 200 OK\n'
    const bad = 'INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 500 Internal Server Error\n'
    const start =
      'INFO:     Started server process [7]\n2026-11-24 09:00:00,000 INFO auth.database: Auth database pool initialized successfully\n'
    const { scan } = readText(`${start}${ok}${bad}${leak}${leak}${start}${ok}${ok}`)
    expect(scan).toMatchObject({ starts: 2, poolReady: 1, good: 1, bad: 0, reloader: false })
    expect(scan.requests).toEqual({ before: { total: 2, failed: 1 }, after: { total: 2, failed: 0 } })
    expect(scan.groups).toMatchObject([
      { cause: 'serverError', count: 1, sinceStart: 0 },
      { cause: 'leak', count: 2, sinceStart: 0 },
    ])
  })

  it('count workers that start together as one start, and tell the reloader', () => {
    const { scan } = readText(
      'INFO:     Started reloader process [1] using StatReload\nINFO:     Started server process [2]\nINFO:     Started server process [3]\n',
    )
    expect(scan).toMatchObject({ starts: 1, reloader: true })
  })
})
