import { availableParallelism } from 'node:os'
import pg from 'pg'
import { askTheGuidesWay } from './guide.js'
import { interleaved, median, time } from './measure.js'
import { row } from './report.js'

/** @typedef {import('#electron/database/database.ts').Database} Database */
/** @typedef {{ sql: string, parameters: readonly unknown[] }} Statement */

const quiet = { info() {}, warn: console.warn, error: console.error }
const crowd = 20

/**
 * @param {import('./product.js').Product} product
 * @param {import('./clinic.js').BenchClinic} clinic
 * @param {number} appointments
 * @returns {Promise<import('./report.js').Row[]>}
 */
export async function dashboardRows(product, clinic, appointments) {
  const open = () => openForBench(product, clinic)
  const size = appointments.toLocaleString('en')
  const one = await open()
  const client = new pg.Client(clinic.connection)
  await client.connect()
  const guide = () => time(() => askTheGuidesWay(client, clinic.day))
  const statements = async () => serverTime(client, await one.statements())
  const rounds = { rounds: appointments > 2_000_000 ? 7 : 15, warmUp: 3 }
  const rows = []
  try {
    const plain = await compared({ load: () => time(one.load), guide }, statements, rounds)
    rows.push(
      row({
        id: 'dashboard.plain',
        what: `Dashboard load, ${size} appointments, against the guide's questions one by one`,
        ...{ measured: plain.load, reference: plain.guide, unit: 'ms', budget: 0.5 },
      }),
      row({
        id: 'dashboard.plain.server',
        what: "The same against the server's own execution of the same statements",
        ...{ measured: plain.load, reference: plain.execution, unit: 'ms' },
      }),
      row({
        id: 'dashboard.plain.planned',
        what: "The same against the server's own planning and execution of them",
        ...{ measured: plain.load, reference: plain.planned, unit: 'ms' },
      }),
      await simultaneous(open),
    )
    const schema = await one.database.schema()
    const indexes = product.advised(schema).map((index) => product.createStatement(schema, index))
    await clinic.withIndexes(indexes, async () => {
      const indexed = await compared({ load: () => time(one.load), guide }, statements, rounds)
      rows.push(
        row({
          id: 'dashboard.indexed',
          what: "With the advised indexes, against the server's own execution of the same statements",
          ...{ measured: indexed.load, reference: indexed.execution, unit: 'ms', budget: 1.3 },
        }),
        row({
          id: 'dashboard.indexed.planned',
          what: "With the advised indexes, against the server's own planning and execution of them",
          ...{ measured: indexed.load, reference: indexed.planned, unit: 'ms' },
        }),
        row({
          id: 'dashboard.indexed.guide',
          what: "With the advised indexes, against the guide's questions one by one",
          ...{ measured: indexed.load, reference: indexed.guide, unit: 'ms' },
        }),
      )
      if (appointments < 10_000_000) return
      const what = 'With the advised indexes, warm, at 10 million appointments'
      rows.push(row({ id: 'dashboard.indexed.10m', what, measured: indexed.load, unit: 'ms', budget: 800 }))
    })
    return rows
  } finally {
    await client.end()
    await one.close()
  }
}

/**
 * The medians of several ways, and of what the server itself says about the statements of a load in the same rounds.
 * @param {{ load: () => Promise<number>, guide: () => Promise<number> }} ways
 * @param {() => Promise<{ execution: number, planning: number }>} statements
 * @param {{ rounds: number, warmUp?: number }} rounds
 */
function compared(ways, statements, rounds) {
  let planned = 0
  const execution = async () => {
    const server = await statements()
    planned = server.planning + server.execution
    return server.execution
  }
  return interleaved({ ...ways, execution, planned: async () => planned }, rounds)
}

/**
 * Twenty loads at once, each from a pool of its own, as twenty workstations would, against twenty in a row.
 * @param {() => ReturnType<typeof openForBench>} open
 */
async function simultaneous(open) {
  const stations = await Promise.all(Array.from({ length: crowd }, open))
  const cores = availableParallelism()
  try {
    /** @type {number[]} */
    const each = []
    const together = async () => {
      const times = await Promise.all(stations.map((station) => time(station.load)))
      each.push(...times)
      return Math.max(...times)
    }
    const inARow = () =>
      time(async () => {
        for (const station of stations) await station.load()
      })
    const { alone } = await interleaved({ together, alone: inARow }, { rounds: 5, warmUp: 1 })
    const leaks = stations.reduce((sum, station) => sum + station.database.figures().leaks, 0)
    if (leaks > 0) throw new Error(`${leaks} connections came back inside a transaction`)
    return row({
      id: 'dashboard.simultaneous',
      what: `${crowd} loads at once from ${crowd} pools, median, against ${crowd} in a row divided by ${cores} cores`,
      ...{ measured: median(each.slice(crowd)), reference: alone / cores, unit: 'ms', budget: 1.3 },
    })
  } finally {
    for (const station of stations) await station.close()
  }
}

/**
 * @param {import('./product.js').Product} product
 * @param {import('./clinic.js').BenchClinic} clinic
 */
async function openForBench({ openDatabase, createDashboard }, { connection, day }) {
  const database = await openDatabase({
    ...connection,
    ...{ tls: { mode: 'disable', ca: null }, schema: null, pool: { warm: 0, max: 2 }, log: quiet },
  })
  /** @param {Database} over */
  const dashboard = (over) =>
    createDashboard({ database: () => over, zone: () => 'America/Tijuana', log: quiet, now: `${day}T12:00:00` })
  const { handlers } = dashboard(database)
  const load = async () => refuseErrors(await handlers['dashboard.load']({ days: 30 }))
  await load()
  return {
    ...{ database, load, close: () => database.close() },
    async statements() {
      /** @type {Statement[]} */
      const seen = []
      await dashboard(recording(database, seen)).handlers['dashboard.load']({ days: 30 })
      return seen
    },
  }
}

/**
 * A fast answer that is no answer must not win.
 * @param {import('#shared/dashboard.ts').Dashboard} dashboard
 */
function refuseErrors({ figures }) {
  const bad = Object.entries(figures).filter(([, { state }]) => state === 'error' || state === 'unavailable')
  if (bad.length > 0) throw new Error(`no figure: ${bad.map(([name, { state }]) => `${name} ${state}`).join(', ')}`)
}

/**
 * The same database, writing down what it is asked.
 * @param {Database} database
 * @param {Statement[]} seen
 * @returns {Database}
 */
function recording(database, seen) {
  return {
    ...database,
    share: (_, work) => work(),
    read: (work, options) =>
      database.read(
        (transaction) =>
          work({
            ...transaction,
            query(sql, parameters = []) {
              seen.push({ sql, parameters })
              return transaction.query(sql, parameters)
            },
          }),
        options,
      ),
  }
}

/**
 * What the server itself says it takes to plan and to execute statements, in milliseconds. What it takes to read their
 * text, look up their names and send their rows it does not say.
 * @param {pg.Client} client
 * @param {readonly Statement[]} statements
 */
async function serverTime(client, statements) {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off')
  const total = { execution: 0, planning: 0 }
  for (const { sql, parameters } of statements) {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, SUMMARY ON, FORMAT JSON) ${sql}`, [
      ...parameters,
    ])
    const plan = rows[0]['QUERY PLAN'][0]
    total.execution += plan['Execution Time']
    total.planning += plan['Planning Time']
  }
  await client.query('ROLLBACK')
  return total
}
