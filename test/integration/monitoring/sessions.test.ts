import pg from 'pg'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { createSessions, type Sessions } from '#electron/monitoring/sessions.ts'
import { AppError } from '#shared/errors.ts'
import { type IdleLimits, idleLimits, type ServerSession, type SessionsView } from '#shared/monitoring-sessions.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'

let clinic: FreshClinic
/** The clinic's backend as a role of its own, and a role that may see everything. */
let backend: DatabaseOptions
let watcher: DatabaseOptions
const databases: Database[] = []
const clients: pg.Client[] = []

beforeAll(async () => {
  clinic = await freshClinic()
  backend = await clinic.role('SELECT, UPDATE ON ALL TABLES IN SCHEMA public')
  watcher = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')
  await clinic.client.query(`GRANT pg_signal_backend TO ${watcher.user}`)
})
dropClinicsAfterAll()
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end().catch(() => undefined)
  for (const database of databases.splice(0)) await database.close(0)
})

async function program(application: string, options: DatabaseOptions = backend): Promise<pg.Client & { pid: number }> {
  const { host, port, database, user } = options
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password: options.password ?? '',
    application_name: application,
  })
  client.on('error', () => undefined)
  await client.connect()
  clients.push(client)
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  return Object.assign(client, { pid: rows[0].pid as number })
}

interface Watch {
  readonly sessions: Sessions
  readonly log: RecordedLog
  look(): Promise<SessionsView>
}

async function watch(options = watcher, limits: IdleLimits = idleLimits): Promise<Watch> {
  const database = await openDatabase({ ...options, pool: { warm: 0, max: 4 }, log: recordedLog() })
  databases.push(database)
  const log = recordedLog()
  const sessions = createSessions({
    ...{ database: () => database, log, limits, watch: () => false, onLook: () => undefined, who: () => '1' },
    openOwner: async (owner) => openDatabase({ ...options, ...owner, log: recordedLog() }),
  })
  const look = async () => {
    // A look is shared for some seconds; a test wants its own.
    sessions.forget()
    return sessions.handlers['monitoring.sessions'](undefined)
  }
  return { sessions, log, look }
}

const found = (view: SessionsView, pid: number): ServerSession => {
  const session = view.sessions.find((one) => one.pid === pid)
  if (!session) throw new Error('the session is not in the list')
  return session
}
const code = (work: unknown) =>
  Promise.resolve(work).then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )
const until = async (look: () => Promise<boolean>) => {
  await expect.poll(look, { timeout: 10_000, interval: 50 }).toBe(true)
}

