import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startServer } from '#scripts/postgres.js'
import { createClinic, demoCredentials, fillClinic } from './clinic.js'
import { GENERATOR } from './plan.js'

const DEMO_ZONE = 'America/Tijuana'

const DATABASE = 'podoskin_db'
const OWNER = 'podoskin_user'
const EVERYDAY = 'podoskin_app'
const SEED = 'podoskin'
const LOG_EVERY = 500_000

/**
 * @typedef {object} DemoClinic
 * @property {import('#scripts/postgres.js').Server} server
 * @property {string} version of PostgreSQL
 * @property {string} database
 * @property {string} password of the everyday role, which the profile names
 * @property {{ user: string, password: string }} owner of the database and everything in it
 * @property {readonly import('#shared/connection.ts').DemoCredential[]} credentials
 * @property {import('#shared/connection.ts').ProfileFields & { id: string }} profile
 */

/** The clinic's present day. @param {Date} [now] */
export const today = (now = new Date()) => new Intl.DateTimeFormat('en-CA', { timeZone: DEMO_ZONE }).format(now)

/**
 * Starts the demo's server in its folder and sees to a clinic of this size whose day is today: made on the first run,
 * filled again on a new day, used as it is otherwise. The caller stops the server.
 * @param {{ folder: string, appointments: number, log?: (text: string) => void, day?: string }} options
 * @returns {Promise<DemoClinic>}
 */
export async function prepareDemoClinic({ folder, appointments, log = () => {}, day = today() }) {
  const server = await startServer({
    version: 18,
    folder,
    // nothing is replicated: a load into emptied tables needs no write-ahead log
    settings: { wal_level: 'minimal', max_wal_senders: 0, max_wal_size: '4GB', shared_buffers: '256MB' },
  })
  try {
    const { owner, everyday } = passwords(join(folder, 'demo-roles.json'))
    const version = await prepareDatabase(server, { [OWNER]: owner, [EVERYDAY]: everyday })
    const connection = { ...address(server), user: OWNER, password: owner, database: DATABASE }
    await prepareTables(connection, { appointments, day, log })
    return {
      server,
      version,
      database: DATABASE,
      password: everyday,
      owner: { user: OWNER, password: owner },
      credentials: demoCredentials,
      profile: {
        id: '7c9d1a52-0b64-4d0e-9a53-0d3f5c1e2b70',
        name: 'Clínica de demostración',
        environment: 'testing',
        ...address(server),
        database: DATABASE,
        user: EVERYDAY,
        tls: 'disable',
        caFile: null,
        zone: DEMO_ZONE,
        schema: null,
        pool: { warm: 5, max: 20 },
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** @param {import('#scripts/postgres.js').Server} server */
const address = ({ host, port }) => ({ host, port })

/**
 * The roles' passwords: made at random once and kept beside the data, for this user's eyes only.
 * @param {string} file
 * @returns {{ owner: string, everyday: string }}
 */
function passwords(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const made = { owner: randomBytes(18).toString('base64url'), everyday: randomBytes(18).toString('base64url') }
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 })
  return made
}

/**
 * @param {pg.ClientConfig} connection
 * @template T
 * @param {(client: pg.Client) => Promise<T>} work
 */
async function withClient(connection, work) {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What the tables are made of: another text means another clinic. */
function schemaVersion() {
  const folder = new URL('./sql/', import.meta.url)
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(new URL(name, folder)))
  return hash.digest('hex').slice(0, 16)
}

/**
 * The roles and an empty database of the present schema; one made by older sources is thrown away.
 * @param {import('#scripts/postgres.js').Server} server
 * @param {Record<string, string>} roles name → password
 * @returns {Promise<string>} version of the server
 */
function prepareDatabase(server, roles) {
  const connection = { ...address(server), user: server.user, password: server.password, database: 'postgres' }
  return withClient(connection, async (client) => {
    for (const [role, password] of Object.entries(roles)) {
      const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
      const verb = known.rowCount ? 'ALTER' : 'CREATE'
      await client.query(
        `${verb} ROLE ${client.escapeIdentifier(role)} LOGIN PASSWORD ${client.escapeLiteral(password)}`,
      )
    }
    const { rows } = await client.query(
      "SELECT shobj_description(oid, 'pg_database') AS stamp FROM pg_database WHERE datname = $1",
      [DATABASE],
    )
    if (rows.length === 0 || readStamp(rows[0].stamp).schema !== schemaVersion()) {
      await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`)
      await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`)
    }
    const { rows: versions } = await client.query("SELECT current_setting('server_version') AS version")
    return versions[0].version
  })
}

/** @typedef {{ schema?: string, generator?: number, appointments?: number, day?: string }} Stamp */

/** @param {string | null} text @returns {Stamp} */
function readStamp(text) {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return {}
  }
}

/**
 * Whether somebody tried the cleanup on it: the next one to look wants a clinic again.
 * @param {pg.Client} client
 * @param {number} appointments
 */
async function emptied(client, appointments) {
  const { rows } = await client.query('SELECT NOT EXISTS (SELECT FROM citas) AS empty')
  return appointments > 0 && rows[0].empty
}

/**
 * @param {pg.ClientConfig} connection the owner's
 * @param {{ appointments: number, day: string, log: (text: string) => void }} options
 */
function prepareTables(connection, { appointments, day, log }) {
  return withClient(connection, async (client) => {
    const { rows } = await client.query(
      "SELECT shobj_description(oid, 'pg_database') AS stamp FROM pg_database WHERE datname = current_database()",
    )
    const found = readStamp(rows[0].stamp)
    const wanted = { schema: schemaVersion(), generator: GENERATOR, appointments, day }
    if (JSON.stringify(found) === JSON.stringify(wanted) && !(await emptied(client, appointments))) return
    // a half written one has no stamp: its work was rolled back, only the tables may be there already
    const stamp = (/** @type {Stamp} */ value) =>
      client.query(`COMMENT ON DATABASE ${DATABASE} IS ${client.escapeLiteral(JSON.stringify(value))}`)
    if (found.schema !== wanted.schema) {
      log('Creating the tables of the demo clinic')
      await createClinic(client)
      await grantEveryday(client)
      await stamp({ schema: wanted.schema })
    }
    log(`Filling the demo clinic with ${appointments.toLocaleString('en')} appointments up to two weeks after ${day}`)
    let said = 0
    await fillClinic(client, {
      appointments,
      seed: SEED,
      day,
      onProgress({ table, total }) {
        if (total - said < LOG_EVERY) return
        said = total
        log(`  ${total.toLocaleString('en')} rows, now ${table}`)
      },
    })
    await stamp(wanted)
  })
}

/**
 * What the stored profile may do: read everything, and note a person's last login.
 * @param {pg.Client} client
 */
async function grantEveryday(client) {
  await client.query(`
    GRANT CONNECT ON DATABASE ${DATABASE} TO ${EVERYDAY};
    GRANT USAGE ON SCHEMA public TO ${EVERYDAY};
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${EVERYDAY};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO ${EVERYDAY};
    GRANT UPDATE (ultimo_login) ON usuarios TO ${EVERYDAY};`)
}
