import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

let clinic: FreshClinic
let database: Database
let log: RecordedLog

beforeAll(async () => {
  clinic = await freshClinic({ empty: true })
  await createSmallClinic(clinic.client)
  log = recordedLog()
  database = await openDatabase({ ...clinic.options, log })
})
afterAll(async () => {
  await database?.close()
  await clinic?.drop()
})

const count = async () => Number((await clinic.client.query('SELECT count(*) AS n FROM pagos')).rows[0].n)
const pay = 'INSERT INTO pagos (concepto, monto_pagado) VALUES ($1, 10)'

describe('read', () => {
  test('runs READ ONLY and REPEATABLE READ, with its limits, and leaves nothing behind', async () => {
    const [row] = await database.read(
      (transaction) =>
        transaction.query(`
          SELECT current_setting('transaction_read_only') AS "readOnly", current_setting('transaction_isolation') AS isolation,
                 current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock,
                 current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('jit') AS jit,
                 current_setting('application_name') AS name`),
      { statementTimeout: 7_000, lockTimeout: 1_500, idleTimeout: 9_000, jit: false },
    )
    expect(row).toEqual({
      readOnly: 'on',
      isolation: 'repeatable read',
      statement: '7s',
      lock: '1500ms',
      idle: '9s',
      jit: 'off',
      name: 'podoskin-admin',
    })
    const [after] = await database.read((transaction) =>
      transaction.query(`SELECT current_setting('statement_timeout') AS statement`),
    )
    expect(after).toEqual({ statement: '30s' })
  })

  test('sees one snapshot from its first statement to its last', async () => {
    const seen = await database.read(async (transaction) => {
      const before = await transaction.query<{ n: number }>('SELECT count(*) AS n FROM pagos')
      await clinic.client.query(pay, ['snapshot'])
      return [before[0]?.n, (await transaction.query<{ n: number }>('SELECT count(*) AS n FROM pagos'))[0]?.n]
    })
    expect(seen[0]).toBe(seen[1])
  })

  test('calls a write inside it our own mistake', async () => {
    await expect(database.read((transaction) => transaction.query(pay, ['x']))).rejects.toMatchObject({
      code: 'INTERNAL',
      params: { sqlstate: '25006' },
    })
  })

  test('keeps counts as numbers, and money, dates and timestamps as the text PostgreSQL sent', async () => {
    const [row] = await database.read((transaction) =>
      transaction.query(`
        SELECT 42::bigint AS count, 9007199254740993::bigint AS beyond, 12.30::numeric AS money, DATE '2026-11-24' AS day,
               TIMESTAMP '2026-11-24 10:30:00' AS local, TIMESTAMPTZ '2026-11-24 10:30:00+00' AS moment, TIME '08:00' AS time,
               ARRAY[1, 2]::bigint[] AS ids, ARRAY[1.50, NULL]::numeric[] AS amounts, ARRAY[DATE '2026-01-01'] AS days,
               true AS flag, 1.5::float8 AS ratio, '{"a": [1]}'::jsonb AS document`),
    )
    expect(row).toEqual({
      count: 42,
      beyond: '9007199254740993',
      money: '12.30',
      day: '2026-11-24',
      local: '2026-11-24 10:30:00',
      moment: '2026-11-24 10:30:00+00',
      time: '08:00:00',
      ids: [1, 2],
      amounts: ['1.50', null],
      days: ['2026-01-01'],
      flag: true,
      ratio: 1.5,
      document: { a: [1] },
    })
  })

  test('refuses a second statement hidden in the first, parameters or not', async () => {
    await expect(database.read((transaction) => transaction.query('SELECT 1; COMMIT; SELECT 2'))).rejects.toMatchObject(
      {
        code: 'SERVER_ERROR',
        params: { sqlstate: '42601' },
      },
    )
  })

  test('ends a statement that takes too long on the server, and tells', async () => {
    const slow = database.read((transaction) => transaction.query('SELECT pg_sleep(20)'), { statementTimeout: 100 })
    await expect(slow).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
    expect(database.figures().timeouts).toBeGreaterThan(0)
  })

  test('gives up waiting for a lock, and tells', async () => {
    await clinic.client.query('BEGIN; LOCK TABLE pagos IN ACCESS EXCLUSIVE MODE')
    try {
      const blocked = database.read((transaction) => transaction.query('SELECT count(*) FROM pagos'), {
        lockTimeout: 100,
      })
      await expect(blocked).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' })
    } finally {
      await clinic.client.query('ROLLBACK')
    }
  })

  test('refuses statements after its end', async () => {
    const escaped = await database.read(async (transaction) => transaction)
    await expect(escaped.query('SELECT 1')).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('refuses work that ends the transaction it was given', async () => {
    const work = database.read(async (transaction) => {
      await transaction.query('COMMIT').catch(() => {})
      await transaction.query(pay, ['outside']).catch(() => {})
    })
    await expect(work).rejects.toMatchObject({ code: 'INTERNAL' })
    const { rows } = await clinic.client.query("SELECT 1 FROM pagos WHERE concepto = 'outside'")
    expect(rows).toHaveLength(0)
  })
})

describe('write', () => {
  test('commits what the work did', async () => {
    const before = await count()
    await database.write((transaction) => transaction.query(pay, ['commits']))
    expect(await count()).toBe(before + 1)
  })

  test('rolls back when the work throws, and hands its error on unchanged', async () => {
    const before = await count()
    const own = new Error('changed my mind')
    const work = database.write(async (transaction) => {
      await transaction.query(pay, ['rolled back'])
      throw own
    })
    await expect(work).rejects.toBe(own)
    expect(await count()).toBe(before)
  })

  test('does not report success when the work swallowed a failed statement', async () => {
    const before = await count()
    const work = database.write(async (transaction) => {
      await transaction.query(pay, ['swallowed'])
      await transaction.query('SELECT 1 / 0').catch(() => {})
    })
    await expect(work).rejects.toMatchObject({ code: 'SERVER_ERROR', params: { sqlstate: '22012' } })
    expect(await count()).toBe(before)
  })

  test('fails when a constraint objects only at COMMIT, naming the constraint but no value', async () => {
    const work = database.write((transaction) =>
      transaction.query("INSERT INTO pagos (concepto, monto_pagado, id_paciente) VALUES ('Rosa Nieves', 1, 987654)"),
    )
    const error = await work.catch((caught) => caught)
    expect(error).toMatchObject({
      code: 'SERVER_ERROR',
      params: { sqlstate: '23503', constraint: 'pagos_id_paciente_fkey', table: 'pagos' },
    })
    expect(JSON.stringify({ ...error, cause: error.cause, message: error.message })).not.toContain('987654')
  })

  test('never lets a value of a row into an error or the log', async () => {
    const twice = database.write(async (transaction) => {
      await transaction.query(pay, ['María Secreta'])
      await transaction.query(pay, ['María Secreta'])
    })
    const error = await twice.catch((caught) => caught)
    expect(error).toMatchObject({
      code: 'SERVER_ERROR',
      params: { constraint: 'pagos_concepto_key', sqlstate: '23505' },
    })
    expect(`${JSON.stringify(error)} ${error.stack} ${error.cause} ${log.text()}`).not.toContain('Secreta')
  })

  test('keeps the first of several failures, not "transaction is aborted"', async () => {
    const work = database.write((transaction) =>
      Promise.all([transaction.query('SELECT 1 / 0'), transaction.query('SELECT 1')]),
    )
    await expect(work).rejects.toMatchObject({ params: { sqlstate: '22012' } })
  })
})

describe('one client for each request', () => {
  test('refuses a request inside a request at once', async () => {
    const inners: (() => Promise<unknown>)[] = [
      () => database.read(async () => 1),
      () => database.write(async () => 1),
      () => database.share('key', async () => 1),
      () => database.schema(),
    ]
    for (const inner of inners) await expect(database.read(inner)).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('allows one after another, and one that a finished request left behind', async () => {
    let later: Promise<number> = Promise.resolve(0)
    await database.read(async () => {
      later = new Promise<void>((resolve) => setTimeout(resolve, 30)).then(() => database.read(async () => 2))
      return 1
    })
    expect(await later).toBe(2)
  })

  test('two clients serve fifty requests at once without waiting for each other', async () => {
    const small = await openDatabase({ ...clinic.options, pool: { warm: 2, max: 2 } })
    try {
      const numbers = Array.from({ length: 50 }, (_, index) => index)
      const answers = await Promise.all(
        numbers.map((number) =>
          small.read(async (transaction) => {
            await transaction.query('SELECT pg_sleep(0.005)')
            return (await transaction.query<{ n: number }>('SELECT $1::int AS n', [number]))[0]?.n
          }),
        ),
      )
      expect(answers).toEqual(numbers)
      const { highWater, leaks, failures, wait, now } = small.figures()
      expect({ highWater, leaks, failures }).toEqual({ highWater: 2, leaks: 0, failures: 0 })
      expect(now).toMatchObject({ total: 2, waiting: 0 })
      expect(wait.p95).toBeGreaterThan(0)
    } finally {
      await small.close()
    }
  })

  test('twenty reads at once all answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.read((transaction) => transaction.query('SELECT count(*) AS n FROM pagos')),
      ),
    )
    expect(answers).toHaveLength(20)
    expect(database.figures()).toMatchObject({ leaks: 0, now: { waiting: 0 } })
  })

  test('identical reads in flight are one read, and the next is a new one', async () => {
    const before = database.figures().requests
    const load = () =>
      database.share('now', () =>
        database.read(async (transaction) => (await transaction.query('SELECT clock_timestamp()::text AS at'))[0]?.at),
      )
    const together = await Promise.all([load(), load(), load()])
    expect(new Set(together).size).toBe(1)
    expect(database.figures().requests).toBe(before + 1)
    expect(await load()).not.toBe(together[0])
  })

  test('a shared read that fails fails for all who wait, and is forgotten', async () => {
    const load = () => database.share('fails', () => database.read((transaction) => transaction.query('SELECT 1 / 0')))
    const outcomes = await Promise.allSettled([load(), load()])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await expect(database.share('fails', async () => 'well')).resolves.toBe('well')
  })
})
