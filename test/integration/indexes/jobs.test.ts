import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { findPgBouncer, noPgBouncer, startPgBouncer } from '#support/pgbouncer.ts'
import { startProxy } from '#support/proxy.ts'
import { type Advice, adviceOn } from './setting.ts'

dropClinicsAfterAll()
let clinic: FreshClinic
let advice: Advice
let owner: { user: string; password: string }

beforeEach(async () => {
  clinic = await freshClinic()
  owner = { user: clinic.options.user, password: clinic.options.password ?? '' }
  advice = await adviceOn(clinic)
})
afterEach(async () => {
  await advice.close()
  await clinic.drop()
})

const name = 'podoskin_admin_pagos_fecha'
const exists = async () => {
  const { rows } = await clinic.client.query<{ valid: boolean }>(
    'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    [name],
  )
  return rows[0]?.valid ?? null
}
/** A transaction of the clinic that has written to `pagos` and does not end: a creation waits for it. */
const hold = () => clinic.client.query('BEGIN; LOCK TABLE pagos IN ROW EXCLUSIVE MODE')
const release = () => clinic.client.query('ROLLBACK')
const waiting = () => advice.until(({ progress }) => progress.phase === 'wait')

async function everyday() {
  await advice.close()
  const role = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
  advice = await adviceOn(clinic, { everyday: role })
  return role
}

describe('the creation of an index', () => {
  it('is done by the owner for a role that may only read, and undone again', async () => {
    await everyday()
    const job = await advice.create('payments', owner)
    expect(job).toMatchObject({ kind: 'indexes.create', state: 'done', error: null })
    expect(await advice.find('payments')).toMatchObject({ status: { state: 'ours', bytes: expect.any(Number) } })
    expect(await advice.dropIndex('payments', owner)).toMatchObject({ kind: 'indexes.drop', state: 'done' })
    expect(await exists()).toBeNull()
  })

  it('closes the owner’s connection when the job ends, and when it never begins', async () => {
    await everyday()
    await advice.create('payments', owner)
    await expect(advice.create('payments', owner)).rejects.toMatchObject({ code: 'INDEX_CHANGED' })
    await vi.waitFor(async () => expect(await advice.sessions()).toBe(0))
  })

  it('does not begin for a role that does not own the table, nor with a wrong password', async () => {
    await everyday()
    await expect(advice.create('payments')).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
      params: { table: 'pagos' },
    })
    await expect(advice.create('payments', { ...owner, password: 'no' })).rejects.toMatchObject({
      code: 'AUTHENTICATION_FAILED',
    })
    expect(advice.seen).toEqual([])
  })

  it('never drops what is the clinic’s own', async () => {
    await expect(advice.dropIndex('details')).rejects.toMatchObject({ code: 'INDEX_CHANGED' })
  })

  it('lets the clinic write meanwhile, and is shown as being built to everybody', async () => {
    const role = await clinic.role('USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public')
    await hold()
    const phase = waiting()
    const job = advice.create('payments')
    expect((await phase).progress).toMatchObject({ unit: 'steps', cancellable: true })
    const other = await adviceOn(clinic, { everyday: role })
    expect((await other.find('payments')).status).toEqual({ state: 'building' })
    await expect(other.create('payments', owner)).rejects.toMatchObject({
      code: 'INDEX_CHANGED',
      params: { state: 'building' },
    })
    await other.close()
    await clinic.client.query('UPDATE pagos SET monto_pagado = monto_pagado')
    await release()
    expect((await job).state).toBe('done')
    expect(await exists()).toBe(true)
  })

  it('is cancelled on request and leaves nothing behind', async () => {
    await hold()
    const phase = waiting()
    const job = advice.create('payments')
    await phase
    const clearing = advice.until(({ progress }) => progress.phase === 'clear')
    advice.cancel()
    await clearing
    await release()
    expect(await job).toMatchObject({ state: 'cancelled', error: null })
    expect(await exists()).toBeNull()
    expect((await advice.find('payments')).status).toEqual({ state: 'missing' })
  })

  it('says what it had to leave, which can be cleared away by creating it again', async () => {
    await hold()
    const phase = waiting()
    const job = advice.create('payments')
    await phase
    await clinic.client.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_progress_create_index WHERE relid = 'pagos'::regclass`,
    )
    expect(await job).toMatchObject({ state: 'failed', error: { code: 'STATEMENT_TIMEOUT', params: { left: true } } })
    expect((await advice.find('payments')).status).toEqual({ state: 'invalid' })
    await release()
    expect((await advice.create('payments')).state).toBe('done')
    expect(await exists()).toBe(true)
  })

  it('clears away what is left when its session is ended', async () => {
    await hold()
    const phase = waiting()
    const job = advice.create('payments')
    await phase
    const clearing = advice.until(({ progress }) => progress.phase === 'clear')
    await clinic.client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_progress_create_index WHERE relid = 'pagos'::regclass`,
    )
    await clearing
    await release()
    expect((await job).state).toBe('failed')
    expect(await exists()).toBeNull()
  })

  it('ends what the server goes on building for nobody when the link is lost', async () => {
    const proxy = await startProxy(clinic.options)
    await advice.close()
    advice = await adviceOn(clinic, { ownerPort: proxy.port })
    await hold()
    const phase = waiting()
    const job = advice.create('payments')
    await phase
    const clearing = advice.until(({ progress }) => progress.phase === 'clear')
    proxy.cutOpen()
    await clearing
    await vi.waitFor(
      async () => {
        // The holding transaction would go on seeing the sessions of its first look.
        await clinic.client.query('SELECT pg_stat_clear_snapshot()')
        const { rows } = await clinic.client.query(
          'SELECT FROM pg_stat_progress_create_index WHERE datname = current_database()',
        )
        expect(rows).toEqual([])
      },
      { timeout: 10_000 },
    )
    await release()
    expect(await job).toMatchObject({ state: 'failed', error: { code: 'CONNECTION_LOST' } })
    expect(await exists()).toBeNull()
    await proxy.close()
  })

  it.skipIf(findPgBouncer() === null)(`works through PgBouncer (${noPgBouncer})`, async () => {
    const { host, port, user, password } = clinic.options
    const bouncer = await startPgBouncer({ host, port, user, password: password ?? '' })
    await advice.close()
    advice = await adviceOn(clinic, { ownerPort: bouncer.port })
    expect((await advice.create('payments')).state).toBe('done')
    expect(await exists()).toBe(true)
    expect((await advice.dropIndex('payments')).state).toBe('done')
    await advice.close()
    await bouncer.stop()
    advice = await adviceOn(clinic)
  })
})
