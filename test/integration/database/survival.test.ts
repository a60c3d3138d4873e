import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { Timing } from '#electron/database/timing.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type NetworkProxy, startProxy } from '#support/proxy.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

/** Longer than a wait of the product, and far from what would be a hang. */
const inTime = 5_500

/** The end of the message; BEGIN says READ COMMITTED too. */
const commitMessage = 'COMMIT\0'

let server: OwnServer
let clinic: FreshClinic
let proxy: NetworkProxy
let database: Database

beforeAll(async () => {
  server = await ownServer({ settings: { synchronous_commit: 'on' } })
})
afterAll(() => server?.remove())
beforeEach(async () => {
  clinic = await freshClinic({ server })
  await createSmallClinic(clinic.client)
  proxy = await startProxy(server)
  database = await open()
})
afterEach(async () => {
  await database.close(0)
  await proxy.close()
  await server.start()
  await clinic.drop()
})

function open(timing: Partial<Timing> = {}, more: Partial<DatabaseOptions> = {}): Promise<Database> {
  return openDatabase({ ...clinic.options, port: proxy.port, timing, ...more })
}

const one = () => database.read((transaction) => transaction.query('SELECT 1 AS one'))
const sleep = () => database.read((transaction) => transaction.query('SELECT pg_sleep(30)'))
const pay = (concept: string) =>
  database.write((transaction) =>
    transaction.query('INSERT INTO pagos (concepto, monto_pagado) VALUES ($1, 10)', [concept]),
  )
/** The code it fails with, in time. */
async function failure(work: Promise<unknown>): Promise<string> {
  const started = performance.now()
  const code = await work.then(
    () => 'it worked',
    (error) => String(error.code ?? error),
  )
  expect(performance.now() - started).toBeLessThan(inTime)
  return code
}
/** Waits until the server runs a statement of ours. */
async function running(): Promise<void> {
  const active = async () =>
    (
      await clinic.client.query(
        "SELECT 1 FROM pg_stat_activity WHERE application_name = 'podoskin-admin' AND state = 'active' AND query LIKE '%pg_sleep%'",
      )
    ).rowCount
  await expect.poll(active).toBe(1)
}
/** A new connection of the owner, for after the server was away. */
async function paid(concept: string): Promise<boolean> {
  const reading = await openDatabase(clinic.options)
  const rows = await reading.read((transaction) =>
    transaction.query('SELECT 1 FROM pagos WHERE concepto = $1', [concept]),
  )
  await reading.close()
  return rows.length === 1
}

describe('the server goes away and comes back', () => {
  test('a restart between two requests is not even noticed', async () => {
    await database.warm()
    await server.restart()
    expect(await one()).toEqual([{ one: 1 }])
    await expect(pay('after the restart')).resolves.toBeDefined()
    expect(database.figures()).toMatchObject({ reconnects: 1, failures: 0, leaks: 0 })
  })

  test('while it is stopped each request says so at once; when it is back the next one works', async () => {
    await database.close()
    database = await openDatabase(clinic.options)
    const interrupted = failure(sleep())
    await running()
    await server.stop()
    expect(await interrupted).toBe('SERVER_STOPPED')
    expect(await failure(one())).toBe('CONNECTION_REFUSED')
    expect(await failure(pay('while it was stopped'))).toBe('CONNECTION_REFUSED')
    await server.start()
    expect(await one()).toEqual([{ one: 1 }])
    expect(database.figures()).toMatchObject({ reconnects: 1, failures: 3 })
  })

  test('killed in the middle of a statement, as by a power cut', async () => {
    const interrupted = failure(sleep())
    await running()
    await server.kill()
    expect(await interrupted).toBe('CONNECTION_LOST')
    await server.start()
    expect(await one()).toEqual([{ one: 1 }])
  })

  test('sessions ended by an administrator: the one at work fails, the next request works', async () => {
    const interrupted = failure(sleep())
    await running()
    await clinic.client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'podoskin-admin'",
    )
    expect(await interrupted).toBe('SERVER_STOPPED')
    expect(await one()).toEqual([{ one: 1 }])
  })

  test('a password that was changed: what is open goes on, a new connection says why not', async () => {
    const role = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    await database.close()
    database = await open({}, { user: role.user, password: role.password })
    await clinic.client.query(`ALTER ROLE ${role.user} PASSWORD 'another'`)
    expect(await one()).toEqual([{ one: 1 }])
    proxy.cutOpen()
    expect(await failure(one())).toBe('AUTHENTICATION_FAILED')
  })

  test('a server that only reads (a stand-by after a failover) says so, and is left for the next request', async () => {
    await clinic.client.query(`ALTER DATABASE ${clinic.name} SET default_transaction_read_only = on`)
    proxy.cutOpen()
    expect(await failure(pay('on the stand-by'))).toBe('READ_ONLY_SERVER')
    await clinic.client.query('SET default_transaction_read_only = off')
    await clinic.client.query(`ALTER DATABASE ${clinic.name} RESET default_transaction_read_only`)
    await pay('on the new primary')
    expect(await paid('on the new primary')).toBe(true)
  })
})

