import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import pg from 'pg'

/** @typedef {import('./clinic.js').BenchClinic['connection']} Connection */
/** @typedef {{ key: string, columns: readonly string[], file: string }} HandTable */
/** @typedef {{ name: string, child: string, parent: string, definition: string }} HandKey */
/** @typedef {import('#shared/cleanup.ts').CleanupPlan} CleanupPlan */

/**
 * What somebody would do who knows SQL well and has no program: psql, COPY, gzip, TRUNCATE. Without encryption, without
 * reading the files again, without a look at what stays.
 * @typedef {object} ByHand
 * @property {() => Promise<void>} outAndEmpty COPY of every table into a file of its own, flushed; then all emptied
 * @property {() => Promise<void>} backIn COPY of them back into the tables, parents first, every index and key in place
 */

/**
 * @param {Connection} connection
 * @param {{ folder: string, level: number, plan: CleanupPlan }} what
 * @returns {Promise<ByHand>}
 */
export async function byHand(connection, { folder, level, plan }) {
  const lost = plan.tables.filter(({ deleted }) => deleted > 0).map(({ key }) => key)
  const { tables, keys } = await read(connection, lost, folder)
  const emptied = new Set(lost)
  const outside = keys.filter(({ child, parent }) => emptied.has(parent) && !emptied.has(child))
  const forget = plan.tables.flatMap(({ key, cleared }) =>
    cleared.flatMap(({ columns }) => columns.map((column) => ({ key, column: `"${column}"` }))),
  )
  const sorted = parentsFirst(tables, keys)
  return {
    outAndEmpty: () =>
      psql(connection, join(folder, 'out.sql'), [
        'BEGIN;',
        ...tables.map(({ key, columns, file }) => {
          const select = `SELECT ${columns.join(', ')} FROM ${key}`
          return `\\copy (${select}) to program 'gzip -${level} > ${file}'`
        }),
        `\\! sync ${tables.map(({ file }) => file).join(' ')}`,
        ...outside.map(({ child, name }) => `ALTER TABLE ${child} DROP CONSTRAINT ${name};`),
        ...forget.map(({ key, column }) => `UPDATE ${key} SET ${column} = NULL WHERE ${column} IS NOT NULL;`),
        `TRUNCATE ${lost.join(', ')};`,
        ...outside.map(({ child, name, definition }) => `ALTER TABLE ${child} ADD CONSTRAINT ${name} ${definition};`),
        'COMMIT;',
      ]),
    backIn: () =>
      psql(connection, join(folder, 'in.sql'), [
        'BEGIN;',
        // The clinic's own triggers would write of every row that comes back.
        ...lost.map((key) => `ALTER TABLE ${key} DISABLE TRIGGER USER;`),
        ...sorted.late.map(({ child, name }) => `ALTER TABLE ${child} DROP CONSTRAINT ${name};`),
        ...sorted.tables.map(({ key, columns, file }) => {
          return `\\copy ${key} (${columns.join(', ')}) from program 'gunzip -c ${file}'`
        }),
        ...sorted.late.map(
          ({ child, name, definition }) => `ALTER TABLE ${child} ADD CONSTRAINT ${name} ${definition};`,
        ),
        ...lost.map((key) => `ALTER TABLE ${key} ENABLE TRIGGER USER;`),
        'COMMIT;',
      ]),
  }
}

/**
 * @param {Connection} connection
 * @param {readonly string[]} lost
 * @param {string} folder
 * @returns {Promise<{ tables: HandTable[], keys: HandKey[] }>}
 */
async function read(connection, lost, folder) {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    const columns = await client.query(
      `SELECT k AS key, array_agg(quote_ident(attname) ORDER BY attnum) AS columns FROM unnest($1::text[]) k
       JOIN pg_attribute ON attrelid = k::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY 1`,
      [lost],
    )
    await client.query(`SET search_path = ''`)
    const keys = await client.query(
      `SELECT quote_ident(conname) AS name, conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
         pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'f' AND conparentid = 0`,
    )
    const tables = columns.rows.map(({ key, columns: names }, at) => {
      const file = join(folder, `${String(at).padStart(3, '0')}.gz`)
      return { key, columns: names, file }
    })
    return { tables, keys: keys.rows }
  } finally {
    await client.end()
  }
}

/**
 * Tables in an order in which every row finds what it points at; keys that make that impossible are made again at the end.
 * @param {readonly HandTable[]} tables
 * @param {readonly HandKey[]} keys
 */
function parentsFirst(tables, keys) {
  const left = new Map(tables.map((table) => [table.key, table]))
  const inside = keys.filter(({ child, parent }) => child !== parent && left.has(child) && left.has(parent))
  /** @type {HandTable[]} */
  const found = []
  /** @type {HandKey[]} */
  const late = []
  while (left.size > 0) {
    const waits = (/** @type {string} */ key) =>
      inside.filter(({ child, parent }) => child === key && left.has(parent)).length
    const [next] = [...left.values()].sort((a, b) => waits(a.key) - waits(b.key))
    if (!next) break
    late.push(...inside.filter(({ child, parent }) => child === next.key && left.has(parent)))
    left.delete(next.key)
    found.push(next)
  }
  return { tables: found, late }
}

/**
 * @param {Connection} connection
 * @param {string} script
 * @param {readonly string[]} lines
 */
async function psql({ host, port, user, password, database }, script, lines) {
  writeFileSync(script, `\\set ON_ERROR_STOP on\n${lines.join('\n')}\n`)
  const child = spawn('psql', ['-X', '-q', '-f', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database },
    },
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`by hand: psql ended with ${code}`)
}