describe('the sessions of the server', () => {
  test('are listed by program with what they do, and without any value of their statements', async () => {
    const one = await program('clinic-backend')
    await one.query("SELECT * FROM pacientes WHERE primer_nombre = 'Juana7712' AND id = 991")
    const view = await (await watch()).look()
    expect(found(view, one.pid)).toMatchObject({
      application: 'clinic-backend',
      user: backend.user,
      client: '127.0.0.1',
      state: 'idle',
      level: 'ok',
      statement: 'SELECT * FROM pacientes WHERE primer_nombre = ? AND id = ?',
      protection: null,
    })
    expect(view.status).toBe('clean')
    expect(view.applications.find(({ application }) => application === 'clinic-backend')).toMatchObject({
      total: 1,
      idle: 1,
    })
    expect(view.applications.find(({ own }) => own)).toMatchObject({ application: 'podoskin-admin' })
    // The list is full of numbers of its own: only what was said is searched for the one that was asked for.
    expect(JSON.stringify(view.sessions.map(({ statement }) => statement))).not.toMatch(/Juana7712|991/)
    expect(JSON.stringify(view)).not.toContain('Juana7712')
  })

  test('say how many connections the server takes, keeps and has', async () => {
    const { slots } = await (await watch()).look()
    const { rows } = await clinic.client.query(
      `SELECT current_setting('max_connections')::int AS max, current_setting('superuser_reserved_connections')::int AS reserved`,
    )
    expect(slots).toMatchObject(rows[0])
    expect(slots.used).toBeGreaterThanOrEqual(2)
    expect(slots.used).toBeLessThan(slots.max)
  })

  test('show a transaction left open as a warning, then as critical, and clean once it ends', async () => {
    const long = process.env.PODOSKIN_LONG === '1'
    const limits = long ? idleLimits : { warning: 0.4, critical: 1.2 }
    const leaking = await program('leaking')
    const { look } = await watch(watcher, limits)
    await leaking.query('BEGIN')
    await leaking.query('SELECT 1')
    expect(found(await look(), leaking.pid)).toMatchObject({ state: 'inTransaction', level: 'ok' })
    for (const level of ['warning', 'critical'] as const) {
      await expect.poll(async () => (await look()).status, { timeout: 70_000, interval: 50 }).toBe(level)
      const view = await look()
      expect(view.sessions[0]).toMatchObject({ pid: leaking.pid, level, statement: 'SELECT ?' })
      expect(view.sessions[0]?.seconds).toBeGreaterThanOrEqual(limits[level])
    }
    expect((await look()).history.at(-1)).toMatchObject({ overdue: 1, inTransaction: 1 })
    await leaking.query('ROLLBACK')
    expect((await look()).status).toBe('clean')
  })

  test('call a minute critical and ten seconds a warning', () => {
    expect(idleLimits).toEqual({ warning: 10, critical: 60 })
  })

  test('tell who waits for whom', async () => {
    const holder = await program('holder')
    const waiter = await program('waiter')
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE citas IN SHARE MODE')
    const waiting = waiter.query('UPDATE citas SET id = id WHERE false').catch(() => undefined)
    const { look } = await watch()
    await until(async () => found(await look(), waiter.pid).blockedBy.includes(holder.pid))
    const view = await look()
    expect(found(view, holder.pid).blocks).toEqual([waiter.pid])
    expect(view.sessions[0]?.pid).toBe(holder.pid)
    expect(view.history.at(-1)).toMatchObject({ blocked: 1 })
    await holder.query('ROLLBACK')
    await waiting
  })

  test('that the role may not see are not called clean: the right that would show them is named', async () => {
    const leaking = await program('leaking')
    await leaking.query('BEGIN')
    const blind = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const view = await (await watch(blind)).look()
    expect(view.status).toBe('notVerifiable')
    expect(view.unseen).toBeGreaterThanOrEqual(1)
    expect(view.grant).toBe(`GRANT pg_monitor TO "${blind.user}";`)
    expect(view.mayEndOthers).toBe(false)
    expect(found(view, leaking.pid)).toMatchObject({
      ...{ state: 'unseen', statement: null, seconds: null, startedAt: null, protection: 'unseen' },
    })
    // The remedy is the right one.
    await clinic.client.query(view.grant ?? '')
    expect((await (await watch(blind)).look()).status).toBe('clean')
  })

  test('are counted for an hour, at most once in ten seconds, without any text', async () => {
    const { sessions } = await watch()
    await sessions.handlers['monitoring.sessions'](undefined)
    const { history } = await sessions.handlers['monitoring.sessions'](undefined)
    expect(history).toHaveLength(1)
    expect(Object.values(history[0] ?? {}).every((value) => typeof value === 'number')).toBe(true)
  })
})

