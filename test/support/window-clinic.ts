import { randomBytes } from 'node:crypto'
import pg from 'pg'

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