describe('the network fails', () => {
  test('cut in the middle of a statement: it fails at once, the next request works', async () => {
    const interrupted = failure(sleep())
    await running()
    proxy.cutOpen()
    expect(await interrupted).toBe('CONNECTION_LOST')
    expect(await one()).toEqual([{ one: 1 }])
  })

  test('connections that died in silence while idle (sleep, router) are replaced within five seconds', async () => {
    await database.warm()
    proxy.swallowOpen()
    const started = performance.now()
    const answers = await Promise.all([one(), one(), one(), pay('after the sleep')])
    expect(performance.now() - started).toBeLessThan(inTime)
    expect(answers.slice(0, 3)).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]])
    expect(database.figures()).toMatchObject({ reconnects: 1, failures: 0 })
  })

  test('cable pulled in the middle of a statement: given up after its own timeout, then refused in time, then well', async () => {
    await database.close()
    database = await open({ margin: 300 })
    const interrupted = failure(
      database.read((transaction) => transaction.query('SELECT pg_sleep(30)'), { statementTimeout: 500 }),
    )
    await running()
    proxy.set('swallow')
    expect(await interrupted).toBe('CONNECTION_LOST')
    expect(await failure(one())).toBe('CONNECTION_TIMEOUT')
    proxy.set('pass')
    expect(await one()).toEqual([{ one: 1 }])
    expect(database.figures().now).toMatchObject({ waiting: 0 })
  })

  test('a slow network is not a dead one', async () => {
    proxy.delay(150)
    expect(await one()).toEqual([{ one: 1 }])
    await pay('slowly')
    expect(database.figures()).toMatchObject({ reconnects: 0, failures: 0, timeouts: 0 })
  })

  test('a network down for twenty requests at once leaves no turn taken', async () => {
    proxy.set('cut')
    const codes = await Promise.all(Array.from({ length: 20 }, () => failure(one())))
    expect(new Set(codes)).toEqual(new Set(['CONNECTION_LOST']))
    proxy.set('pass')
    await Promise.all(Array.from({ length: 20 }, one))
    expect(database.figures()).toMatchObject({ failures: 20, leaks: 0, now: { waiting: 0 } })
  })

  test('closing does not wait for a peer that is gone', async () => {
    await database.warm()
    proxy.set('swallow')
    const started = performance.now()
    await database.close()
    expect(performance.now() - started).toBeLessThan(1_500)
  })
})

describe('a full pool', () => {
  test('a request that waits too long says that the pool is full, and keeps no place', async () => {
    await database.close()
    database = await open({ wait: 100 }, { pool: { warm: 0, max: 2 } })
    const holding = [
      database.read((transaction) => transaction.query('SELECT pg_sleep(0.5)')),
      database.read((transaction) => transaction.query('SELECT pg_sleep(0.5)')),
    ]
    expect(await failure(one())).toBe('POOL_TIMEOUT')
    expect(database.figures()).toMatchObject({ timeouts: 1, now: { waiting: 0 } })
    await Promise.all(holding)
    expect(await one()).toEqual([{ one: 1 }])
  })
})

describe('a COMMIT whose answer is lost', () => {
  for (const weather of ['cut', 'swallow'] as const) {
    const lost = weather === 'cut' ? 'by a reset' : 'in silence'

    test(`is a success when the server did commit (${lost})`, async () => {
      await database.close()
      database = await open({ commit: 400 })
      const sprung = proxy.on(commitMessage, 'after', weather)
      await pay('committed')
      await sprung
      expect(await paid('committed')).toBe(true)
      expect(database.figures()).toMatchObject({ failures: 0, leaks: 0 })
    })

    test(`is a failure when the server never saw it (${lost}), and nothing of it remains`, async () => {
      await database.close()
      database = await open({ commit: 400 })
      const sprung = proxy.on(commitMessage, 'before', weather)
      const outcome = await pay('never arrived').catch((error) => error)
      await sprung
      expect(outcome).toMatchObject({ code: 'CONNECTION_LOST', params: { committed: false } })
      expect(await paid('never arrived')).toBe(false)
      await pay('never arrived')
      expect(await paid('never arrived')).toBe(true)
    })
  }

  for (const durable of ['on', 'off'] as const) {
    test(`is told as it is after a power cut of the server (synchronous_commit ${durable})`, async () => {
      await clinic.client.query(`ALTER DATABASE ${clinic.name} SET synchronous_commit = ${durable}`)
      proxy.cutOpen()
      const sprung = proxy.on(commitMessage, 'after', 'cut')
      const outcome = pay('before the power cut').then(
        () => true,
        (error) => error.params.committed,
      )
      await sprung
      await server.kill()
      await server.start()
      if (durable === 'on') expect(await outcome).toBe(true)
      expect(await paid('before the power cut')).toBe(await outcome)
    })
  }

  test('is called unknown when nobody can be asked, with the statement that tells later', async () => {
    await database.close()
    database = await open({ connect: 300, resolve: 700 })
    const sprung = proxy.on(commitMessage, 'after', 'cut').then(() => proxy.set('cut'))
    const error = await pay('who knows').catch((caught) => caught)
    await sprung
    expect(error).toMatchObject({ code: 'COMMIT_UNKNOWN', params: { database: clinic.name } })
    const { rows } = await clinic.client.query(error.params.check)
    expect(rows).toEqual([{ pg_xact_status: 'committed' }])
  })

  test('of a transaction that wrote nothing is no failure', async () => {
    const sprung = proxy.on(commitMessage, 'before', 'cut')
    expect(await database.write((transaction) => transaction.query('SELECT 1 AS one'))).toEqual([{ one: 1 }])
    await sprung
  })
})
