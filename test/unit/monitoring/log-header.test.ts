import { describe, expect, it } from 'vitest'
import { parseHeader, stripPrefix } from '#electron/monitoring/log/header.ts'

const read = (line: string) => parseHeader(stripPrefix(line))
const local = (text: string) => Date.parse(text) / 1000

describe('the head of a line', () => {
  it.each([
    [
      '2026-11-24 08:32:16,489 WARNING psycopg.pool: rolling back',
      { time: local('2026-11-24T08:32:16'), level: 'warning', logger: 'psycopg.pool', message: 'rolling back' },
    ],
    [
      '2026-11-24 08:32:16,489 - psycopg.pool - WARNING - rolling back',
      { time: local('2026-11-24T08:32:16'), level: 'warning', logger: 'psycopg.pool', message: 'rolling back' },
    ],
    [
      'psycopg.pool - WARNING - rolling back',
      { time: null, level: 'warning', logger: 'psycopg.pool', message: 'rolling back' },
    ],
    [
      'WARNING:psycopg.pool:rolling back',
      { time: null, level: 'warning', logger: 'psycopg.pool', message: 'rolling back' },
    ],
    [
      'INFO:     Started server process [29603]',
      { time: null, level: 'info', logger: '', message: 'Started server process [29603]' },
    ],
    [
      '[2026-11-24 08:32:16 +0000] [12] [ERROR] Worker failed to boot',
      { time: Date.UTC(2026, 10, 24, 8, 32, 16) / 1000, level: 'error', logger: '', message: 'Worker failed to boot' },
    ],
    [
      '2026-11-24T08:32:16.123Z | ERROR | auth.database:42 - no pool',
      {
        time: Date.UTC(2026, 10, 24, 8, 32, 16) / 1000,
        level: 'error',
        logger: 'auth.database',
        message: 'no pool',
      },
    ],
    [
      'backend-1  | 2026-11-24T08:32:16.489123456Z INFO:     Application startup complete.',
      {
        time: Date.UTC(2026, 10, 24, 8, 32, 16) / 1000,
        level: 'info',
        logger: '',
        message: 'Application startup complete.',
      },
    ],
    [
      '2026-11-24T08:32:16+0000 clinica uvicorn[812]: ERROR:    Exception in ASGI application',
      {
        time: Date.UTC(2026, 10, 24, 8, 32, 16) / 1000,
        level: 'error',
        logger: '',
        message: 'Exception in ASGI application',
      },
    ],
    ['\u001b[33mWARNING\u001b[0m:  careful', { time: null, level: 'warning', logger: '', message: 'careful' }],
    ['Pool exhausted', { time: null, level: null, logger: '', message: 'Pool exhausted' }],
  ])('is read from %s', (line, expected) => {
    expect(read(line)).toEqual(expected)
  })
})
