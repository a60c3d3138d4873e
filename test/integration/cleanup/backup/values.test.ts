import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TableHead } from '#electron/cleanup/backup/manifest.ts'
import { readBackup } from '#electron/cleanup/backup/reader.ts'
import { openDatabase } from '#electron/database/open.ts'
import { type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { backUp, columnsOf, digests, nameOf, ownFolder, tablesOf } from './setting.ts'

const folder = ownFolder()
const everyValue = `
  CREATE SCHEMA "mi ""clínica""";
  CREATE TABLE "mi ""clínica"""."Raro; tabla" (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "con ""comillas""" text, vacio text, nada text, b bytea, j json, jb jsonb, n numeric, f float8, r real,
    t text[], m int[][], d date, ts timestamp, tz timestamptz, iv interval, u uuid, bool boolean, rango int4range,
    doble bigint GENERATED ALWAYS AS (id % 10) STORED);
  INSERT INTO "mi ""clínica"""."Raro; tabla" OVERRIDING SYSTEM VALUE VALUES
    (70000000007, E'tab\\t new\\nline \\\\ \\\\. \\\\N \\r \\b', '', NULL, '\\x00ff5c0a09', '{"a" :  1,  "a": 2}', '{"b": "ñ \\ud83e\\uddb6"}', 'NaN', 'Infinity', '-0',
     ARRAY['a,b', NULL, 'NULL', '{"x"}', ''], '{{1,2},{3,NULL}}', 'infinity', '-infinity', '2026-03-08 02:30:00-08', '1 mon -3 days 04:05:06.789',
     'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', true, '[1,10)'),
    (-9223372036854775808, '🦶 pie — ñandú', '   ', NULL, '', 'null', 'null', '123456789012345678901234567890.000000001000', 'NaN', '1e-40',
     '{}', NULL, '4713-01-01 BC', '294276-12-31 23:59:59.999999', 'infinity', '00:00', NULL, NULL, 'empty');
  INSERT INTO "mi ""clínica"""."Raro; tabla" ("con ""comillas""") SELECT repeat(chr(1 + n % 1000), n % 50) FROM generate_series(1, 500) n WHERE n % 1000 NOT BETWEEN 55295 AND 57344`

let old: OwnServer
beforeAll(async () => {
  old = await ownServer({ version: 14 })
})
afterAll(() => old?.remove())

async function there(server?: OwnServer): Promise<{ clinic: FreshClinic; table: TableHead }> {
  const clinic = await freshClinic({ empty: true, ...(server && { server }) })
  await createSmallClinic(clinic.client)
  await clinic.client.query(everyValue)
  const [table] = await tablesOf(clinic.client, 'mi "clínica"')
  if (!table) throw new Error('no table')
  return { clinic, table }
}

test.each([18, 14])('every kind of value goes into a backup and back exactly, PostgreSQL %i', async (version) => {
  const { clinic, table } = await there(version === 14 ? old : undefined)
  const database = await openDatabase(clinic.options)
  expect(table.columns).not.toContain('doble')
  const before = await digests(clinic.client, [table])
  await database.write(async (transaction) => {
    const { file, written } = await backUp(transaction, [table], { folder, protection: { kind: 'none' } })
    await transaction.query(`TRUNCATE ${nameOf(table)}`)
    await readBackup(file, null, {
      async onTable(head, rows) {
        expect(head).toEqual(table)
        const loaded = await transaction.copyIn(`COPY ${nameOf(table)} (${columnsOf(table)}) FROM STDIN`, rows)
        expect(loaded).toBe(written[0]?.rows)
      },
    })
  })
  expect(await digests(clinic.client, [table])).toEqual(before)
  await database.close()
  await clinic.drop()
})

test('a file that turns out damaged while the server loads it leaves nothing loaded', async () => {
  const { clinic, table } = await there()
  const database = await openDatabase(clinic.options)
  const { file } = await database.write((transaction) =>
    backUp(transaction, [table], { folder, protection: { kind: 'none' } }),
  )
  const damaged = readFileSync(file)
  const at = damaged.length - 2_000
  damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at)
  writeFileSync(file, damaged)
  const before = await digests(clinic.client, [table])
  const load = database.write(async (transaction) => {
    await transaction.query(`TRUNCATE ${nameOf(table)}`)
    await readBackup(file, null, {
      async onTable(_head, rows) {
        await transaction.copyIn(`COPY ${nameOf(table)} (${columnsOf(table)}) FROM STDIN`, rows)
      },
    })
  })
  await expect(load).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' })
  expect(await digests(clinic.client, [table])).toEqual(before)
  expect(database.figures()).toMatchObject({ leaks: 0 })
  await database.close()
  await clinic.drop()
})
