import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leftOut } from '#scripts/clinic/clinic.js'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'

interface CatalogueTable {
  columns: Record<string, string>
  primaryKey: string[]
  unique?: string[][]
  foreignKeys?: string[]
  /** `null` stands for an index on an expression. */
  indexes?: (string | null)[]
  userTriggers?: number
}

const catalogue: Record<string, CatalogueTable> = JSON.parse(
  readFileSync(new URL('../../support/clinic-database.json', import.meta.url), 'utf8'),
)

dropClinicsAfterAll()
const { client } = await freshClinic()

async function byTable(sql: string): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; fact: string | null }>(sql)
  const facts = new Map<string, string[]>()
  for (const { table, fact } of rows) facts.set(table, [...(facts.get(table) ?? []), fact ?? 'expression'])
  return facts
}

/** Every table's facts of one kind, sorted, tables without any left out. */
function sorted(facts: Iterable<[string, string[]]>): Record<string, string[]> {
  return Object.fromEntries([...facts].filter(([, list]) => list.length > 0).map(([name, list]) => [name, list.sort()]))
}
const expected = (facts: (table: CatalogueTable) => string[]) =>
  sorted(Object.entries(catalogue).map(([name, table]): [string, string[]] => [name, facts(table)]))

const ofOurs = "n.nspname = 'public' AND t.relkind = 'r'"
const from = `pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace`
const names = (keys: string) =>
  `(SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(${keys}) WITH ORDINALITY AS k(number, place)
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number)`

test('has every table with its columns, types, NOT NULL and identities', async () => {
  const live = await byTable(`
    SELECT t.relname AS table, a.attname || ': '
      || replace(replace(format_type(a.atttypid, a.atttypmod), 'timestamp without time zone', 'timestamp'), 'timestamp with time zone', 'timestamptz')
      || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
      || CASE a.attidentity WHEN 'a' THEN ' identity' ELSE '' END AS fact
    FROM ${from} JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE ${ofOurs}`)
  const normal = (type: string) => type.replace(/^time(?= |$)/, 'time without time zone')
  const wanted = expected(({ columns }) => Object.entries(columns).map(([name, type]) => `${name}: ${normal(type)}`))
  expect(Object.keys(wanted)).toHaveLength(66)
  expect(sorted(live)).toEqual(wanted)
})

test('gives integer keys that are no identity a sequence', async () => {
  const keyed = Object.entries(catalogue).filter(([, { columns }]) => columns.id === 'integer not null')
  expect(keyed.length).toBeGreaterThan(10)
  for (const [name] of keyed) {
    const { rows } = await client.query("SELECT pg_get_serial_sequence($1, 'id') AS sequence", [name])
    expect(rows[0].sequence, name).toBe(`public.${name}_id_seq`)
  }
})

test('has the same primary and unique keys', async () => {
  const keys = (kind: string) => `
    SELECT t.relname AS table, ${names('c.conkey')} AS fact
    FROM ${from} JOIN pg_constraint c ON c.conrelid = t.oid WHERE ${ofOurs} AND c.contype = '${kind}'`
  expect(sorted(await byTable(keys('p')))).toEqual(expected(({ primaryKey }) => [primaryKey.join(',')]))
  expect(sorted(await byTable(keys('u')))).toEqual(expected(({ unique = [] }) => unique.map((key) => key.join(','))))
})

test('has the same foreign keys with their delete rules, none deferrable', async () => {
  const live = await byTable(`
    SELECT t.relname AS table, ${names('c.conkey')} || ' -> ' || c.confrelid::regclass
      || CASE c.confdeltype WHEN 'c' THEN ' (CASCADE)' WHEN 'n' THEN ' (SET NULL)' WHEN 'r' THEN ' (RESTRICT)' ELSE '' END
      || CASE WHEN c.condeferrable THEN ' deferrable' ELSE '' END AS fact
    FROM ${from} JOIN pg_constraint c ON c.conrelid = t.oid WHERE ${ofOurs} AND c.contype = 'f'`)
  expect(sorted(live)).toEqual(expected(({ foreignKeys = [] }) => foreignKeys))
})

test('has the listed indexes and no other, so 73 foreign keys have none', async () => {
  const live = await byTable(`
    SELECT t.relname AS table, CASE WHEN 0 = ANY (i.indkey) THEN NULL ELSE ${names('i.indkey::int2[]')} END AS fact
    FROM ${from} JOIN pg_index i ON i.indrelid = t.oid
    WHERE ${ofOurs} AND NOT EXISTS
      (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u'))`)
  expect(sorted(live)).toEqual(expected(({ indexes = [] }) => indexes.map((index) => index ?? 'expression')))

  const { rows } = await client.query(`
    SELECT count(*)::int AS all, count(*) FILTER (WHERE NOT EXISTS (
      SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND (i.indkey::int2[])[0] = c.conkey[1]))::int AS bare
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE ${ofOurs} AND c.contype = 'f'`)
  expect(rows).toEqual([{ all: 144, bare: 73 }])
})

test('has as many triggers on each table, all switched on after a load', async () => {
  const live = await byTable(`
    SELECT t.relname AS table, g.tgenabled::text AS fact FROM ${from} JOIN pg_trigger g ON g.tgrelid = t.oid
    WHERE ${ofOurs} AND NOT g.tgisinternal`)
  expect(sorted(live)).toEqual(expected(({ userTriggers = 0 }) => Array(userTriggers).fill('O')))
})

test('has a row in every table', async () => {
  const empty: string[] = []
  for (const name of Object.keys(catalogue)) {
    const { rowCount } = await client.query(`SELECT FROM ${client.escapeIdentifier(name)} LIMIT 1`)
    if (rowCount === 0) empty.push(name)
  }
  expect(empty).toEqual([])
})

test('has about thirty views, each of which can be read, and a materialized one with patients in it', async () => {
  const { rows } = await client.query<{ relname: string; relkind: string }>(
    "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
  )
  expect(rows.filter(({ relkind }) => relkind === 'v').length).toBeGreaterThanOrEqual(28)
  for (const { relname } of rows) await client.query(`SELECT * FROM ${client.escapeIdentifier(relname)}`)
  const copy = await client.query('SELECT count(*)::int AS n FROM mv_resumen_pacientes WHERE citas > 0')
  expect(copy.rows[0].n).toBeGreaterThan(0)
})

test('leaves out only what the server cannot have or the catalogue does not name', async () => {
  expect(leftOut.every(({ what, reason }) => what && reason)).toBe(true)
  const extension = await client.query("SELECT FROM pg_available_extensions WHERE name = 'vector'")
  expect(extension.rowCount).toBe(0)
  const checks = await client.query(
    "SELECT FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
  )
  expect(checks.rowCount).toBe(0)
})
