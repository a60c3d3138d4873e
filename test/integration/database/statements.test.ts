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

const pay = 'INSERT INTO pagos (concepto, monto_pagado) VALUES ($1, 10)'

describe('statements sent together', () => {
  const together = { pipeline: true, statementTimeout: 2_000 }

  test('answer in their order, each with its own rows', async () => {
    const rows = await database.read(
      (transaction) => Promise.all([1, 2, 3].map((n) => transaction.query('SELECT $1::int AS n, pg_sleep(0.02)', [n]))),
      together,
    )
    expect(rows.map(([row]) => row?.n)).toEqual([1, 2, 3])
  })

  test('fail with the reason of the first that failed, and leave the connection usable', async () => {
    const outcomes = await database.read(
      (transaction) =>
        Promise.allSettled([
          transaction.query('SELECT 1 AS n'),
          transaction.query('SELECT * FROM no_existe'),
          transaction.query('SELECT 2 AS n'),
        ]),
      together,
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const outcome of outcomes.slice(1)) expect(outcome).toMatchObject({ reason: { code: 'SCHEMA_CHANGED' } })
    expect(await database.read((transaction) => transaction.query('SELECT 3 AS n'))).toEqual([{ n: 3 }])
    expect(database.figures().leaks).toBe(0)
  })

  test('wait for an attempt that was asked for before them, and it for them', async () => {
    const answers = await database.read(async (transaction) => {
      const before = transaction.query('SELECT 1 AS n')
      const attempt = transaction.attempt(() => transaction.query('SELECT * FROM no_existe')).catch(() => 'failed')
      return Promise.all([before, attempt, transaction.query('SELECT 2 AS n')])
    }, together)
    expect(answers).toEqual([[{ n: 1 }], 'failed', [{ n: 2 }]])
  })

  test('have each the time that one statement may take, counted from when its turn came', async () => {
    const hasty = await openDatabase({ ...clinic.options, log, timing: { margin: 100 } })
    const rows = await hasty
      .read(
        (transaction) => Promise.all([1, 2, 3, 4].map(() => transaction.query('SELECT pg_sleep(0.4)::text AS slept'))),
        { pipeline: true, statementTimeout: 1_000 },
      )
      .finally(() => hasty.close())
    expect(rows).toHaveLength(4)
  })
})

describe('attempt', () => {
  test('undoes only what it did when it fails', async () => {
    await database.write(async (transaction) => {
      await transaction.query(pay, ['kept'])
      await transaction
        .attempt(async () => {
          await transaction.query(pay, ['undone'])
          await transaction.query('SELECT 1 / 0')
        })
        .catch(() => {})
    })
    const { rows } = await clinic.client.query("SELECT concepto FROM pagos WHERE concepto IN ('kept', 'undone')")
    expect(rows).toEqual([{ concepto: 'kept' }])
  })

  test('asked for side by side or one inside another, attempts do not cross', async () => {
    const outcomes = await database.write((transaction) =>
      Promise.allSettled([
        transaction.attempt(() => transaction.query(pay, ['first'])),
        transaction.attempt(async () => {
          await transaction.query(pay, ['second'])
          await transaction.attempt(() => transaction.query(pay, ['second'])).catch(() => {})
          await transaction.query(pay, ['after second'])
        }),
        transaction.attempt(() => transaction.query('SELECT 1 / 0')),
        transaction.query(pay, ['last']),
      ]),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    const { rows } = await clinic.client.query(
      "SELECT concepto FROM pagos WHERE concepto IN ('first', 'second', 'after second', 'last') ORDER BY id",
    )
    expect(rows.map(({ concepto }) => concepto)).toEqual(['first', 'second', 'after second', 'last'])
  })

  test('a table that is missing leaves the other questions of a read answered', async () => {
    const [missing, present] = await database.read((transaction) =>
      Promise.allSettled([
        transaction.attempt(() => transaction.query('SELECT 1 FROM no_existe')),
        transaction.attempt(() => transaction.query('SELECT 2 AS two')),
      ]),
    )
    expect(missing).toMatchObject({
      status: 'rejected',
      reason: { code: 'SCHEMA_CHANGED', params: { sqlstate: '42P01' } },
    })
    expect(present).toEqual({ status: 'fulfilled', value: [{ two: 2 }] })
  })
})
