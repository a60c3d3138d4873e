import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { counts, readLog, readText, rows } from '#support/log-reading.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
const seed = Number(process.env.PODOSKIN_SEED ?? 20_261_124)
const numRuns = process.env.PODOSKIN_LONG === '1' ? 3_000 : 60

function file(content: string | Buffer): string {
  const path = join(folder, 'backend.log')
  writeFileSync(path, content)
  return path
}

describe('entries', () => {
  it('keep a traceback in one piece, chained exceptions and lines of a message included', () => {
    const text = [
      'ERROR:    Exception in ASGI application',
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 1, in a',
      'KeyError: 1',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "/app/b.py", line 2, in b',
      'psycopg.errors.UniqueViolation: duplicate key',
      'DETAIL:  Key (id)=(1) already exists.',
      'INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 200 OK',
    ].join('\n')
    const { engine, scan } = readText(text)
    expect(rows(engine).map(({ message, rest }) => [message, rest.length])).toEqual([
      ['Exception in ASGI application', 10],
      ['127.0.0.1:1 - "GET / HTTP/1.1" 200 OK', 0],
    ])
    expect(scan.groups).toMatchObject([{ cause: 'exception', detail: 'psycopg.errors.UniqueViolation', count: 1 }])
  })

  it('of Windows-1252 and UTF-8 stand side by side', () => {
    const { engine } = readLog(
      file(Buffer.concat([Buffer.from('WARNING:  sesión\r\n'), Buffer.from('WARNING:  sesi\xf3n\r\n', 'latin1')])),
    )
    expect(rows(engine).map(({ message }) => message)).toEqual(['sesión', 'sesión'])
  })

  it('of PowerShell’s UTF-16 and of a file with a byte order mark are read', () => {
    const text = '\ufeffINFO:     Started server process [1]\r\nWARNING:  atención Ċ\r\nWARNING:  otra\r\n'
    for (const encoding of ['utf16le', 'utf8'] as const) {
      const { engine, scan } = readLog(file(Buffer.from(text, encoding)))
      expect(scan.starts).toBe(1)
      expect(rows(engine).map(({ message }) => message)).toEqual(['Started server process [1]', 'atención Ċ', 'otra'])
      expect(rows(engine, { show: 'problems' }).map(({ message }) => message)).toEqual(['atención Ċ', 'otra'])
    }
  })

  it('survive NUL bytes and lines of megabytes, which are cut', () => {
    const long = `ERROR:    ${'x'.repeat(3_000_000)}`
    const { engine, scan } = readLog(
      file(`${'\0'.repeat(5_000)}WARNING:  after the hole\n${long}\nWARNING:  after the long one`),
    )
    expect(counts(scan)).toEqual({ warning: 2, error: 1 })
    const shown = rows(engine)
    expect(shown.map(({ message, cut }) => [message.slice(0, 18), cut])).toEqual([
      ['after the hole', false],
      ['xxxxxxxxxxxxxxxxxx', true],
      ['after the long one', false],
    ])
    expect(Math.max(...shown.map(({ message }) => message.length))).toBeLessThanOrEqual(4_000)
  })

  it('are the same however the bytes arrive', () => {
    const line = fc.oneof(
      fc.constant('INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 200 OK'),
      fc.constant('INFO:     127.0.0.1:1 - "GET / HTTP/1.1" 500 Internal Server Error'),
      fc.constant('2026-11-24 08:32:16,489 WARNING psycopg.pool: rolling back returned connection: <x [INTRANS]>'),
      fc.constant('2026-11-24 08:32:16,489 INFO citas: agenda'),
      fc.constant('Traceback (most recent call last):'),
      fc.constant('  File "x.py"'),
      fc.constant('ValueError: y'),
      fc.constant('INFO:     Started server process [1]'),
      fc.constant(''),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 1, max: 200 }), (lines, size) => {
        const text = lines.join('\n')
        const whole = readText(text)
        const pieces = readText(text, size)
        const stored = readLog(file(text))
        expect(pieces.scan.groups.map(untimed)).toEqual(whole.scan.groups.map(untimed))
        expect(stored.scan.groups.map(untimed)).toEqual(whole.scan.groups.map(untimed))
        expect(stored.scan.requests).toEqual(whole.scan.requests)
        // Every entry can be shown again, in order, and what the list marks is what was counted.
        const shown = rows(stored.engine)
        expect(shown.map(({ entry }) => entry)).toEqual([...Array(stored.scan.read.entries).keys()])
        const marked = shown.filter(({ cause }) => cause !== null)
        expect(rows(stored.engine, { show: 'problems' })).toEqual(marked)
        expect(marked.length).toBe(stored.scan.groups.reduce((sum, { count }) => sum + count, 0))
        stored.engine.close()
      }),
      { seed, numRuns },
    )
  })
})

/** A program's lines carry the moment they came. */
function untimed({ first: _first, last: _last, ...group }: { first: unknown; last: unknown }) {
  return group
}
