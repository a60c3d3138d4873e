import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createThrottle, type Throttle } from '#electron/session/throttle.ts'
import { AppError } from '#shared/errors.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'

let folder: string
let file: string
let log: RecordedLog
let time: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podoskin-throttle-'))
  file = join(folder, 'throttle.json')
  log = recordedLog()
  time = Date.parse('2026-11-24T18:00:00Z')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => createThrottle({ file, now: () => time, log })

/** Seconds to wait, or 0 when the try was let through. */
async function wait(throttle: Throttle, name = 'ivette'): Promise<number> {
  try {
    await throttle.begin(name)
    return 0
  } catch (error) {
    if (error instanceof AppError && error.code === 'TOO_MANY_TRIES') return Number(error.params.seconds)
    throw error
  }
}

async function spend(throttle: Throttle, name = 'ivette'): Promise<void> {
  for (let tries = 0; tries < 5; tries++) expect(await wait(throttle, name)).toBe(0)
}

describe('the throttle', () => {
  it('lets five through, then one after each wait, which doubles up to fifteen minutes', async () => {
    const throttle = open()
    await spend(throttle)
    const waits: number[] = []
    for (let rounds = 0; rounds < 7; rounds++) {
      const seconds = await wait(throttle)
      waits.push(seconds)
      time += seconds * 1000
      expect(await wait(throttle)).toBe(0)
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900])
  })

  it('never lets more than five through in any minute', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(40_000), { minLength: 10, maxLength: 30 }), async (pauses) => {
        rmSync(file, { force: true })
        const throttle = open()
        const through: number[] = []
        for (const pause of pauses) {
          time += pause
          if ((await wait(throttle)) === 0) through.push(time)
        }
        for (const at of through) {
          expect(through.filter((other) => other >= at && other - at < 60_000).length).toBeLessThanOrEqual(5)
        }
      }),
      { seed: 20261124, numRuns: 12 },
    )
  })

  it('starts over for a name whose password was right, and after an hour of peace', async () => {
    const throttle = open()
    for (let tries = 0; tries < 4; tries++) await wait(throttle)
    ;(await throttle.begin('ivette')).forgive()
    await spend(throttle)
    expect(await wait(throttle)).toBe(60)
    time += 60_000 + 3_600_001
    await spend(throttle)
    expect(await wait(throttle)).toBe(60)
  })

  it('gives back a try whose password was never looked at, the blocking one too', async () => {
    const throttle = open()
    for (let tries = 0; tries < 12; tries++) (await throttle.begin('ivette')).withdraw()
    for (let tries = 0; tries < 4; tries++) await wait(throttle)
    ;(await throttle.begin('ivette')).withdraw()
    expect(await wait(throttle)).toBe(0)
    expect(await wait(throttle)).toBe(60)
  })

  it('takes the spellings of one name for one name, and telephones by their digits', async () => {
    const throttle = open()
    for (const name of ['Ivette', ' IVETTE ', 'ivette', 'ｉｖｅｔｔｅ', 'iVette'])
      expect(await wait(throttle, name)).toBe(0)
    expect(await wait(throttle, 'ivette')).toBe(60)
    expect(await wait(throttle, 'ibeth')).toBe(0)
    for (const name of ['6865550102', '686-555-0102', '+52 686 555 01 02', '(686) 5550102', '521 6865550102']) {
      expect(await wait(throttle, name)).toBe(0)
    }
    expect(await wait(throttle, '686.555.0102')).toBe(60)
  })

  it('remembers over a restart without naming anybody, readable by its owner only', async () => {
    await spend(open(), 'ivette.martinez')
    expect(await wait(open(), 'ivette.martinez')).toBe(60)
    expect(readFileSync(file, 'utf8')).not.toMatch(/ivette|martinez/)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('cannot be made to wait for ever by a clock that was set back', async () => {
    await spend(open())
    time -= 365 * 24 * 3_600_000
    expect(await wait(open())).toBeLessThanOrEqual(900)
    time += 900_000
    expect(await wait(open())).toBe(0)
  })

  it('starts empty on a damaged file and goes on counting', async () => {
    for (const content of ['', '{', '[]', '{"schemaVersion":1,"key":"x","names":{}}', 'null', '\0'.repeat(100)]) {
      writeFileSync(file, content)
      const throttle = open()
      await spend(throttle)
      expect(await wait(throttle)).toBe(60)
    }
  })

  it('goes on in memory when the disk refuses, and says so once', async () => {
    writeFileSync(join(folder, 'no-folder'), '')
    file = join(folder, 'no-folder', 'throttle.json')
    const throttle = open()
    await spend(throttle)
    expect(await wait(throttle)).toBe(60)
    expect(log.entries.filter(({ event }) => event === 'session.throttleNotSaved')).toHaveLength(1)
  })

  it('keeps a thousand names and, of those, who has to wait', async () => {
    writeFileSync(
      file,
      JSON.stringify({
        schemaVersion: 1,
        key: 'a'.repeat(64),
        names: Object.fromEntries(
          Array.from({ length: 1000 }, (_, index) => [
            index.toString(16).padStart(64, '0'),
            { tries: [time - 1000], strikes: 0, until: 0, last: time - 1000 },
          ]),
        ),
      }),
    )
    const throttle = open()
    await spend(throttle, 'blocked')
    for (let index = 0; index < 20; index++) {
      time += 1
      await wait(throttle, `name ${index}`)
    }
    expect(await wait(throttle, 'blocked')).toBe(60)
    expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')).names)).toHaveLength(1000)
  })
})
