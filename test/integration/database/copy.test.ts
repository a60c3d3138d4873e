import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database, Transaction } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import type { Timing } from '#electron/database/timing.ts'
import { AppError } from '#shared/errors.ts'
import { type FreshClinic, freshClinic, type SharedServer } from '#support/clinic.ts'
import { findPgBouncer, noPgBouncer, startPgBouncer } from '#support/pgbouncer.ts'
import { type NetworkProxy, startProxy } from '#support/proxy.ts'
import { ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

const rows = 20_000
const numbers = `COPY (SELECT n, repeat('x', 200) FROM generate_series(1, ${rows}) n ORDER BY n) TO STDOUT`
const unlimited = { statementTimeout: 0, idleTimeout: 0 }

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

const one = async (over: Database) => (await over.read((transaction) => transaction.query('SELECT 1 AS one')))[0]

async function text(transaction: Transaction, sql: string): Promise<string> {
  return (await buffer(await transaction.copyOut(sql))).toString()
}

async function* lines(count: number): AsyncGenerator<Buffer> {
  for (let n = 0; n < count; n += 500) {
    const some = Array.from({ length: Math.min(500, count - n) }, (_, more) => `${n + more + 1}\tvalue\n`)
    yield Buffer.from(some.join(''))
  }
}

async function bothWays(over: Database): Promise<void> {
  const seen = await over.write(async (transaction) => {
    await transaction.query('CREATE TEMP TABLE shape (n int PRIMARY KEY, t text) ON COMMIT DROP')
    const [there, before] = await Promise.all([
      transaction.copyIn('COPY shape FROM STDIN', Readable.from(lines(rows))),
      transaction.query<{ n: number }>('SELECT count(*) AS n FROM shape'),
    ])
    const back = await text(transaction, 'COPY (SELECT * FROM shape ORDER BY n) TO STDOUT')
    const [after] = await transaction.query<{ n: number }>('SELECT count(*) AS n FROM shape')
    return { there, before: before[0]?.n, back, after: after?.n }
  }, unlimited)
  expect(seen).toMatchObject({ there: rows, before: rows, after: rows })
  expect(seen.back).toBe((await buffer(Readable.from(lines(rows)))).toString())
  for (const sql of [
    'COPY nothing_of_that_name TO STDOUT',
    'COPY (SELECT 1 / (n - 9000) FROM generate_series(1, 9999) n) TO STDOUT',
  ]) {
    await expect(over.read((transaction) => text(transaction, sql))).rejects.toBeInstanceOf(AppError)
  }
  await expect(
    over.write(async (transaction) => {
      await transaction.query('CREATE TEMP TABLE shape (n int PRIMARY KEY, t text) ON COMMIT DROP')
      const twice = async function* () {
        yield* lines(rows)
        yield* lines(rows)
      }
      await transaction.copyIn('COPY shape FROM STDIN', Readable.from(twice()))
    }),
  ).rejects.toMatchObject({ code: 'SERVER_ERROR', params: { sqlstate: '23505' } })
  expect(await one(over)).toEqual({ one: 1 })
  expect(over.figures()).toMatchObject({ leaks: 0, reconnects: 0 })
}

describe('COPY in a transaction', () => {
  test('goes in and out in the order of the statements around it', () => bothWays(database))

  test('does so on PostgreSQL 14, and through PgBouncer on both', { timeout: 120_000 }, async (context) => {
    const old = await ownServer({ version: 14 })
    try {
      const servers: SharedServer[] = [old]
      for (const server of servers) await throughServer(server)
      if (findPgBouncer() === null) return context.skip(noPgBouncer)
      for (const server of [old, clinic.options as SharedServer]) {
        const bouncer = await startPgBouncer(server)
        try {
          await throughServer(server, bouncer)
        } finally {
          await bouncer.stop()
        }
      }
    } finally {
      await old.remove()
    }
  })

  test('fails like any statement: inside an attempt the rest goes on', async () => {
    const result = await database.write(async (transaction) => {
      await transaction.copyIn('COPY copied FROM STDIN', Readable.from(lines(3)))
      const failed = await transaction
        .attempt(() => transaction.copyIn('COPY copied FROM STDIN', Readable.from(lines(3))))
        .catch((error: AppError) => error.params)
      const lost = await transaction
        .attempt(() => text(transaction, 'COPY (SELECT 1 / 0) TO STDOUT'))
        .catch((error: AppError) => error.params)
      return [failed, lost, await text(transaction, 'COPY (SELECT count(*) FROM copied) TO STDOUT')]
    })
    expect(result).toEqual([
      expect.objectContaining({ sqlstate: '23505', constraint: 'copied_pkey' }),
      expect.objectContaining({ sqlstate: '22012' }),
      '3\n',
    ])
    expect(database.figures().reconnects).toBe(0)
  })

  test('never quotes what the server says of a row', async () => {
    const secret = Readable.from([Buffer.from('not a number, Juana Pérez\tx\n')])
    const error = await database
      .write((transaction) => transaction.copyIn('COPY copied FROM STDIN', secret))
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'SERVER_ERROR', params: { sqlstate: '22P02' } })
    expect(JSON.stringify(error)).not.toContain('Juana')
  })

  test('the failure of a source is thrown as it is, and nothing is committed', async () => {
    const source = Readable.from(
      (async function* () {
        yield* lines(5_000)
        throw new AppError('BACKUP_DAMAGED')
      })(),
    )
    await expect(
      database.write(async (transaction) => {
        await transaction.copyIn('COPY copied FROM STDIN', source).catch(() => 'swallowed')
      }),
    ).rejects.toMatchObject({ code: 'INTERNAL' })
    await expect(
      database.write((transaction) =>
        transaction.copyIn(
          'COPY copied FROM STDIN',
          Readable.from(
            (async function* () {
              yield* lines(5_000)
              throw new AppError('BACKUP_DAMAGED')
            })(),
          ),
        ),
      ),
    ).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
    expect((await clinic.client.query('SELECT 1 FROM copied')).rowCount).toBe(0)
    expect(database.figures()).toMatchObject({ leaks: 0, reconnects: 0 })
  })

  test('sees the limit of a statement', async () => {
    const slow = 'COPY (SELECT pg_sleep(1) FROM generate_series(1, 60)) TO STDOUT'
    await expect(
      database.read((transaction) => text(transaction, slow), { statementTimeout: 200 }),
    ).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
    expect(await one(database)).toEqual({ one: 1 })
  })

  test('ends when the statement is cancelled on the server', async () => {
    const running = database.read(
      (transaction) => text(transaction, numbers.replace('repeat', 'pg_sleep(0.01)::text || repeat')),
      unlimited,
    )
    running.catch(() => {})
    await expect
      .poll(async () => {
        const { rowCount } = await clinic.client.query(
          `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'active' AND query LIKE 'COPY (SELECT n%'`,
        )
        return rowCount
      })
      .toBe(1)
    await expect(running).rejects.toMatchObject({ params: { sqlstate: '57014' } })
    expect(await one(database)).toEqual({ one: 1 })
  })
})

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

async function throughServer(server: SharedServer, through: { host: string; port: number } = server): Promise<void> {
  const other = await freshClinic({ empty: true, server })
  await createSmallClinic(other.client)
  const opened = await openDatabase({ ...other.options, host: through.host, port: through.port })
  try {
    await bothWays(opened)
  } finally {
    await opened.close(0)
    await other.drop()
  }
}
