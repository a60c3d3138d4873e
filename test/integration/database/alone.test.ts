import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { findPgBouncer, noPgBouncer, type PgBouncer, startPgBouncer } from '#support/pgbouncer.ts'
import { createSmallClinic } from '#support/small-clinic.ts'

const build = 'CREATE INDEX CONCURRENTLY pagos_monto ON pagos (monto_pagado)'
const sleep = 'SELECT pg_sleep(60)'

let clinic: FreshClinic
let database: Database
let bouncer: PgBouncer | null = null
let pooled: Database | null = null

beforeAll(async () => {
  clinic = await freshClinic({ empty: true })
  await createSmallClinic(clinic.client)
  await clinic.client.query(`ALTER DATABASE ${clinic.name} SET statement_timeout = '250ms'`)
  database = await openDatabase(clinic.options)
  if (findPgBouncer() === null) return
  const { host, port, user, password } = clinic.options
  bouncer = await startPgBouncer({ host, port, user, password: password ?? '' }, { servers: 3 })
  pooled = await openDatabase({ ...clinic.options, port: bouncer.port, pool: { warm: 0, max: 3 } })
})
afterAll(async () => {
  await database?.close()
  await pooled?.close()
  await bouncer?.stop()
  await clinic?.drop()
})

const active = async (what: string) => {
  const { rows } = await clinic.client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND strpos(query, $1) > 0`,
    [what],
  )
  return rows[0]?.n ?? 0
}

async function cancels(through: Database): Promise<void> {
  const abort = new AbortController()
  const sleeping = through.alone(sleep, { signal: abort.signal })
  const refused = expect(sleeping).rejects.toMatchObject({ code: 'CANCELLED' })
  await vi.waitFor(async () => expect(await active(sleep)).toBe(1))
  abort.abort()
  await refused
  expect(await active(sleep)).toBe(0)
  expect(through.figures()).toMatchObject({ leaks: 0, reconnects: 0 })
}

describe('a statement alone', () => {
  test('runs outside of any transaction and gives its client back', async () => {
    await database.alone(build)
    await database.alone('DROP INDEX CONCURRENTLY pagos_monto')
    const { now, leaks } = database.figures()
    expect({ leaks, busy: now.total - now.idle }).toEqual({ leaks: 0, busy: 0 })
  })

  test('may take longer than a statement of this database usually may', async () => {
    await expect(database.alone('SELECT pg_sleep(0.4)')).resolves.toBeUndefined()
  })

  test('waits for a lock no longer than it is told', async () => {
    await clinic.client.query('BEGIN; LOCK TABLE pagos')
    try {
      await expect(database.alone(build, { lockTimeout: 50 })).rejects.toMatchObject({ code: 'LOCK_TIMEOUT' })
    } finally {
      await clinic.client.query('ROLLBACK')
    }
  })

  test('is one statement, whatever it holds', async () => {
    await expect(database.alone('SELECT 1; DROP TABLE pagos')).rejects.toMatchObject({ params: { sqlstate: '42601' } })
  })

  test('is refused inside a request', async () => {
    await expect(database.read(() => database.alone('SELECT 1'))).rejects.toMatchObject({ code: 'INTERNAL' })
  })

  test('is cancelled on the server', () => cancels(database))

  test('does not begin when it was cancelled before', async () => {
    await expect(database.alone(build, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})

describe.skipIf(findPgBouncer() === null)(`behind PgBouncer (${noPgBouncer})`, () => {
  const through = () => {
    if (!pooled || !bouncer) throw new Error(noPgBouncer)
    return { pooled, bouncer }
  }

  test('a statement alone runs, and leaves no setting in a session that others share', async () => {
    const { pooled } = through()
    expect(pooled.link().pooler).toBe(true)
    await pooled.alone(build)
    await pooled.alone('DROP INDEX CONCURRENTLY pagos_monto')
    // Without the server's default of this database the sleep would not be cut.
    await expect(pooled.alone('SELECT pg_sleep(5)')).rejects.toMatchObject({ code: 'STATEMENT_TIMEOUT' })
  })

  test('it is found and cancelled there too', async () => {
    const { pooled } = through()
    await clinic.client.query(`ALTER DATABASE ${clinic.name} RESET statement_timeout`)
    await clinic.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'podoskin-admin'`,
    )
    await cancels(await openAgain(pooled))
  })
})

/** The sessions behind the pooler are new; ours must be too. */
async function openAgain(before: Database): Promise<Database> {
  await before.close(0)
  pooled = await openDatabase({ ...clinic.options, port: bouncer?.port ?? 0, pool: { warm: 0, max: 3 } })
  return pooled
}
