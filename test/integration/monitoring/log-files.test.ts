import { appendFileSync, copyFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '#electron/monitoring/log/engine.ts'
import { writeLog } from '#support/log-file.js'
import { counts, everything, readLog, readOn, rows } from '#support/log-reading.ts'

const long = process.env.PODOSKIN_LONG === '1'
const megabytes = long ? 1_000 : 50
const warning = (text: string) => `WARNING:  ${text}\n`

let folder = ''
let open: Engine[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podoskin-log-'))
})
afterEach(() => {
  for (const engine of open) engine.close()
  open = []
  rmSync(folder, { recursive: true })
})

function follow(...paths: string[]): Engine {
  const engine = createEngine({ paths })
  open.push(engine)
  readOn(engine)
  return engine
}

const shown = (engine: Engine) => rows(engine).map(({ message }) => message)
const total = (engine: Engine) => counts({ ...engine.state(), good: 0, bad: 0 })

describe('a log in files', () => {
  it('shows a problem of many kilobytes, found by its place', () => {
    const file = join(folder, 'backend.log')
    const wide = `${'x'.repeat(40_000)} wide`
    writeFileSync(file, `${'INFO:     calm\n'.repeat(700)}${warning(wide)}${warning('after it')}`)
    const engine = follow(file)
    const found = rows(engine, { show: 'problems', text: 'XXXX' })
    expect(found).toMatchObject([{ entry: 700, cut: true, cause: 'warning' }])
    expect(rows(engine, { show: 'problems' }).map(({ entry }) => entry)).toEqual([700, 701])
  })

  it('is followed through a rotation by rename, the end of the old file included', () => {
    const file = join(folder, 'backend.log')
    writeFileSync(file, warning('one'))
    const engine = follow(file)
    renameSync(file, `${file}.1`)
    // The writer still has the old file open.
    appendFileSync(`${file}.1`, warning('two'))
    writeFileSync(file, warning('three'))
    readOn(engine)
    expect(shown(engine)).toEqual(['one', 'two', 'three'])
    appendFileSync(file, warning('four'))
    readOn(engine)
    expect(shown(engine)).toEqual(['one', 'two', 'three', 'four'])
    expect(total(engine)).toEqual({ warning: 4 })
  })

  it('is followed through a truncation, whose rows can no longer be shown but stay counted', () => {
    const file = join(folder, 'backend.log')
    writeFileSync(file, warning('one') + warning('two'))
    const engine = follow(file)
    truncateSync(file)
    readOn(engine)
    appendFileSync(file, warning('three'))
    readOn(engine)
    expect(shown(engine)).toEqual(['three'])
    expect(total(engine)).toEqual({ warning: 3 })
    expect(engine.state().problems).toBe(1)
  })

  it('is followed through copy-and-truncate, also when the new content is longer and under a hole of NUL bytes', () => {
    const file = join(folder, 'backend.log')
    writeFileSync(file, warning('one'))
    const engine = follow(file)
    copyFileSync(file, `${file}.1`)
    writeFileSync(file, `${'\0'.repeat(700_000)}${warning('after the hole')}${warning('and more of it')}`)
    readOn(engine)
    expect(shown(engine)).toEqual(['after the hole', 'and more of it'])
    expect(total(engine)).toEqual({ warning: 3 })
  })

  it('waits for the rest of its last line, and for a file that comes back', () => {
    const file = join(folder, 'backend.log')
    writeFileSync(file, 'WARNING:  half')
    const engine = follow(file)
    expect(engine.state().read.entries).toBe(0)
    appendFileSync(file, ' and half\n')
    readOn(engine)
    expect(shown(engine)).toEqual(['half and half'])
    rmSync(file)
    readOn(engine)
    expect(engine.state().status).toBe('gone')
    writeFileSync(file, warning('back'))
    readOn(engine)
    expect(engine.state().status).toBe('following')
    expect(shown(engine)).toEqual(['half and half', 'back'])
  })

  it('of several files is one, in the order in which they were written', () => {
    const files = ['backend.log.2', 'backend.log.1', 'backend.log'].map((name) => join(folder, name))
    for (const [at, file] of files.entries()) writeFileSync(file, warning(`file ${at}`))
    const engine = follow(...files)
    appendFileSync(join(folder, 'backend.log'), warning('file 3'))
    readOn(engine)
    expect(shown(engine)).toEqual(['file 0', 'file 1', 'file 2', 'file 3'])
  })

  it(`of ${megabytes} MB is counted exactly, rotated while it is read, paged and searched in flat memory`, () => {
    const file = join(folder, 'backend.log')
    const made = writeLog(file, megabytes * 1_000_000)
    const before = process.memoryUsage().rss
    const engine = createEngine({ paths: [file] })
    open.push(engine)
    expect(engine.step()).toBe(true)
    renameSync(file, `${file}.1`)
    writeFileSync(file, `INFO:     Started server process [2]\n${warning('fresh')}`)
    readOn(engine)
    const { read, requests, starts } = engine.state()
    expect(total(engine)).toEqual({ leak: made.leaks, serverError: made.failed, exception: made.failed, warning: 1 })
    expect(requests.before).toEqual({ total: made.requests, failed: made.failed })
    expect(starts).toBe(1)
    // A traceback of five lines is one entry.
    expect(read.entries).toBe(made.lines - made.failed * 4 + 2)
    const last = engine.page(everything, read.entries - 3, 3).entries
    expect(last.map(({ entry }) => entry)).toEqual([read.entries - 3, read.entries - 2, read.entries - 1])
    expect(last[2]?.message).toBe('fresh')
    const middle = engine.page(everything, Math.floor(read.entries / 2), 100).entries
    expect(middle).toHaveLength(100)
    const found = rows(engine, { text: 'FRESH' })
    expect(found.map(({ message }) => message)).toEqual(['fresh'])
    // Of problems the latest stand in the list; the first are there after one step, and a step is short.
    const problems = { ...everything, show: 'problems', text: 'intrans' } as const
    engine.page(problems, 0, 1)
    engine.search()
    const early = engine.page(problems, 0, 200)
    expect(early.entries.length).toBeGreaterThan(0)
    for (const { cause, message } of early.entries)
      expect([cause, message]).toEqual(['leak', expect.stringContaining('INTRANS')])
    while (engine.search());
    expect(engine.page(problems, 0, 1).total).toBe(Math.min(5_000, made.leaks))
    expect(rows(engine, { show: 'errors', text: 'nowhere in it' })).toEqual([])
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  it('says what it has read when there was nothing', () => {
    const file = join(folder, 'empty.log')
    writeFileSync(file, '')
    expect(readLog(file).scan).toMatchObject({ bad: 0, good: 0, read: { bytes: 0, entries: 0, first: null } })
  })
})
