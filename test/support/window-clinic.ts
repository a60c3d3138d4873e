import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createClinic, fillClinic } from '#scripts/clinic/clinic.js'
import { startServer } from '#scripts/postgres.js'

/** Fast and forgetful: a test's server need not survive a power cut. */
export const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 100,
} as const

/** The clinic that each test gets a copy of. Its data surround the day of the test run. */
export const template = {
  name: 'podoskin_window',
  appointments: 1_200,
  seed: 11,
  day: new Date().toLocaleDateString('sv-SE', { timeZone: 'America/Tijuana' }),
}

export interface Target {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

export interface WindowClinic extends Target {
  /** Asks the database directly, beside the app. */
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<R[]>
  drop(): Promise<void>
}

/** The server that the global set-up started. */
export function sharedServer(): Omit<Target, 'database'> {
  return JSON.parse(process.env.PODOSKIN_TEST_SERVER ?? 'null')
}

/** A clinic of a test's own, copied from the template. */
export async function copyClinic(): Promise<WindowClinic> {
  const server = sharedServer()
  const database = `clinic_${randomBytes(5).toString('hex')}`
  const owner = new pg.Client({ ...server, database: 'postgres' })
  await owner.connect()
  await owner.query(`CREATE DATABASE ${database} TEMPLATE ${template.name}`)
  const client = new pg.Client({ ...server, database, application_name: 'test' })
  client.on('error', () => undefined)
  await client.connect()
  return {
    ...server,
    database,
    query: async <R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<R>(sql, [...values])).rows,
    async drop() {
      await client.end()
      await owner.query(`DROP DATABASE ${database} WITH (FORCE)`)
      await owner.end()
    },
  }
}

export interface OwnClinic {
  readonly target: Target
  readonly server: Awaited<ReturnType<typeof startServer>>
  remove(): Promise<void>
}

/** A small clinic on a server of the test's own, to be killed and started again. */
export async function ownClinic(folder: string, tls?: { certificate: string; key: string }): Promise<OwnClinic> {
  const server = await startServer({
    version: 18,
    folder: join(folder, 'server'),
    settings: quick,
    ...(tls && { tls }),
  })
  const { host, port, user, password } = server
  const target = { host, port, user, password, database: 'clinica' }
  await as({ ...target, database: 'postgres' }, (client) => client.query('CREATE DATABASE clinica'))
  await as(target, async (client) => {
    await createClinic(client)
    await fillClinic(client, { ...template, appointments: 300 })
  })
  return {
    target,
    server,
    async remove() {
      await server.stop()
      rmSync(server.data, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Runs `work` on a connection that is closed afterwards. */
export async function as<T>(target: Target, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...target })
  await client.connect()
  return work(client).finally(() => client.end())
}

/** A print of every row of every table, but for the moment of the last login. */
export async function everything(clinic: WindowClinic): Promise<string> {
  const tables = await clinic.query<{ key: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS key FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  const prints: string[] = []
  for (const { key } of tables) {
    const [found] = await clinic.query<{ print: string | null }>(
      `SELECT md5(string_agg(r, '|' ORDER BY r)) AS print FROM (SELECT (to_jsonb(t) - 'ultimo_login')::text AS r FROM ${key} t) s`,
    )
    prints.push(`${key} ${found?.print}`)
  }
  return prints.join('\n')
}
