import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { applicationName } from '#electron/database/client.ts'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { createClinic, fillClinic } from '#scripts/clinic/clinic.js'
import { recordedLog } from './log.ts'

export interface SharedServer {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

const template = 'podoskin_template'
/** The day and size of the template clinic: the same figures in every run. */
const templateClinic = { appointments: 1_200, seed: 7, day: '2026-11-24' } as const

/** Makes the filled clinic that the tests copy. */
export async function createTemplate(server: SharedServer): Promise<void> {
  await buildTemplate(server, template, templateClinic.appointments)
}

/**
 * A template like it of another size, made by whoever needs it first and shared by all test files of the run: the name to
 * copy from.
 */
export async function clinicTemplate(appointments: number): Promise<string> {
  const name = `${template}_${appointments}`
  const server = inject('server')
  await as({ ...server, database: 'postgres' }, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await buildTemplate(server, name, appointments)
  })
  return name
}

async function buildTemplate(server: SharedServer, name: string, appointments: number): Promise<void> {
  const unfinished = `${name}_unfinished`
  await as({ ...server, database: 'postgres' }, (client) => client.query(`CREATE DATABASE ${unfinished}`))
  await as({ ...server, database: unfinished }, async (client) => {
    await createClinic(client)
    await fillClinic(client, { ...templateClinic, appointments })
    await client.query('VACUUM ANALYZE')
  })
  await as({ ...server, database: 'postgres' }, (client) =>
    client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`),
  )
}

export interface FreshClinic {
  /** For `openDatabase`, as the owner of the tables. */
  readonly options: DatabaseOptions
  /** The owner's own connection, beside the product's. */
  readonly client: pg.Client
  readonly name: string
  /**
   * The options of a new role that may connect and nothing else but what is granted, such as
   * `SELECT ON ALL TABLES IN SCHEMA public`.
   */
  role(...grants: readonly string[]): Promise<DatabaseOptions>
  /** Fails when the product left a session inside a transaction. */
  drop(): Promise<void>
}

const open = new Set<FreshClinic>()

/**
 * A database of a test's own. `empty` leaves the clinic out, `server` is another than the shared one (then the
 * database is always empty). What a test file does not drop is dropped when the file ends.
 */
export async function freshClinic({
  empty = false,
  server = inject('server'),
  from: copied,
}: {
  empty?: boolean
  server?: SharedServer
  /** The database to copy instead; nobody may be connected to it. */
  from?: string
} = {}): Promise<FreshClinic> {
  const name = `clinic_${randomBytes(5).toString('hex')}`
  const roles: string[] = []
  const from = copied ?? (empty || server !== inject('server') ? 'template1' : template)
  await as({ ...server, database: 'postgres' }, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${from}`))
  const { host, port, user, password } = server
  const client = new pg.Client({ host, port, user, password, database: name, application_name: 'test' })
  client.on('error', () => {})
  await client.connect()
  const options: DatabaseOptions = {
    ...{ host, port, user, password, database: name, schema: null },
    tls: { mode: 'disable', ca: null },
    pool: { warm: 5, max: 20 },
    log: recordedLog(),
  }
  const clinic: FreshClinic = {
    ...{ options, client, name },
    async role(...grants) {
      const role = `role_${randomBytes(5).toString('hex')}`
      const secret = randomBytes(9).toString('hex')
      roles.push(role)
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${secret}'`)
      for (const grant of grants) await client.query(`GRANT ${grant} TO ${role}`)
      return { ...options, user: role, password: secret }
    },
    async drop() {
      if (!open.delete(clinic)) return
      // Not on `client`: the test may have stopped its server.
      const left = await as({ ...server, database: name }, leftInTransaction)
      await client.end()
      await as({ ...server, database: 'postgres' }, async (owner) => {
        await owner.query(`DROP DATABASE ${name} WITH (FORCE)`)
        for (const role of roles) await owner.query(`DROP ROLE ${role}`)
      })
      if (left.length > 0) throw new Error(`sessions of the product left inside a transaction: ${left.join(', ')}`)
    },
  }
  open.add(clinic)
  return clinic
}

/** Sessions of ours that stay idle in a transaction; those about to end are given a second. */
async function leftInTransaction(client: pg.Client): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const { rows } = await client.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1 AND state LIKE 'idle in transaction%'`,
      [applicationName],
    )
    if (rows.length === 0 || tries === 20) return rows.map(({ state }) => state)
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

async function as<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Drops what the tests of the running file have not dropped. */
export function dropClinicsAfterAll(): void {
  afterAll(async () => {
    for (const clinic of open) await clinic.drop()
  })
}
