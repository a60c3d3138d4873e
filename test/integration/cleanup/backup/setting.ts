import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll } from 'vitest'
import type { BackupTable, ManifestRest, TableHead } from '#electron/cleanup/backup/manifest.ts'
import type { Protection, Unlock } from '#electron/cleanup/backup/types.ts'
import { createBackup } from '#electron/cleanup/backup/writer.ts'
import type { Transaction } from '#electron/database/database.ts'
import { quoteIdentifier } from '#electron/database/transaction.ts'

export const rest: ManifestRest = {
  server: { host: 'localhost', port: 5432, version: '18.0' },
  ...{ database: 'clinic', schema: null, environment: 'testing', planHash: 'x', encoding: 'UTF8' },
  ...{ structure: null, fingerprints: null, counts: {} },
}

/** A folder of a test file, deleted when the file ends. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'podoskin-backup-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Every ordinary table of a schema as a table to export whole, generated columns left out. */
export async function tablesOf(client: pg.ClientBase, schema = 'public'): Promise<TableHead[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `SELECT relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
       FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      WHERE relkind = 'r' AND relnamespace = quote_ident($1)::regnamespace GROUP BY relname ORDER BY relname`,
    [schema],
  )
  return rows.map(({ name, columns }) => ({
    ...{ key: `${schema}.${name}`, schema, name, columns, role: 'deleted', keyColumns: [] },
  }))
}

export const nameOf = ({ schema, name }: TableHead) => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
export const columnsOf = ({ columns }: TableHead) => columns.map(quoteIdentifier).join(', ')

/** A published backup of the tables, all of their rows, as this transaction sees them. */
export async function backUp(
  transaction: Transaction,
  tables: readonly TableHead[],
  { folder, protection }: { folder: string; protection: Protection },
): Promise<{ file: string; written: readonly BackupTable[]; unlock: Unlock }> {
  const signal = new AbortController().signal
  const app = { name: 'test', version: '1' }
  const writer = await createBackup({ folder, baseName: 'clinic', app, protection, expectedBytes: 0, signal })
  const written: BackupTable[] = []
  for (const table of tables) {
    const rows = await transaction.copyOut(`COPY (SELECT ${columnsOf(table)} FROM ${nameOf(table)}) TO STDOUT`)
    written.push(await writer.addTable(table, rows))
  }
  await writer.finish(rest)
  return { file: await writer.publish(), written, unlock: writer.unlock }
}

/** A digest of all rows of each table, whatever their order. */
export async function digests(client: pg.ClientBase, tables: readonly TableHead[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const table of tables) {
    const { rows } = await client.query<{ digest: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM ${nameOf(table)} t`,
    )
    found[table.key] = rows[0]?.digest ?? ''
  }
  return found
}
