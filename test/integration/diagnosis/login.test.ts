import { beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { brokenServer, endAfterEach } from './broken-server.ts'
import { diagnose, readerOf } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('login')
const { look } = table
const broken = brokenServer()
endAfterEach()

let clinic: FreshClinic
let reader: DatabaseOptions
beforeAll(async () => {
  clinic = await freshClinic()
  reader = await readerOf(clinic)
})
dropClinicsAfterAll()

describe('the login', () => {
  test('a wrong password', async () => {
    const to = { ...reader, password: 'not-the-password-7712' }
    const { verdict } = await look('contraseña equivocada', { symptom: 'password', to })
    expect(verdict.cause).toBe('passwordWrong')
    // psql asks for the new one: no password stands on a command line.
    expect(verdict.commands.every(({ text }) => /\\password "role_\w+"'$/.test(text))).toBe(true)
  })

  test('no password known', async () => {
    const { verdict } = await look('contraseña no guardada', {
      symptom: 'cannotLogIn',
      to: { ...reader, password: null },
    })
    expect(verdict).toMatchObject({ cause: 'passwordMissing', page: 'connection' })
  })

  test('a server whose pg_hba.conf has no line for us', async () => {
    await broken.access('host elsewhere all 127.0.0.1/32 scram-sha-256\n')
    await expect
      .poll(async () => (await diagnose({ symptom: 'password', to: broken.whole() })).verdict.cause, { timeout: 5_000 })
      .toBe('accessNotConfigured')
    const { verdict } = await look('sin línea en pg_hba.conf', { symptom: 'cannotLogIn', to: broken.whole() })
    expect(verdict).toMatchObject({
      cause: 'accessNotConfigured',
      facts: { user: broken.whole().user, database: 'postgres' },
    })
    expect(verdict.commands[0]?.text).toBe('SELECT pg_reload_conf();')
  })

  test('a database that does not exist', async () => {
    const { verdict, found } = await look('base inexistente', {
      symptom: 'databaseMissing',
      to: { ...reader, database: 'no_such' },
    })
    expect(verdict).toMatchObject({ cause: 'databaseMissing', facts: { database: 'no_such' }, page: 'connection' })
    expect(found('login').status).toBe('passed')
    expect(found('schema').status).toBe('skipped')
  })

  test('a database that the role may not open, and the grant that opens it', async () => {
    const closed = await freshClinic()
    const role = await closed.role('SELECT ON ALL TABLES IN SCHEMA public')
    await closed.client.query(`REVOKE CONNECT ON DATABASE ${closed.name} FROM PUBLIC`)
    const { verdict } = await look('sin permiso CONNECT', { symptom: 'cannotLogIn', to: role })
    expect(verdict.cause).toBe('connectDenied')
    await closed.client.query(verdict.commands[0]?.text ?? '')
    expect((await diagnose({ symptom: 'cannotLogIn', to: role, before: 'connectDenied' })).verdict).toMatchObject({
      ...{ kind: 'clear', solved: 'connectDenied' },
    })
  })

  test('a database that is no clinic, and a clinic in another schema', async () => {
    const empty = await freshClinic({ empty: true })
    const none = await look('base sin tablas de clínica', { symptom: 'databaseMissing', to: empty.options })
    expect(none.verdict).toMatchObject({ cause: 'notAClinic', facts: { missing: 'usuarios, pacientes, citas' } })
    await createSmallClinic(empty.client, { schema: 'clinica' })
    const elsewhere = await look('tablas en otro esquema', { symptom: 'databaseMissing', to: empty.options })
    expect(elsewhere.verdict).toMatchObject({
      cause: 'schemaElsewhere',
      facts: { schemas: 'clinica' },
      page: 'connection',
    })
    const role = await empty.role()
    const denied = await look('sin permiso USAGE', { symptom: 'privileges', to: role })
    expect(denied.verdict).toMatchObject({ cause: 'schemaDenied', facts: { schema: 'clinica' } })
    await empty.client.query(denied.verdict.commands[0]?.text ?? '')
    const after = await diagnose({ symptom: 'privileges', to: { ...role, schema: 'clinica' }, before: 'schemaDenied' })
    expect(after.verdict).toMatchObject({ cause: 'tablesDenied', solved: 'schemaDenied' })
  })

  test('tables that the role may not read, and the grant that opens them', async () => {
    const role = await clinic.role('SELECT ON usuarios, roles, citas')
    const { verdict } = await look('sin permiso SELECT', { symptom: 'privileges', to: role })
    expect(verdict).toMatchObject({ cause: 'tablesDenied', facts: { schema: 'public', user: role.user } })
    expect(verdict.facts.count).toBeGreaterThan(40)
    await clinic.client.query(verdict.commands[0]?.text ?? '')
    expect((await diagnose({ symptom: 'privileges', to: role, before: 'tablesDenied' })).verdict).toMatchObject({
      ...{ kind: 'clear', solved: 'tablesDenied' },
    })
  })

  test('are told in docs/diagnostico.md as they were found', () => {
    table.expectDocumented()
  })
})