describe('ending a session', () => {
  test('cancels what it runs first, and refuses to terminate it before', async () => {
    const busy = await program('busy')
    const failed = busy.query('SELECT pg_sleep(60)').catch((error: { code?: string }) => error.code)
    const { sessions, look, log } = await watch()
    await until(async () => found(await look(), busy.pid).state === 'active')
    const { pid, startedAt } = found(await look(), busy.pid)
    const target = { pid, startedAt: startedAt ?? '', owner: null }
    const end = sessions.handlers['monitoring.endSession']
    expect(await code(end({ ...target, how: 'terminate' }))).toBe('SERVER_SESSION_BUSY')
    expect(await end({ ...target, how: 'cancel' })).toEqual({ outcome: 'quiet' })
    expect(await failed).toBe('57014')
    expect(await end({ ...target, how: 'terminate' })).toEqual({ outcome: 'gone' })
    expect(await code(end({ ...target, how: 'terminate' }))).toBe('SERVER_SESSION_GONE')
    expect(log.entries.map(({ event }) => event)).toContain('monitoring.sessionEnded')
    expect(log.text()).not.toMatch(/pg_sleep/)
  })

  test('a session that does not stop when cancelled may then be terminated', async () => {
    const stubborn = await program('stubborn')
    await stubborn.query(`DO $$ BEGIN PERFORM 1; END $$`)
    const running = stubborn
      .query(
        `DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$`,
      )
      .catch(() => undefined)
    const { sessions, look } = await watch()
    await until(async () => found(await look(), stubborn.pid).state === 'active')
    const { pid, startedAt } = found(await look(), stubborn.pid)
    const end = sessions.handlers['monitoring.endSession']
    const target = { pid, startedAt: startedAt ?? '', owner: null }
    expect(await end({ ...target, how: 'cancel' })).toEqual({ outcome: 'unchanged' })
    expect(await end({ ...target, how: 'terminate' })).toEqual({ outcome: 'gone' })
    await running
  })

  test('lets go of what lies idle in a transaction, which has nothing to cancel', async () => {
    const leaking = await program('leaking')
    await leaking.query('BEGIN')
    const { sessions, look } = await watch()
    const { pid, startedAt } = found(await look(), leaking.pid)
    const answer = await sessions.handlers['monitoring.endSession']({
      ...{ pid, startedAt: startedAt ?? '', how: 'terminate', owner: null },
    })
    expect(answer).toEqual({ outcome: 'gone' })
  })

  test('never touches a session that only has the process number of the one that was shown', async () => {
    const innocent = await program('innocent')
    const { sessions } = await watch()
    const target = { pid: innocent.pid, startedAt: '1700000000000000', how: 'terminate', owner: null } as const
    expect(await code(sessions.handlers['monitoring.endSession'](target))).toBe('SERVER_SESSION_GONE')
    expect((await innocent.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  test('never touches our own, a superuser, another database, or the server itself', async () => {
    const superuser = await program('console', clinic.options)
    const ours = await program('podoskin-admin')
    const { host, port, user, password } = inject('server')
    const elsewhere = new pg.Client({ host, port, user, password, database: 'postgres' })
    await elsewhere.connect()
    clients.push(elsewhere)
    const start = async (where: string) =>
      (
        await clinic.client.query(
          `SELECT pid, (extract(epoch FROM backend_start) * 1000000)::bigint::text AS "startedAt" FROM pg_stat_activity WHERE ${where}`,
        )
      ).rows[0]
    // As a superuser itself, who could: the rule holds, not the right.
    const { sessions } = await watch(clinic.options)
    for (const where of [
      `pid = ${superuser.pid}`,
      `pid = ${ours.pid}`,
      `datname = 'postgres'`,
      `backend_type = 'checkpointer'`,
      `backend_type = 'walwriter'`,
    ]) {
      for (const how of ['cancel', 'terminate'] as const) {
        const target = { ...(await start(where)), how, owner: null }
        expect(await code(sessions.handlers['monitoring.endSession'](target)), where).toBe('SERVER_SESSION_PROTECTED')
      }
    }
    expect((await superuser.query('SELECT 1 AS one')).rows).toHaveLength(1)
  })

  test('says which right is missing, and takes the credentials of a role that has it', async () => {
    const leaking = await program('leaking')
    await leaking.query('BEGIN')
    const weak = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')
    const { sessions, look, log } = await watch(weak)
    const { pid, startedAt } = found(await look(), leaking.pid)
    const target = { pid, startedAt: startedAt ?? '', how: 'terminate' } as const
    const refused = await Promise.resolve(sessions.handlers['monitoring.endSession']({ ...target, owner: null })).catch(
      (error: unknown) => error,
    )
    expect(refused).toMatchObject({ code: 'PRIVILEGE_MISSING', params: { privilege: 'pg_signal_backend' } })
    const owner = { user: watcher.user, password: watcher.password ?? '' }
    expect(await sessions.handlers['monitoring.endSession']({ ...target, owner })).toEqual({ outcome: 'gone' })
    expect(log.text()).not.toContain(owner.password)
  })
})
