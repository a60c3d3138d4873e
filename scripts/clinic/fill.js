import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { createPlan } from './plan.js'
import { agentTables } from './tables/agent.js'
import { appointmentTables } from './tables/appointments.js'
import { catalogueTables } from './tables/catalogues.js'
import { conversationTables } from './tables/conversations.js'
import { financeTables } from './tables/finance.js'
import { hoursTables } from './tables/hours.js'
import { inventoryTables } from './tables/inventory.js'
import { patientTables } from './tables/patients.js'
import { recordTables } from './tables/records.js'
import { settingsTables } from './tables/settings.js'
import { staffTables } from './tables/staff.js'
import { voiceTables } from './tables/voice.js'
import { whatsappTables } from './tables/whatsapp.js'

/** @typedef {import('pg').Client} Client */
/** @typedef {{ table: string, rows: number, total: number }} Progress rows of this table, and of all so far */

/** Every table of the clinic, in the order in which they are written. */
export const tables = [
  ...catalogueTables,
  ...settingsTables,
  ...whatsappTables,
  ...staffTables,
  ...hoursTables,
  ...patientTables,
  ...appointmentTables,
  ...recordTables,
  ...voiceTables,
  ...financeTables,
  ...inventoryTables,
  ...conversationTables,
  ...agentTables,
]

const SUMMARY = 'mv_resumen_pacientes'
const CHUNK = 64 * 1024
const PROGRESS_EVERY = 50_000

/**
 * Fills a clinic made by `createClinic`, whatever it held before: three years up to two weeks after `day`. The same seed
 * and day always give the same rows. One transaction: a load that fails leaves what was there.
 * @param {Client} client the owner of the tables, with the clinic's schema first in its search_path
 * @param {{ appointments?: number, seed?: string | number, day: string, onProgress?: (progress: Progress) => void }} options
 * @returns {Promise<{ rows: number, tables: Record<string, number> }>}
 */
export async function fillClinic(client, { appointments = 12_000, seed = 'podoskin', day, onProgress = () => {} }) {
  const plan = createPlan({ appointments, seed, day })
  /** @type {Record<string, number>} */
  const counts = {}
  let total = 0
  await client.query('BEGIN')
  try {
    await client.query(
      "SET LOCAL maintenance_work_mem = '256MB'; SET LOCAL synchronous_commit = off; SET LOCAL datestyle = iso",
    )
    await client.query(`TRUNCATE ${tables.map(({ table }) => table).join(', ')} RESTART IDENTITY`)
    const setAside = await setAsideChecks(client)
    for (const { table, columns, rows } of tables) {
      const count = await copyRows(client, table, columns, rows(plan), (rows) =>
        onProgress({ table, rows, total: total + rows }),
      )
      counts[table] = count
      total += count
      onProgress({ table, rows: count, total })
    }
    await client.query(setAside.join(';\n'))
    await setSequences(client)
    await client.query(`REFRESH MATERIALIZED VIEW ${SUMMARY}`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
  await client.query(`ANALYZE ${[...tables.map(({ table }) => table), SUMMARY].join(', ')}`)
  return { rows: total, tables: counts }
}

/**
 * Takes away what makes loading slow (foreign keys, indexes and exclusions that are no key, user triggers) and returns
 * the statements that put back exactly what was there.
 * @param {Client} client
 */
async function setAsideChecks(client) {
  const names = tables.map(({ table }) => table)
  /** @param {string} sql */
  const pairs = async (sql) => /** @type {{ away: string, back: string }[]} */ ((await client.query(sql, [names])).rows)
  const triggers = await pairs(`
    SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS away,
      format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass,
        CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname) AS back
    FROM pg_trigger
    WHERE NOT tgisinternal AND tgenabled <> 'D' AND tgrelid = ANY (SELECT unnest($1::text[])::regclass)`)
  const keys = await pairs(`
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS away,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS back
    FROM pg_constraint
    WHERE contype IN ('f', 'x') AND conrelid = ANY (SELECT unnest($1::text[])::regclass)
    ORDER BY contype = 'f', oid`)
  const indexes = await pairs(`
    SELECT format('DROP INDEX %s', indexrelid::regclass) AS away, pg_get_indexdef(indexrelid) AS back
    FROM pg_index i
    WHERE NOT indisunique AND NOT indisexclusion AND indrelid = ANY (SELECT unnest($1::text[])::regclass)
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`)
  await client.query([...triggers, ...keys, ...indexes].map(({ away }) => away).join(';\n'))
  return [...indexes, ...keys, ...triggers].map(({ back }) => back)
}

/**
 * @param {Client} client
 * @param {string} table
 * @param {readonly string[]} columns
 * @param {Iterable<string>} lines
 * @param {(rows: number) => void} onRows
 */
async function copyRows(client, table, columns, lines, onRows) {
  let count = 0
  function* chunks() {
    let text = ''
    for (const line of lines) {
      text += line
      if (++count % PROGRESS_EVERY === 0) onRows(count)
      if (text.length < CHUNK) continue
      yield text
      text = ''
    }
    if (text) yield text
  }
  // the table was emptied in this transaction, so its rows can be written as if already vacuumed
  const into = client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN WITH (FREEZE)`))
  await pipeline(Readable.from(chunks(), { objectMode: false }), into)
  return count
}

/** Sets each identity and serial to follow the rows that came with their own ids. @param {Client} client */
async function setSequences(client) {
  const { rows } = await client.query(
    `SELECT format('SELECT setval(%L, coalesce(max(id), 0) + 1, false) FROM %s', pg_get_serial_sequence(name, 'id'), name) AS sql
     FROM unnest($1::text[]) AS name
     WHERE EXISTS (SELECT FROM pg_attribute WHERE attrelid = name::regclass AND attname = 'id')`,
    [tables.map(({ table }) => table)],
  )
  for (const { sql } of rows) await client.query(sql)
}
