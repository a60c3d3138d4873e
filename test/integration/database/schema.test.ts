import { afterEach, expect, test } from 'vitest'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import type { ClinicSchema } from '#electron/database/schema.ts'
import { freshClinic } from '#support/clinic.ts'
import catalogue from '#support/clinic-database.json' with { type: 'json' }
import { createSmallClinic, type SmallClinic } from '#support/small-clinic.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function small(variant?: SmallClinic) {
  const clinic = await freshClinic({ empty: true })
  closing.push(() => clinic.drop())
  if (variant !== undefined) await createSmallClinic(clinic.client, variant)
  return clinic
}
async function open(options: DatabaseOptions) {
  const database = await openDatabase(options)
  closing.push(() => database.close())
  return database
}
async function read(options: DatabaseOptions): Promise<ClinicSchema> {
  return (await open(options)).schema()
}
const refused = (options: DatabaseOptions) => openDatabase(options).then(Promise.reject.bind(Promise), (error) => error)

test('reads the whole clinic of the catalogue', async () => {
  const clinic = await freshClinic()
  closing.push(() => clinic.drop())
  const schema = await read(clinic.options)
  const missing = Object.entries(catalogue).flatMap(([table, { columns }]) =>
    Object.keys(columns).filter((column) => !schema.has(table, column)),
  )
  expect(missing).toEqual([])
  expect(schema).toMatchObject({
    role: 'reference',
    appointmentStart: 'fecha_hora_inicio',
    appointmentEnd: 'fecha_hora_fin',
  })
})

test.each([
  [{}, { role: 'reference', appointmentStart: 'fecha_hora_inicio', appointmentEnd: 'fecha_hora_fin' }],
  [{ role: 'text' }, { role: 'text' }],
  [{ role: 'none' }, { role: 'none' }],
  [{ appointments: 'old' }, { appointmentStart: 'fecha_hora', appointmentEnd: null }],
] as const)('knows the variant of the installation: %o', async (variant, expected) => {
  const clinic = await small(variant)
  expect(await read(clinic.options)).toMatchObject({ name: 'public', ...expected })
})

test('knows tables, columns and types, partitioned tables too, but no views, parts or other schemas', async () => {
  const clinic = await small({})
  await clinic.client.query(`
    CREATE VIEW citas_de_hoy AS SELECT * FROM citas;
    CREATE MATERIALIZED VIEW resumen AS SELECT count(*) FROM citas;
    CREATE TABLE auditoria (id bigint, fecha date NOT NULL) PARTITION BY RANGE (fecha);
    CREATE TABLE auditoria_2026 PARTITION OF auditoria FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE SCHEMA otro; CREATE TABLE otro.ajena (id int);
    ALTER TABLE pacientes ADD COLUMN borrada text; ALTER TABLE pacientes DROP COLUMN borrada`)
  const schema = await read(clinic.options)
  expect(schema.table('pagos')?.columns.get('monto_pagado')).toEqual({
    name: 'monto_pagado',
    type: 'numeric(10,2)',
    notNull: true,
    number: 3,
  })
  expect(schema.table('citas')).toMatchObject({ name: 'citas', schema: 'public', readable: true })
  expect(schema.table('auditoria')).not.toBeNull()
  for (const name of ['citas_de_hoy', 'resumen', 'auditoria_2026', 'ajena']) expect(schema.table(name)).toBeNull()
  expect(schema.has('pacientes', 'primer_nombre')).toBe(true)
  expect(schema.has('pacientes', 'borrada')).toBe(false)
  expect(schema.has('no_existe', 'id')).toBe(false)
  expect(schema.quoted('citas')).toBe('"public"."citas"')
  expect(() => schema.quoted('no_existe')).toThrow(expect.objectContaining({ code: 'SCHEMA_CHANGED' }))
})

