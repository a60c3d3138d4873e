import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { createClinic } from '#scripts/clinic/clinic.js'
import type { HistoryEntry } from '#shared/cleanup-run.ts'
import type { CheckId, CheckStatus } from '#shared/deployment.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { ownServer } from '#support/servers.ts'
import { checksOf, cleanUpChecklists, connect, openChecks, probe, profileOf } from './checklist.ts'

cleanUpChecklists()
dropClinicsAfterAll()

let shared: FreshClinic
beforeAll(async () => {
  shared = await freshClinic()
})

/** The clinic of this file, unless a test changes it. */
const open = (part = {}, clinic = shared) => openChecks(clinic, part)

describe('database available', () => {
  it('passes for a clinic that answers, with what answered', async () => {
    const { database, check, profile } = await open()
    const outcome = await probe(check('database'), database, profile)
    expect(outcome.status).toBe('passed')
    expect(outcome.evidence.map(({ key }) => key)).toEqual(['serverVersion', 'role', 'schema', 'tls', 'answerTime'])
  })

  it('warns of a superuser in production', async () => {
    const { database, check, profile } = await open()
    const outcome = await probe(check('database'), database, { ...profile, environment: 'production' })
    expect(outcome).toMatchObject({ status: 'warning', hint: { code: 'superuser' } })
  })

  it('fails with the reason when the database is gone', async () => {
    const { clinic, database, check, profile } = await open({}, await freshClinic())
    await clinic.drop()
    const outcome = await probe(check('database'), database, profile)
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'databaseDown' } })
    expect(outcome.evidence).toEqual([{ key: 'error', kind: 'errorCode', value: 'DATABASE_NOT_FOUND' }])
  })

  it('fails on a stand-by, which takes no writing', async () => {
    const server = await ownServer()
    try {
      const { host, user, password } = server
      const place = { host, user, password, database: 'postgres' }
      const owner = new pg.Client({ ...place, port: server.port })
      await owner.connect()
      await createClinic(owner)
      await owner.end()
      await server.stop()
      writeFileSync(join(server.data, 'standby.signal'), '')
      await server.start()
      const database = await connect({ ...shared.options, ...place, port: server.port })
      const outcome = await probe(checksOf(database)('database'), database, profileOf(shared.options))
      expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'standby' } })
      await database.close(0)
    } finally {
      await server.remove()
    }
  })
})

describe('the pool test', () => {
  it('passes with the guide’s own lines, and its times', async () => {
    const { database, check, profile } = await open()
    const outcome = await probe(check('poolTest'), database, profile)
    expect(outcome.status).toBe('passed')
    const lines = outcome.lines ?? []
    expect(lines[0]).toBe('✅ Pool inicializado correctamente')
    expect(lines[1]).toMatch(/^✅ Query 1: \d+ usuarios$/)
    expect(lines[30]).toMatch(/^✅ Query 30: \d+ usuarios$/)
    expect(lines.at(-1)).toBe('✅ TODAS LAS PRUEBAS PASARON')
    const measured = Object.fromEntries(outcome.evidence.map(({ key, value }) => [key, value]))
    expect(measured).toMatchObject({ poolMax: 20, connectionsOut: 0, leftInTransaction: 0, leaks: 0 })
    expect(measured.twentyAtOnce).toBeGreaterThan(0)
  })

  it('warns of a pool that is smaller than the guide’s', async () => {
    const { clinic, check, profile } = await open()
    const pool = { warm: 2, max: 4 }
    const small = await connect({ ...clinic.options, pool })
    const outcome = await probe(check('poolTest'), small, { ...profile, pool })
    expect(outcome).toMatchObject({ status: 'warning', hint: { code: 'poolSmall' } })
    expect(outcome.lines?.at(-1)).toBe('✅ TODAS LAS PRUEBAS PASARON')
  })

  it('fails when the role may not open the five connections', async () => {
    const { clinic, check } = await open()
    const options = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    await clinic.client.query(`ALTER ROLE ${options.user} CONNECTION LIMIT 2`)
    const limited = await connect(options)
    const outcome = await probe(check('poolTest'), limited, profileOf(options))
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'poolBroken' } })
    expect(outcome.lines?.join()).not.toContain('TODAS LAS PRUEBAS')
  })

  it('fails while a session of ours stays inside a transaction on the server', async () => {
    const { database, check, profile } = await open()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let began = () => {}
    const inside = new Promise<void>((resolve) => {
      began = resolve
    })
    const leaking = database.read(async (transaction) => {
      await transaction.query('SELECT 1')
      began()
      await held
    })
    await inside
    const outcome = await probe(check('poolTest'), database, profile)
    release()
    await leaking
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'poolLeaks' } })
    const measured = Object.fromEntries(outcome.evidence.map(({ key, value }) => [key, value]))
    expect(measured).toMatchObject({ connectionsOut: 1, leftInTransaction: 1 })
  })
})

describe('room for connections', () => {
  it.each<[CheckStatus, number]>([
    ['passed', -1],
    ['passed', 40],
    ['warning', 39],
    ['failed', 19],
  ])('is %s for a role limited to %i', async (status, limit) => {
    const { clinic, check } = await open()
    const options = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    await clinic.client.query(`ALTER ROLE ${options.user} CONNECTION LIMIT ${limit}`)
    const limited = await connect(options)
    expect((await probe(check('databaseSlots'), limited, profileOf(options))).status).toBe(status)
  })
})

