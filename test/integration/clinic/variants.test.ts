import pg from 'pg'
import { expect, test } from 'vitest'
import { applyDrift, createClinic, drifts, fillClinic } from '#scripts/clinic/clinic.js'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { ownServer } from '#support/servers.ts'

dropClinicsAfterAll()

/** A question that only the variant can answer, and its answer in the template clinic. */
const questions: Record<keyof typeof drifts, string> = {
  'role-text': "SELECT rol AS answer FROM usuarios WHERE nombre_usuario = 'ivette.martinez'",
  'lower-case-states':
    "SELECT string_agg(DISTINCT estado, ' ') AS answer FROM citas WHERE estado IN ('completada', 'no_asistio', 'Completada')",
  'single-start': 'SELECT (max(fecha_hora) > min(fecha_hora))::text AS answer FROM citas',
  'no-payments': "SELECT to_regclass('pagos') IS NULL AND to_regclass('facturas') IS NOT NULL AS answer",
  'other-schema': "SELECT to_regclass('clinica.citas') IS NOT NULL AND to_regclass('public.citas') IS NULL AS answer",
}
const answers = {
  'role-text': 'Recepcionista',
  'lower-case-states': 'completada no_asistio',
  'single-start': 'true',
  'no-payments': true,
  'other-schema': true,
}

test.each(Object.keys(drifts) as (keyof typeof drifts)[])('a filled clinic becomes the variant %s', async (name) => {
  const { client, drop } = await freshClinic()
  await applyDrift(client, name)
  const { rows } = await client.query(questions[name])
  expect(rows).toEqual([{ answer: answers[name] }])
  await drop()
})

test('the variant in another schema is found by its unqualified names in a new session', async () => {
  const { client, options, drop } = await freshClinic()
  await applyDrift(client, 'other-schema')
  const { host, port, user, password, database } = options
  const other = new pg.Client({ host, port, user, password: String(password), database })
  await other.connect()
  await other.query('SELECT FROM citas')
  // triggers find their tables too
  await other.query(
    'INSERT INTO signos_vitales (id_paciente, fecha_registro, glucosa_capilar, registrado_por) VALUES (1, now(), 300, 1)',
  )
  await other.end()
  await drop()
})

test('on PostgreSQL 14, in a schema of its own, the clinic is created and filled as on 18', async () => {
  const server = await ownServer({ version: 14 })
  try {
    const { client, drop } = await freshClinic({ server })
    await createClinic(client, { schema: 'clinica' })
    await client.query('SET search_path = clinica, public')
    const { tables } = await fillClinic(client, { appointments: 500, seed: 1, day: '2026-11-24' })
    expect(Object.keys(tables)).toHaveLength(66)
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    )
    expect(rows).toEqual([{ n: 0 }])
    await drop()
  } finally {
    await server.remove()
  }
})
