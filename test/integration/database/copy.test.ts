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

async function text(transaction: Transaction, sql: string): Promise<string> {
  return (await buffer(await transaction.copyOut(sql))).toString()
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
