import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ClinicClient } from '#electron/database/client.ts'
import type { Database } from '#electron/database/database.ts'
import { openWithPool } from '#electron/database/open.ts'
import type { Pool } from '#electron/database/pool.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

let clinic: FreshClinic
let database: Database
let pool: Pool
let log: RecordedLog

beforeAll(async () => {
  clinic = await freshClinic({ empty: true })
  await createSmallClinic(clinic.client)
})
beforeEach(async () => {
  await database?.close()
  log = recordedLog()
  const opened = await openWithPool({ ...clinic.options, log })
  database = opened.database
  pool = opened.pool
})
afterAll(async () => {
  await database?.close()
  await clinic?.drop()
})

/** Sessions of the product, by state, once none is running a statement. */
async function sessions(): Promise<string[]> {
  const { rows } = await clinic.client.query<{ state: string }>(
    "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'podoskin-admin'",
  )
  return rows.map(({ state }) => state)
}

async function leak(...statements: readonly string[]): Promise<ClinicClient> {
  const lease = await pool.take('SELECT 1')
  const { client } = lease
  for (const statement of statements) await client.query(statement).catch(() => {})
  await pool.giveBack(lease, true)
  return client
}

test('rolls back a client that comes back inside a transaction, counts it and logs the words of the guide', async () => {
  await leak('BEGIN', "INSERT INTO pagos (concepto, monto_pagado) VALUES ('leaked', 1)")
  expect(database.figures()).toMatchObject({ leaks: 1, now: { total: 1, idle: 1 } })
  expect(log.text()).toContain('rolling back returned connection')
  expect(log.text()).toContain('[INTRANS]')
  expect(await sessions()).toEqual(['idle'])
  expect((await clinic.client.query("SELECT 1 FROM pagos WHERE concepto = 'leaked'")).rows).toHaveLength(0)
})

test('knows a failed transaction from an open one', async () => {
  await leak('BEGIN', 'SELECT 1 / 0')
  expect(log.text()).toContain('[INERROR]')
  expect(database.figures().leaks).toBe(1)
})

test('discards a client that cannot be rolled back', async () => {
  const lease = await pool.take('BEGIN')
  const [{ pid }] = (await lease.client.query('SELECT pg_backend_pid() AS pid')).rows
  const gone = new Promise((resolve) => lease.client.once('end', resolve))
  await clinic.client.query('SELECT pg_terminate_backend($1)', [pid])
  await gone
  await pool.giveBack(lease, true)
  expect(database.figures()).toMatchObject({ leaks: 1, now: { total: 0, idle: 0 } })
  expect(await database.read((transaction) => transaction.query('SELECT 1 AS one'))).toEqual([{ one: 1 }])
})

test('counts no leak and leaves no transaction behind after every kind of request and failure', async () => {
  const quiet = (work: Promise<unknown>) => work.catch(() => {})
  for (let round = 0; round < 30; round++) {
    await Promise.all([
      quiet(database.read((transaction) => transaction.query('SELECT 1'))),
      quiet(database.read((transaction) => transaction.query('SELECT 1 / 0'))),
      quiet(database.read(() => Promise.reject(new Error('work')))),
      quiet(database.read((transaction) => transaction.query('SELECT pg_sleep(5)'), { statementTimeout: 20 })),
      quiet(database.write((transaction) => transaction.query('SELECT 1 / 0'))),
      quiet(database.write((transaction) => transaction.query('ROLLBACK'))),
      quiet(database.write((transaction) => transaction.query('COMMIT AND CHAIN'))),
      quiet(database.read((transaction) => transaction.attempt(() => transaction.query('SELECT 1 / 0')))),
      // Statements nobody waits for are still ended with their transaction.
      quiet(database.read(async (transaction) => void quiet(transaction.query('SELECT pg_sleep(0.01)')))),
    ])
  }
  expect(database.figures()).toMatchObject({ leaks: 0, requests: 1 + 30 * 9 })
  expect(new Set(await sessions())).toEqual(new Set(['idle']))
})

test('opens five connections when warmed, shrinks to one when idle, and closes them all at the end', async () => {
  await database.close()
  database = (await openWithPool({ ...clinic.options, timing: { idle: 150 } })).database
  await database.warm()
  expect(database.figures().now).toMatchObject({ total: 5, idle: 5 })
  await expect.poll(() => database.figures().now.total).toBe(1)
  await database.warm()
  expect(database.figures().now.total).toBe(5)
  await database.close()
  expect(database.figures()).toMatchObject({ open: false, now: { total: 0 } })
  await expect.poll(sessions).toEqual([])
})

test('closing waits for running work, refuses new work, and cuts what is not done by the deadline', async () => {
  const running = database.read((transaction) => transaction.query('SELECT pg_sleep(0.2), 1 AS one'))
  await expect.poll(() => database.figures().highWater).toBe(1)
  const closing = database.close()
  await expect(database.read(async () => 1)).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
  expect(await running).toMatchObject([{ one: 1 }])
  await closing

  database = (await openWithPool(clinic.options)).database
  const slow = database.read((transaction) => transaction.query('SELECT pg_sleep(30)'))
  const outcome = slow.catch((error) => error.code)
  await expect.poll(() => database.figures().now.idle).toBe(0)
  const started = performance.now()
  await database.close(50)
  expect(performance.now() - started).toBeLessThan(2_000)
  expect(await outcome).toBe('CONNECTION_LOST')
})
