import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createRuns } from '#electron/monitoring/log/runs.ts'
import { scanLog } from '#electron/monitoring/log/scan.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-log-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const summary = (text: string, mark: string | null = null) => {
  const reader = createRuns(mark)
  reader.add(text.split('\n'))
  return reader.end()
}

const start = 'INFO:     Started server process [29603]'
const leak =
  '2026-11-24 08:32:16,489 WARNING psycopg.pool: rolling back returned connection: <psycopg.AsyncConnection [INTRANS] (host=127.0.0.1 port=5) at 0x7f>'
const answer = (status: number, path = '/stats/dashboard') =>
  `INFO:     127.0.0.1:50512 - "GET ${path} HTTP/1.1" ${status} Whatever`

describe('what a log says since the latest start', () => {
  it('counts bad messages of the latest run only, and keeps what was before', () => {
    const { before, latest } = summary([start, answer(500), leak, leak, start, answer(200), answer(200)].join('\n'))
    expect(before).toMatchObject({ started: true, requests: 1, serverErrors: 1, leaks: 2 })
    expect(latest).toMatchObject({ started: true, requests: 2, serverErrors: 0, leaks: 0, databaseRequests: 2 })
  })

  it('knows the phrase in every format around it, and not from anybody else', () => {
    const formats = [leak, leak.replace('WARNING psycopg.pool:', 'psycopg.pool - WARNING -'), `backend-1  | ${leak}`]
    for (const line of formats) expect(summary(line).latest.leaks).toBe(1)
    expect(summary('the guide says: rolling back returned connection').latest.leaks).toBe(0)
  })

  it('does not call health, refusals and errors a proof that the database was asked', () => {
    const lines = [
      start,
      answer(200, '/health'),
      answer(401),
      answer(500),
      answer(200, '/docs'),
      answer(200, '/api/stats/dashboard'),
    ]
    expect(summary(lines.join('\n')).latest).toMatchObject({ requests: 5, databaseRequests: 1 })
  })

  it('sees --reload, several workers as one start, and the address', () => {
    const address = 'INFO:     Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)'
    const reload = summary(
      [address, 'INFO:     Started reloader process [1] using statreload', start].join('\n'),
    ).latest
    expect(reload).toMatchObject({ started: true, reload: true, address: { host: '0.0.0.0', port: 8000 } })
    const workers = summary(
      [answer(500), address, 'INFO:     Started parent process [1]', start, answer(200), start].join('\n'),
    )
    expect(workers.latest).toMatchObject({ requests: 1, address: { port: 8000 } })
    expect(workers.before).toMatchObject({ started: false, requests: 1 })
  })

  it('finds the mark of the probe in the access log only', () => {
    expect(summary(answer(200, '/health?podoskin-abc'), 'podoskin-abc').markSeen).toBe(true)
    expect(summary('somebody wrote podoskin-abc', 'podoskin-abc').markSeen).toBe(false)
  })

  it('reads any text, whole or in pieces, to the same figures', () => {
    const line = fc.oneof(
      fc.constantFrom(start, leak, answer(500), answer(200), 'Traceback (most recent call last):'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.nat(40), (lines, cut) => {
        const flat = lines.map((one) => one.replaceAll('\n', ' '))
        const apart = createRuns(null)
        apart.add(flat.slice(0, cut))
        apart.add(flat.slice(cut))
        const whole = createRuns(null)
        whole.add(flat)
        expect(apart.end()).toEqual(whole.end())
      }),
      { seed: 9, numRuns: 300 },
    )
  })
})

describe('the runs of a file', () => {
  async function countIn(bytes: Buffer | string) {
    const path = join(folder, 'backend.log')
    writeFileSync(path, bytes)
    const { runs } = await scanLog({ kind: 'files', paths: [path] }, { workerFile: null, mark: 'podoskin-none' })
    if (runs === null) throw new Error('not counted run by run')
    return runs
  }

  it('takes UTF-8, Windows-1252 and the UTF-16 of PowerShell', async () => {
    const text = `${start}\r\n¡señal!\r\n${leak}\r\n`
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'latin1'), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
      expect((await countIn(bytes)).latest.leaks).toBe(1)
    }
  })

  it('keeps lines whole over its pieces, and is not stopped by one that is endless or by zeros', async () => {
    const many = `${leak}\n`.repeat(9_000)
    expect((await countIn(`${start}\n${many}`)).latest.leaks).toBe(9_000)
    const endless = Buffer.concat([Buffer.alloc(3_000_000, 'x'), Buffer.from(`\n${leak}\n`), Buffer.alloc(100_000)])
    expect((await countIn(endless)).latest.leaks).toBe(1)
  })
})
