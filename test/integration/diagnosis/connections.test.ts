import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'
import { afterThis, brokenServer, clientOptions, endAfterEach } from './broken-server.ts'
import { diagnose, readerOf } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('connections')
const { look } = table
const broken = brokenServer()
endAfterEach()

let clinic: FreshClinic
let reader: DatabaseOptions
beforeAll(async () => {
  clinic = await freshClinic()
  reader = await readerOf(clinic)
})
dropClinicsAfterAll()

describe('connections', () => {
  test('a server that has no slot left', async () => {
    const role = { ...broken.whole(), user: 'reader', password: 'secreta-lector' }
    const held: pg.Client[] = []
    afterThis(async () => Promise.all(held.map((one) => one.end().catch(() => undefined))))
    for (let more = true; more; ) {
      const one = new pg.Client(clientOptions(role))
      one.on('error', () => undefined)
      more = await one.connect().then(
        () => true,
        () => false,
      )
      if (more) held.push(one)
    }
    const full = await look('sin conexiones libres', { symptom: 'poolExhausted', to: role })
    expect(full.verdict).toMatchObject({ cause: 'slotsFull', page: 'monitoring' })
    // One is given back: it works, but it is tight, and that is said with its numbers.
    await held.pop()?.end()
    await expect
      .poll(async () => (await diagnose({ symptom: 'poolExhausted', to: role, before: 'slotsFull' })).verdict, {
        timeout: 5_000,
      })
      .toMatchObject({ cause: 'slotsTight', solved: 'slotsFull', facts: { max: 8, usable: 6, free: 1 } })
    await look('quedan pocas conexiones', { symptom: 'poolExhausted', to: role })
  })

  test('a connection that never comes back, and one that is only hidden', async () => {
    const role = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const leaking = new pg.Client({ ...clientOptions(role), application_name: 'backend' })
    await leaking.connect()
    afterThis(() => leaking.end())
    await leaking.query('BEGIN')
    await leaking.query(`SELECT 'Juana7712'`)
    await expect
      .poll(async () => (await diagnose({ symptom: 'poolExhausted', to: reader })).verdict.cause, { timeout: 5_000 })
      .toBe('leakedSessions')
    const seen = await look('conexión nunca devuelta', { symptom: 'poolExhausted', to: reader })
    expect(seen.verdict).toMatchObject({ facts: { count: 1 }, page: 'monitoring' })
    expect(seen.told).not.toContain('Juana7712')

    const blind = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const unseen = await look('rol sin pg_monitor', { symptom: 'poolExhausted', to: blind })
    expect(unseen.verdict).toMatchObject({ kind: 'unproven', cause: null, facts: { note: 'sessionsHidden' } })
    expect(unseen.verdict.commands).toEqual([
      { system: null, place: 'server', text: `GRANT pg_monitor TO "${blind.user}";` },
    ])
    await leaking.query('ROLLBACK')
    const clean = await look('conexión devuelta', { symptom: 'poolExhausted', to: reader, before: 'leakedSessions' })
    expect(clean.verdict.solved).toBe('leakedSessions')
  })

  test('somebody who holds up the others', async () => {
    const holder = new pg.Client(clientOptions(clinic.options))
    const waiter = new pg.Client(clientOptions(clinic.options))
    await holder.connect()
    await waiter.connect()
    afterThis(async () => Promise.all([holder.end(), waiter.end()]))
    await holder.query('BEGIN; LOCK TABLE citas IN SHARE MODE')
    const waiting = waiter.query('UPDATE citas SET id = id WHERE false').catch(() => undefined)
    await expect
      .poll(async () => (await diagnose({ symptom: 'stuck', to: reader })).verdict.cause, { timeout: 5_000 })
      .toBe('blockedSessions')
    const { verdict } = await look('sesión que bloquea a otra', { symptom: 'stuck', to: reader })
    const { rows } = await holder.query('SELECT pg_backend_pid() AS pid')
    expect(verdict.facts).toMatchObject({ count: 1, pid: rows[0].pid })
    await holder.query('ROLLBACK')
    await waiting
  })

  test("the app's own pool, when it is exhausted", async () => {
    const database = await openDatabase({
      ...reader,
      pool: { warm: 0, max: 2 },
      log: recordedLog(),
      timing: { wait: 200 },
    })
    afterThis(() => database.close(0))
    let release: () => void = () => undefined
    const held = new Promise<void>((wake) => {
      release = wake
    })
    const busy = [1, 2].map(() => database.read(async () => held, { idleTimeout: 0 }))
    await expect(database.read(async () => undefined)).rejects.toMatchObject({ code: 'POOL_TIMEOUT' })
    const { verdict } = await look('pool propio agotado', {
      symptom: 'poolExhausted',
      to: reader,
      database: () => database,
    })
    expect(verdict).toMatchObject({ cause: 'ourPoolExhausted', facts: { max: 2 } })
    release()
    await Promise.all(busy)
  })

  test('are told in docs/diagnostico.md as they were found', () => {
    table.expectDocumented()
  })
})
