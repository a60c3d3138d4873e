import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { createClinic, demoCredentials, fillClinic } from '#scripts/clinic/clinic.js'
import { startServer } from '#scripts/postgres.js'
import { root } from '#scripts/process.js'
import { done, step } from '#scripts/say.js'

/**
 * @typedef {object} BenchClinic
 * @property {{ host: string, port: number, user: string, password: string, database: string }} connection
 * @property {string} day the clinic's today
 * @property {(statements: readonly string[], work: () => Promise<void>) => Promise<void>} withIndexes runs while the app's indexes are there
 * @property {BenchDemo} demo the same clinic as the app's demo
 * @property {() => Promise<BenchCopy>} copy a database of its own that is the same
 * @property {() => Promise<void>} stop
 */

/**
 * @typedef {object} BenchCopy
 * @property {BenchClinic['connection']} connection
 * @property {() => Promise<void>} drop
 */

/**
 * @typedef {object} BenchDemo
 * @property {string} file what `PODOSKIN_DEMO` names
 * @property {{ user: string, password: string }} administrator
 */

/**
 * A clinic of `appointments` on a server of the bench's own, filled once and kept in `.cache/bench`.
 * @param {number} appointments
 * @returns {Promise<BenchClinic>}
 */
export async function benchClinic(appointments) {
  const server = await startServer({
    version: 18,
    folder: join(root, '.cache', 'bench'),
    settings: { max_connections: 100, max_wal_size: '4GB' },
  })
  const { host, port, user, password } = server
  const database = `clinic_${appointments}`
  const connect = async (/** @type {string} */ name) => {
    const client = new pg.Client({ host, port, user, password, database: name })
    await client.connect()
    return client
  }
  try {
    const day = (await knownDay(database, connect)) ?? (await fill(database, appointments, connect))
    /** Nobody stays connected: a database that somebody uses cannot be copied. @param {string} name @param {(client: pg.Client) => Promise<void>} work */
    const as = async (name, work) => {
      const client = await connect(name)
      await work(client).finally(() => client.end())
    }
    await as(database, dropIndexes)
    await as('postgres', dropCopies)
    const connection = { host, port, user, password, database }
    let copies = 0
    return {
      connection,
      day,
      demo: writeDemo(connection),
      withIndexes: (statements, work) =>
        as(database, async (client) => {
          for (const statement of statements) await client.query(statement)
          await client.query('VACUUM ANALYZE citas, pagos, pacientes, detalle_cita')
          await work().finally(() => dropIndexes(client))
        }),
      async copy() {
        const name = `copy_${++copies}`
        const sql = (/** @type {string} */ text) =>
          as('postgres', async (client) => {
            await client.query(text)
          })
        // File by file, with a checkpoint before and after: nothing of it is left for the work that is timed.
        await sql(`CREATE DATABASE ${name} TEMPLATE ${database} STRATEGY file_copy`)
        return {
          connection: { ...connection, database: name },
          drop: () => sql(`DROP DATABASE ${name} WITH (FORCE)`),
        }
      },
      stop: server.stop,
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * What the app advises is not there at first, also not after a bench that was ended halfway.
 * @param {pg.Client} client
 */
async function dropIndexes(client) {
  const { rows } = await client.query(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'i' AND relname ^@ 'podoskin_admin_'`,
  )
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`)
}

/**
 * Those of a bench that was ended halfway.
 * @param {pg.Client} client
 */
async function dropCopies(client) {
  const { rows } = await client.query(`SELECT datname AS name FROM pg_database WHERE datname ~ '^copy_\\d+$'`)
  for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
}

/**
 * The day a finished clinic was filled for; a half filled one has not got its name yet.
 * @param {string} database
 * @param {(name: string) => Promise<pg.Client>} connect
 */
async function knownDay(database, connect) {
  const client = await connect('postgres')
  const { rows } = await client.query(
    `SELECT shobj_description(oid, 'pg_database') AS day FROM pg_database WHERE datname = $1`,
    [database],
  )
  await client.end()
  if (rows[0]) done(`Bench clinic: ${database}, filled before`)
  return /** @type {string | undefined} */ (rows[0]?.day)
}

/**
 * @param {string} database
 * @param {number} appointments
 * @param {(name: string) => Promise<pg.Client>} connect
 */
async function fill(database, appointments, connect) {
  const owner = await connect('postgres')
  const day = new Date().toISOString().slice(0, 10)
  step(`Bench clinic: filling ${database}, once`)
  await owner.query('DROP DATABASE IF EXISTS unfinished')
  await owner.query('CREATE DATABASE unfinished')
  const client = await connect('unfinished')
  try {
    await createClinic(client)
    await fillClinic(client, { appointments, seed: 7, day })
    await client.query('VACUUM ANALYZE')
  } catch (error) {
    await owner.end()
    throw error
  } finally {
    await client.end()
  }
  await owner.query(`COMMENT ON DATABASE unfinished IS '${day}'`)
  await owner.query(`ALTER DATABASE unfinished RENAME TO ${database}`)
  await owner.end()
  return day
}

/** @param {BenchClinic['connection']} connection @returns {BenchDemo} */
function writeDemo({ password, ...connection }) {
  const file = join(root, '.cache', 'bench', 'demo.json')
  const profile = {
    ...{ id: '00000000-0000-4000-8000-000000000001', name: 'Bench', environment: 'testing', ...connection },
    ...{ tls: 'disable', caFile: null, zone: 'America/Tijuana', schema: null, pool: { warm: 5, max: 20 } },
  }
  writeFileSync(file, JSON.stringify({ profile, password, credentials: demoCredentials }), { mode: 0o600 })
  const administrator = demoCredentials.find(({ role }) => role === 'Admin')
  if (!administrator) throw new Error('the demo clinic has no administrator')
  return { file, administrator }
}