test('finds the clinic in the schema of the search path that holds it, whatever its name', async () => {
  const clinic = await small({ schema: 'Clínica "Norte"' })
  await clinic.client.query(
    `ALTER DATABASE ${clinic.name} SET search_path = "$user", public, "Clínica ""Norte"""; CREATE TABLE public.usuarios (id int)`,
  )
  const database = await open(clinic.options)
  const schema = await database.schema()
  expect(schema).toMatchObject({ name: 'Clínica "Norte"' })
  expect(schema.quoted('citas')).toBe('"Clínica ""Norte"""."citas"')
  expect(await database.read((transaction) => transaction.query(`SELECT id FROM ${schema.quoted('citas')}`))).toEqual(
    [],
  )
})

test('a profile may name the schema, and statements then see it first', async () => {
  const clinic = await small({ schema: 'podología' })
  const database = await open({ ...clinic.options, schema: 'podología' })
  expect(await database.schema()).toMatchObject({ name: 'podología' })
  expect(await database.read((transaction) => transaction.query('SELECT id FROM citas'))).toEqual([])
})

test('a database that is no clinic says which tables are missing, and where they are if elsewhere', async () => {
  const empty = await small()
  expect(await refused(empty.options)).toMatchObject({
    code: 'NOT_A_CLINIC',
    params: { missing: 'usuarios, pacientes, citas' },
  })
  await empty.client.query('CREATE TABLE usuarios (id int); CREATE TABLE citas (id int)')
  expect(await refused(empty.options)).toMatchObject({ code: 'NOT_A_CLINIC', params: { missing: 'pacientes' } })
  const elsewhere = await small({ schema: 'clinica' })
  expect(await refused(elsewhere.options)).toMatchObject({
    code: 'NOT_A_CLINIC',
    params: { missing: 'usuarios, pacientes, citas', schemas: 'clinica' },
  })
})

test('a role that may not read the users, or not use the schema, hears which right is missing', async () => {
  const clinic = await small({})
  expect(await refused(await clinic.role())).toMatchObject({
    code: 'PRIVILEGE_MISSING',
    params: { table: 'usuarios', schema: 'public', privilege: 'SELECT' },
  })
  const closed = await small({ schema: 'clinica' })
  const options = { ...(await closed.role('SELECT ON ALL TABLES IN SCHEMA clinica')), schema: 'clinica' }
  expect(await refused(options)).toMatchObject({
    code: 'PRIVILEGE_MISSING',
    params: { schema: 'clinica', privilege: 'USAGE' },
  })
})

test('an everyday role reads, is told what it may not read, and its writes are refused with their reason', async () => {
  const clinic = await small({})
  const role = await clinic.role('SELECT ON usuarios, pacientes, roles', 'SELECT (id, id_paciente) ON citas')
  const database = await open(role)
  const schema = await database.schema()
  const readable = ['usuarios', 'pacientes', 'citas', 'pagos'].map((name) => schema.table(name)?.readable)
  expect(readable).toEqual([true, true, false, false])
  await expect(database.read((transaction) => transaction.query('SELECT * FROM pagos'))).rejects.toMatchObject({
    code: 'PRIVILEGE_MISSING',
  })
  await expect(
    database.write((transaction) => transaction.query('UPDATE usuarios SET activo = false')),
  ).rejects.toMatchObject({ code: 'PRIVILEGE_MISSING', params: { sqlstate: '42501' } })
})

test('is read once, and again after a statement met a schema that changed', async () => {
  const clinic = await small({})
  const database = await open(clinic.options)
  const first = await database.schema()
  expect(await database.schema()).toBe(first)
  await clinic.client.query('ALTER TABLE pagos RENAME TO cobros')
  await expect(
    database.read((transaction) => transaction.query(`SELECT * FROM ${first.quoted('pagos')}`)),
  ).rejects.toMatchObject({ code: 'SCHEMA_CHANGED' })
  const second = await database.schema()
  expect(second.table('pagos')).toBeNull()
  expect(second.table('cobros')).not.toBeNull()
})