describe('the cleanup', () => {
  const entry = (database: string, part: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...{ id: 'a', kind: 'run', at: Math.floor(Date.now() / 1000) - 3_600, by: 'Ivette M.', database, hash: 'h' },
    ...{ patients: 12, rows: 340, tables: 9, backup: null, outcome: 'done', error: null, remembered: ['server'] },
    ...part,
  })

  it('fails while none is recorded, and asks to stop other programs first', async () => {
    const clinic = await freshClinic()
    const { database, check, profile } = await open({}, clinic)
    const outcome = await probe(check('cleanup'), database, profile)
    // The test's own connection is another program.
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'cleanupFirst' } })
    await clinic.client.end()
    expect(await probe(check('cleanup'), database, profile)).toMatchObject({ hint: { code: 'cleanupMissing' } })
  })

  it('passes with its record, when whoever is connected came after it', async () => {
    const { database, check, profile } = await open({
      cleanupHistory: async () => [entry(profile.database)],
    })
    const outcome = await probe(check('cleanup'), database, profile)
    expect(outcome.status).toBe('passed')
    expect(outcome.evidence).toContainEqual({ key: 'cleanupRows', kind: 'integer', value: 340 })
  })

  it('warns when a program has been connected since before it', async () => {
    const { database, check, profile } = await open({
      cleanupHistory: async () => [entry(profile.database, { at: Math.floor(Date.now() / 1000) + 60 })],
    })
    expect(await probe(check('cleanup'), database, profile)).toMatchObject({
      status: 'warning',
      hint: { code: 'restartBackend' },
    })
  })

  it.each<[string, Partial<HistoryEntry>[]]>([
    ['of another database', [{ database: 'other' }]],
    ['that changed nothing', [{ outcome: 'undone' }]],
    ['that nobody knows the end of', [{ outcome: 'unknown' }]],
    ['whose backup was restored afterwards', [{ kind: 'restore', at: Math.floor(Date.now() / 1000) }, {}]],
  ])('does not count one %s', async (_, parts) => {
    const { database, check, profile } = await open({
      cleanupHistory: async () => parts.map((part) => entry(profile.database, part)),
    })
    expect((await probe(check('cleanup'), database, profile)).status).toBe('failed')
  })
})

describe('the figures of our own dashboard', () => {
  it('pass when all are read', async () => {
    const { database, check, profile } = await open()
    // The first load of a connection also plans; the guide speaks of the second.
    await probe(check('ownFigures'), database, profile)
    const outcome = await probe(check('ownFigures'), database, profile)
    expect(outcome.evidence).toContainEqual({ key: 'figuresRead', kind: 'integer', value: 21 })
    expect(outcome.status).toBe('passed')
  })

  it('warn of what the installation lacks', async () => {
    const { clinic, database, check, profile } = await open({}, await freshClinic())
    await clinic.client.query('DROP TABLE gastos CASCADE')
    await database.schema({ again: true })
    const outcome = await probe(check('ownFigures'), database, profile)
    expect(outcome).toMatchObject({ status: 'warning', hint: { code: 'figuresUnavailable' } })
  })

  it('warn of a load that takes as long as the guide forbids', async () => {
    const { clinic, database, check, profile } = await open()
    await clinic.client.query('BEGIN; LOCK TABLE pacientes IN ACCESS EXCLUSIVE MODE')
    const loading = probe(check('ownFigures'), database, profile)
    // The server itself says when the load has waited for as long as the guide forbids.
    await clinic.client.query(`DO $$ BEGIN
      WHILE NOT EXISTS (SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > interval '500 ms')
      LOOP PERFORM pg_sleep(0.02); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$`)
    await clinic.client.query('ROLLBACK')
    expect(await loading).toMatchObject({ status: 'warning', hint: { code: 'figuresSlow' } })
  })

  it('fail when a figure cannot be computed', async () => {
    const { clinic, database, check, profile } = await open({}, await freshClinic())
    // PostgreSQL takes NaN for an amount; nobody can add it up.
    await clinic.client.query("UPDATE pagos SET monto_pagado = 'NaN', estado_pago = 'Pagado'")
    const outcome = await probe(check('ownFigures'), database, profile)
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'figuresBroken' } })
  })
})

describe('the four proofs of step 6', () => {
  const three = ['dashboardErrors', 'dashboardFigures', 'logMessages'] as const
  const run = async (standings: Partial<Record<CheckId, CheckStatus>>) => {
    const { database, check, profile } = await open()
    return probe(check('webCharts'), database, profile, { standings })
  }

  it('are grey for the program alone, and ask for a person once the three others stand', async () => {
    expect(await run({})).toMatchObject({ status: 'notVerifiable', hint: { code: 'proofsMissing' } })
    const standings = Object.fromEntries(three.map((id) => [id, 'passed' as const]))
    expect(await run(standings)).toMatchObject({ status: 'notVerifiable', hint: { code: 'signCharts' } })
    expect(await run({ ...standings, logMessages: 'failed' })).toMatchObject({ status: 'failed' })
  })
})

describe('the figures of success', () => {
  const four = ['logErrors', 'logMessages', 'dashboardErrors', 'dashboardSpeed'] as const
  const all = Object.fromEntries(four.map((id) => [id, 'passed' as const]))
  const run = async (standings: Partial<Record<CheckId, CheckStatus>>, environment: 'testing' | 'production') => {
    const { database, check, profile } = await open()
    return (await probe(check('successFigures'), database, { ...profile, environment }, { standings })).status
  }

  it('pass only in production and only when all four were measured', async () => {
    expect(await run(all, 'production')).toBe('passed')
    expect(await run(all, 'testing')).toBe('warning')
    expect(await run({ ...all, dashboardSpeed: 'notVerifiable' }, 'production')).toBe('notVerifiable')
    expect(await run({ ...all, dashboardSpeed: 'failed' }, 'production')).toBe('failed')
  })
})
