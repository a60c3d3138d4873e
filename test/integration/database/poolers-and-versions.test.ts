import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { findPgBouncer, noPgBouncer, type PgBouncer, startPgBouncer } from '#support/pgbouncer.ts'
import { startProxy } from '#support/proxy.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

const pay = 'INSERT INTO pagos (concepto, monto_pagado) VALUES ($1, 10)'

/** What must work the same through everything that stands between us and the tables. */
async function everyday(database: Database): Promise<void> {
  await database.warm()
  const schema = await database.schema()
  expect(schema).toMatchObject({ name: 'public', role: 'reference' })
  const [limits] = await database.read(
    (transaction) => transaction.query(`SELECT current_setting('statement_timeout') AS statement`),
    { statementTimeout: 1_234 },
  )
  expect(limits).toEqual({ statement: '1234ms' })
  const together = await database.read(
    (transaction) => Promise.all([1, 2, 3].map((n) => transaction.query('SELECT $1::int AS n', [n]))),
    { pipeline: true },
  )
  expect(together).toEqual([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]])
  await database.write(async (transaction) => {
    await transaction.query(pay, ['kept'])
    await transaction.attempt(() => transaction.query(pay, ['kept'])).catch(() => {})
  })
  const many = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      database.read(
        async (transaction) => (await transaction.query<{ n: number }>('SELECT $1::int AS n', [index]))[0]?.n,
      ),
    ),
  )
  expect(many).toEqual(Array.from({ length: 40 }, (_, index) => index))
  await expect(
    database.read((transaction) => transaction.query('SELECT pg_sleep(5)'), { statementTimeout: 50 }),
  ).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  await expect(database.read((transaction) => transaction.query('SELECT 1 / 0'))).rejects.toMatchObject({
    params: { sqlstate: '22012' },
  })
  expect(database.figures()).toMatchObject({ leaks: 0, reconnects: 0 })
}

/** A COMMIT whose answer is lost between us and `target`. */
async function lostCommits(options: DatabaseOptions): Promise<void> {
  const proxy = await startProxy(options)
  const database = await openDatabase({ ...options, port: proxy.port, timing: { commit: 500 } })
  const write = (concept: string) => database.write((transaction) => transaction.query(pay, [concept]))
  try {
    for (const weather of ['cut', 'swallow'] as const) {
      const after = proxy.on('COMMIT\0', 'after', weather)
      await write(`committed ${weather}`)
      await after
      const before = proxy.on('COMMIT\0', 'before', weather)
      await expect(write(`lost ${weather}`)).rejects.toMatchObject({
        code: 'CONNECTION_LOST',
        params: { committed: false },
      })
      await before
    }
    const rows = await database.read((transaction) =>
      transaction.query("SELECT concepto FROM pagos WHERE concepto ~ '^(committed|lost)' ORDER BY 1"),
    )
    expect(rows).toEqual([{ concepto: 'committed cut' }, { concepto: 'committed swallow' }])
  } finally {
    await database.close()
    await proxy.close()
  }
}

describe.skipIf(findPgBouncer() === null)(
  findPgBouncer() === null ? `through PgBouncer (skipped: ${noPgBouncer})` : 'through PgBouncer in transaction mode',
  () => {
    let clinic: FreshClinic
    let pooler: PgBouncer
    let options: DatabaseOptions

    beforeAll(async () => {
      clinic = await freshClinic({ empty: true })
      await createSmallClinic(clinic.client)
      const { host, port, user, password } = clinic.options
      pooler = await startPgBouncer({ host, port, user, password: password ?? '' }, { servers: 2 })
      options = { ...clinic.options, port: pooler.port }
    })
    afterAll(async () => {
      await pooler?.stop()
      await clinic?.drop()
    })

    test('everything works, and the link knows that something stands between', async () => {
      const database = await openDatabase(options)
      expect(database.link()).toMatchObject({ pooler: true })
      await everyday(database)
      await database.close()
    })

    test('a named schema holds for each transaction and never for the neighbour', async () => {
      const named = await openDatabase({ ...options, schema: 'public' })
      const plain = await openDatabase(options)
      const path = (database: Database) =>
        database.read(
          async (transaction) => (await transaction.query("SELECT current_setting('search_path') AS path"))[0]?.path,
        )
      expect(await path(named)).toBe('public')
      expect(await path(plain)).toBe('"$user", public')
      await Promise.all([named.close(), plain.close()])
    })

    test('a COMMIT whose answer is lost is resolved', () => lostCommits(options))

    test('what it refuses has its own code', async () => {
      const code = (more: Partial<DatabaseOptions>) =>
        openDatabase({ ...options, ...more }).then(
          () => 'opened',
          (error) => error.code,
        )
      expect(await code({ password: 'wrong' })).toBe('AUTHENTICATION_FAILED')
      expect(await code({ user: 'nobody_here' })).toBe('AUTHENTICATION_FAILED')
      expect(await code({ database: 'no_such_clinic' })).toBe('DATABASE_NOT_FOUND')
      expect(await code({ tls: { mode: 'require', ca: null } })).toBe('TLS_NOT_OFFERED')
    })

    test('its restart is not noticed, its end is told', async () => {
      const { host, port, user, password } = clinic.options
      const own = await startPgBouncer({ host, port, user, password: password ?? '' })
      const proxy = await startProxy(own)
      const database = await openDatabase({ ...options, port: proxy.port })
      await own.stop()
      await expect(database.read(async () => 1)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
      await database.close()
      await proxy.close()
    })
  },
)

describe('on PostgreSQL 14', () => {
  let server: OwnServer
  let clinic: FreshClinic
  beforeAll(async () => {
    server = await ownServer({ version: 14 })
    clinic = await freshClinic({ server })
    await createSmallClinic(clinic.client)
  })
  afterAll(async () => {
    await clinic?.drop()
    await server?.remove()
  })

  test('everything works', async () => {
    const database = await openDatabase(clinic.options)
    expect(database.link()).toMatchObject({ pooler: false })
    await everyday(database)
    await database.close()
  })

  test('a COMMIT whose answer is lost is resolved', () => lostCommits(clinic.options))
})
