import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { type DemoClinic, prepareDemoClinic, today } from '#scripts/clinic/demo.js'
import { profileFieldsSchema, profileIdSchema } from '#shared/connection.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-demo-'))
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const said: string[] = []
const prepare = (day?: string) =>
  prepareDemoClinic({ folder, appointments: 400, log: (text) => said.push(text), ...(day ? { day } : {}) })

async function ask({ profile, database, password }: DemoClinic, sql: string) {
  const { host, port, user } = profile
  const client = new pg.Client({ host, port, user, password, database })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('is filled on the first run, found on the second, filled again on a new day', async () => {
  const first = await prepare('2026-11-23')
  const last = 'SELECT max(fecha_hora_inicio)::date::text AS day, count(*)::int AS n FROM citas'
  expect(await ask(first, last)).toEqual([{ day: expect.stringMatching(/^2026-12-0[4-7]$/), n: 400 }])
  await first.server.stop()
  expect(said.length).toBeGreaterThan(0)

  said.length = 0
  const second = await prepare('2026-11-23')
  expect(said).toEqual([])
  expect(second.password).toBe(first.password)
  await second.server.stop()

  const third = await prepare('2027-02-10')
  expect(await ask(third, last)).toEqual([{ day: expect.stringMatching(/^2027-02-2\d$/), n: 400 }])
  await third.server.stop()
})

test('gives a profile that the app accepts, of a role that reads everything and writes the last login only', async () => {
  const demo = await prepare('2027-02-10')
  const { id, ...fields } = demo.profile
  expect(profileIdSchema.safeParse(id).success).toBe(true)
  expect(profileFieldsSchema.safeParse(fields).success).toBe(true)
  const rights = `SELECT bool_and(has_table_privilege(oid, 'SELECT')) AS reads,
      bool_or(has_table_privilege(oid, 'INSERT') OR has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
        OR has_table_privilege(oid, 'TRUNCATE')) AS writes,
      has_column_privilege('usuarios', 'ultimo_login', 'UPDATE') AS login,
      has_column_privilege('usuarios', 'password_hash', 'UPDATE') AS passwords,
      (SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user) AS powers
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')`
  expect(await ask(demo, rights)).toEqual([
    { reads: true, writes: false, login: true, passwords: false, powers: false },
  ])
  await demo.server.stop()
})

test('takes its day from the clinic, not from the workstation', () => {
  expect(today(new Date('2026-11-25T05:30:00Z'))).toBe('2026-11-24')
  expect(today(new Date('2026-11-25T09:30:00Z'))).toBe('2026-11-25')
})
