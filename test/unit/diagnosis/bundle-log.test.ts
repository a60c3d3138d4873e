import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAppLine } from '#electron/diagnosis/bundle-app-log.ts'
import { readLogLine } from '#electron/diagnosis/bundle-log.ts'
import { line as appLine } from '#electron/shell/log-file.ts'

const traceback = `2026-11-24 10:02:11,512 - stats.router - ERROR - No se pudo leer a Juana Pérez, tel. 6861234567
Traceback (most recent call last):
  File "/srv/clinica de Juana/backend/stats/router.py", line 42, in get_dashboard
    await cur.execute("SELECT * FROM pacientes WHERE nombre = 'Juana Pérez'")
  File "/srv/clinica de Juana/backend/venv/lib/python3.12/site-packages/psycopg/cursor_async.py", line 97, in execute
    raise ex.with_traceback(None)
  File "/srv/backend/juana_perez.py", line 7, in abrir_expediente_de_juana
psycopg.errors.UniqueViolation: duplicate key value violates unique constraint
DETAIL:  Key (email)=(juana@example.mx) already exists. SQLSTATE 23505`

describe('what the bundle takes of an entry of the backend’s log', () => {
  it('is time, level, logger, exception, SQLSTATE and the places in the program', () => {
    expect(readLogLine(traceback)).toEqual({
      at: '2026-11-24T10:02:11',
      level: 'ERROR',
      logger: 'stats.router',
      message: null,
      exceptions: ['psycopg.errors.UniqueViolation'],
      sqlstate: '23505',
      frames: [
        'router.py:42 get_dashboard',
        'psycopg/cursor_async.py:97 execute',
        '<module-1>.py:7 <function-1>'.replace('.py', ''),
      ],
    })
  })

  it.each([
    [
      '2026-11-24 10:00:00,001 - psycopg.pool - WARNING - rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=10.0.0.5 user=juana database=clinica) at 0x7f>',
      {
        logger: 'psycopg.pool',
        level: 'WARNING',
        message: 'rolling back returned connection: <psycopg.AsyncConnection [INTRANS] …>',
      },
    ],
    [
      'backend-1  | 2026-11-24 10:00:00,001 - auth.database - INFO - Auth database pool initialized successfully',
      { logger: 'auth.database', message: 'Auth database pool initialized successfully', at: '2026-11-24T10:00:00' },
    ],
    [
      'INFO:     127.0.0.1:50512 - "GET /pacientes/juana-perez?tel=686 HTTP/1.1" 500 Internal Server Error',
      { message: '"GET <path>" 500', level: 'INFO', at: null },
    ],
    [
      'INFO:     127.0.0.1:50512 - "GET /api/stats/dashboard HTTP/1.1" 200 OK',
      { message: '"GET /api/stats/dashboard" 200' },
    ],
    [
      "psycopg_pool.PoolTimeout: couldn't get a connection after 30.00 sec",
      { message: "couldn't get a connection after 30.00 sec" },
    ],
    ['Juana Pérez nació el 1980-03-05 10:00:00 - WARNING', { at: null, message: null, logger: null }],
    ['2026-11-24 10:00:00 - Juana.Perez - WARNING - hola', { logger: '<logger-1>', message: null }],
  ])('%s', (entry, taken) => {
    expect(readLogLine(entry)).toMatchObject(taken)
  })

  it('holds nothing of a patient, wherever the log quotes one (seed 20261124)', () => {
    const secret = 'JuanaPerez7712'
    const spellings = [secret, secret.toLowerCase(), 'juana_perez7712', 'Juana Perez7712', '"JuanaPerez7712"']
    const piece = fc.constantFrom(
      ...spellings,
      ...[
        '2026-11-24 10:00:00',
        ' - ',
        'ERROR',
        'WARNING',
        'psycopg.pool',
        ': ',
        '\n',
        '  File "',
        '.py", line ',
        '7',
        ', in ',
      ],
      ...[
        'site-packages/psycopg/',
        'SQLSTATE ',
        'Error',
        'Traceback (most recent call last):',
        '/',
        '.',
        '"GET /',
        ' HTTP/1.1" 500',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        expect(JSON.stringify(readLogLine(parts.join('')))).not.toMatch(/juana|7712/i)
      }),
      { numRuns: 5_000, seed: 20_261_124 },
    )
  })
})

describe('what the bundle takes of our own log', () => {
  const at = '2026-11-24T10:00:00.123+00:00'

  it('is the event and what is a number, a code, or a word of ours', () => {
    const text = appLine('call', { name: 'session.login', ms: 12, outcome: 'WRONG_CREDENTIALS', ref: 'ABC234' })
    expect(readAppLine(`${at} warn ${text}`)).toBe(
      `${at} warn call name=session.login ms=12 outcome=WRONG_CREDENTIALS ref=ABC234`,
    )
  })

  it('leaves out what is none of these', () => {
    expect(readAppLine(`${at} info monitoring.sessionEnded user=juana pid=77 how=cancel`)).toBe(
      `${at} info monitoring.sessionEnded pid=77 how=cancel`,
    )
    expect(readAppLine(`${at} info session.juanaPerez file="/home/Juana/x" kind=Juana`)).toBe(`${at} info <event>`)
    expect(readAppLine('Juana Pérez')).toBeNull()
  })

  it('knows what happened in nearly all that the program writes', () => {
    const sources = readdirSync('electron', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    )
    const events = sources.flatMap((name) =>
      [...readFileSync(join('electron', name), 'utf8').matchAll(/log\.(?:info|warn|error)\('([^']+)'/g)].map(
        ([, event]) => event ?? '',
      ),
    )
    expect(events.length).toBeGreaterThan(20)
    const lost = events.filter(
      (event) =>
        /^[a-z]+(?:\.\w+|( [a-z]+)+)$/.test(event) && readAppLine(`${at} info ${appLine(event)}`)?.endsWith('<event>'),
    )
    // A new event is told once its words are in the vocabulary; a few that are not cost support little.
    expect(lost.length, lost.join(', ')).toBeLessThan(events.length / 10)
  })
})
