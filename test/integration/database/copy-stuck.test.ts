import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import type { Timing } from '#electron/database/timing.ts'
import { AppError } from '#shared/errors.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type NetworkProxy, startProxy } from '#support/proxy.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { lines, numbers, one, rows, unlimited } from './copy-setting.ts'

let clinic: FreshClinic
let proxy: NetworkProxy
let database: Database

beforeAll(async () => {
  clinic = await freshClinic({ empty: true })
  await createSmallClinic(clinic.client)
  await clinic.client.query('CREATE TABLE copied (n int PRIMARY KEY, t text)')
})
beforeEach(async () => {
  await clinic.client.query('TRUNCATE copied')
  proxy = await startProxy(clinic.options)
  database = await open()
})
afterEach(async () => {
  await database.close(0)
  await proxy.close()
})
afterAll(() => clinic?.drop())

function open(timing: Partial<Timing> = {}): Promise<Database> {
  return openDatabase({ ...clinic.options, port: proxy.port, timing })
}

describe('a COPY that cannot go on', () => {
  test.each(['cut', 'swallow'] as const)('out, link %s: fails in time, and the next request works', async (weather) => {
    await database.close()
    database = await open({ margin: 300 })
    const reading = database.read(
      async (transaction) => {
        const stream = await transaction.copyOut(numbers)
        let seen = 0
        for await (const chunk of stream) {
          if (seen === 0) weather === 'cut' ? proxy.cutOpen() : proxy.swallowOpen()
          seen += (chunk as Buffer).length
        }
        return seen
      },
      { statementTimeout: 1_000 },
    )
    await expect(reading).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await one(database)).toEqual({ one: 1 })
  })

  test.each(['cut', 'swallow'] as const)('in, link %s: fails in time, and nothing is committed', async (weather) => {
    await database.close()
    database = await open({ margin: 300 })
    async function* rowsAndAccident() {
      for (let n = 1; n < 400; n++) {
        if (n === 200) weather === 'cut' ? proxy.cutOpen() : proxy.swallowOpen()
        yield Buffer.from(`${n}\t${'x'.repeat(60_000)}\n`)
      }
    }
    const writing = database.write(
      (transaction) => transaction.copyIn('COPY copied FROM STDIN', Readable.from(rowsAndAccident())),
      { statementTimeout: 1_000 },
    )
    await expect(writing).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(await one(database)).toEqual({ one: 1 })
    expect((await clinic.client.query('SELECT 1 FROM copied')).rowCount).toBe(0)
  })

  test('in, a server that takes nothing more: is given up, also without a limit of time', async () => {
    await database.close()
    database = await open({ stall: 500 })
    await clinic.client.query('BEGIN; LOCK TABLE copied')
    try {
      const writing = database.write(
        (transaction) => transaction.copyIn('COPY copied FROM STDIN', Readable.from(lines(rows))),
        { ...unlimited, lockTimeout: 0 },
      )
      await expect(writing).rejects.toMatchObject({ code: 'CONNECTION_LOST', params: { silent: true } })
    } finally {
      await clinic.client.query('ROLLBACK')
    }
    expect(await one(database)).toEqual({ one: 1 })
  })

  test('out, left early by its reader: the client is discarded, the error of the work is thrown', async () => {
    for (const when of ['before the first byte', 'after it']) {
      await expect(
        database.write(async (transaction) => {
          await transaction.query("INSERT INTO copied VALUES (1, 'must not stay')")
          const stream = await transaction.copyOut(numbers)
          if (when === 'after it') await stream[Symbol.asyncIterator]().next()
          throw new AppError('CANCELLED')
        }, unlimited),
      ).rejects.toMatchObject({ code: 'CANCELLED' })
      await expect(
        database.write(async (transaction) => {
          await transaction.query("INSERT INTO copied VALUES (1, 'must not stay')")
          void (await transaction.copyOut(numbers)).destroy()
        }, unlimited),
      ).rejects.toMatchObject({ code: 'INTERNAL' })
      expect(await one(database)).toEqual({ one: 1 })
    }
    expect((await clinic.client.query('SELECT 1 FROM copied')).rowCount).toBe(0)
    expect(database.figures().leaks).toBe(0)
  })

  test('out, left inside an attempt: the whole transaction is lost, and says why', async () => {
    await expect(
      database.write((transaction) =>
        transaction.attempt(async () => {
          const stream = await transaction.copyOut(numbers)
          stream.destroy()
          throw new AppError('BACKUP_DISK_FULL')
        }),
      ),
    ).rejects.toMatchObject({ code: 'BACKUP_DISK_FULL' })
    expect(await one(database)).toEqual({ one: 1 })
  })

  test('out, read slowly: most of 200 MB waits on the server, not in our memory', async () => {
    // Straight to the server: the proxy reads ahead.
    await database.close()
    database = await openDatabase(clinic.options)
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite'`
    await database.read(async (transaction) => {
      const before = process.memoryUsage().arrayBuffers
      const stream = await transaction.copyOut(numbers.replace('200', '10000'))
      const chunks = stream[Symbol.asyncIterator]()
      await chunks.next()
      await expect.poll(async () => (await clinic.client.query(waits)).rowCount, { timeout: 5_000 }).toBe(1)
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024)
      for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) expect(chunk.length).toBeGreaterThan(0)
    }, unlimited)
  })
})
