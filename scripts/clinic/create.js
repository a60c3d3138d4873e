import { readdirSync, readFileSync } from 'node:fs'

/** @typedef {import('pg').ClientBase} Client */

const folder = new URL('./sql/', import.meta.url)

/** What the catalogue of a real clinic may hold and this one leaves out, with the reason. */
export const leftOut = [
  {
    what: 'pgvector columns and their indexes',
    reason: 'the embedded servers lack the extension; the embeddings of the catalogue are bytea anyway',
  },
  {
    what: 'check constraints on states',
    reason: 'the catalogue names none, and installations that write states in lower case must be reproducible',
  },
]

/**
 * Creates every table, key, index, trigger and view of the clinic; needs the right to create in the database.
 * @param {Client} client
 * @param {{ schema?: string }} [options]
 */
export async function createClinic(client, { schema = 'public' } = {}) {
  const quoted = client.escapeIdentifier(schema)
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  await client.query('BEGIN')
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quoted}`)
    // the operators that exclude overlapping appointments of one podiatrist
    await client.query('CREATE EXTENSION IF NOT EXISTS btree_gist')
    await client.query(`SET LOCAL search_path = ${quoted}, public`)
    for (const file of files.sort()) await client.query(readFileSync(new URL(file, folder), 'utf8'))
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
