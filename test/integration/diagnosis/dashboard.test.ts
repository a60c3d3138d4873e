import { createServer as createTcp } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { recordedLog } from '#support/log.ts'
import { startProxy } from '#support/proxy.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { afterThis, endAfterEach, endThis } from './broken-server.ts'
import { backendThatSays, listening } from './false-backend.ts'
import { diagnose, readerOf, wholePackages } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('dashboard')
const { look } = table
endAfterEach()

let reader: DatabaseOptions
beforeAll(async () => {
  reader = await readerOf(await freshClinic())
})
dropClinicsAfterAll()

describe('slow, empty, or not there', () => {
  test('a slow link', async () => {
    const proxy = await startProxy(reader)
    afterThis(proxy.close)
    proxy.delay(60)
    const { verdict } = await look('red lenta', { symptom: 'slow', to: { ...reader, port: proxy.port } })
    expect(verdict.cause).toBe('slowLink')
    expect(verdict.facts.ms).toBeGreaterThan(100)
  })

  test('indexes that are missing', async () => {
    const { verdict } = await look('faltan índices', { symptom: 'slow', to: reader, missingIndexes: async () => 3 })
    expect(verdict).toMatchObject({ cause: 'indexesMissing', facts: { count: 3 }, page: 'monitoring' })
  })

  test('nobody who may log in', async () => {
    const shut = await freshClinic()
    await shut.client.query('UPDATE usuarios SET activo = false')
    const { verdict } = await look('todos los usuarios inactivos', { symptom: 'cannotLogIn', to: shut.options })
    expect(verdict.cause).toBe('noActiveUsers')
    await shut.client.query(verdict.commands[0]?.text ?? '')
    const after = await diagnose({ symptom: 'cannotLogIn', to: shut.options, before: 'noActiveUsers' })
    expect(after.verdict).toMatchObject({ kind: 'clear', solved: 'noActiveUsers' })
  })

  test('zeros that are true, zeros of a rule that hides rows, and zeros of the backend', async () => {
    const empty = await freshClinic({ empty: true })
    await createSmallClinic(empty.client)
    const truth = await look('base vacía', { symptom: 'zeros', to: empty.options })
    expect(truth.verdict).toMatchObject({ cause: 'emptyClinic', facts: { database: empty.name } })

    const hidden = await freshClinic()
    const role = await hidden.role('SELECT ON ALL TABLES IN SCHEMA public')
    await hidden.client.query('ALTER TABLE pacientes ENABLE ROW LEVEL SECURITY')
    const ruled = await look('seguridad por filas', { symptom: 'zeros', to: role })
    expect(ruled.verdict).toMatchObject({ cause: 'rowSecurity', facts: { table: 'pacientes' } })

    const url = await backendThatSays(200)
    const theirs = await look('los ceros son del backend', { symptom: 'zeros', to: reader, url })
    expect(theirs.verdict.kind).toBe('clear')
    expect(theirs.found('figures').note).toBe('dataThere')
  })

  test('a backend that is down, in error, or silent', async () => {
    const port = await listening(createTcp())
    await endThis()
    const down = await look('backend apagado', { symptom: 'backendDown', to: reader, url: `http://127.0.0.1:${port}` })
    expect(down.verdict).toMatchObject({ cause: 'backendDown' })
    expect(down.verdict.commands.find(({ system }) => system === 'windows')?.text).toContain('uvicorn main:app')
    const errors = await look('backend con error 500', {
      symptom: 'backendDown',
      to: reader,
      url: await backendThatSays(500),
    })
    expect(errors.verdict).toMatchObject({ cause: 'backendErrors', facts: { status: 500 } })
    // A redirect is not followed: it is an answer like any other that is not good.
    const moved = await diagnose({ symptom: 'backendDown', to: reader, url: await backendThatSays(302) })
    expect(moved.verdict).toMatchObject({ cause: 'backendErrors', facts: { status: 302 } })
    const silent = await listening(createTcp(() => undefined))
    const mute = await look('backend que no contesta', {
      symptom: 'backendDown',
      to: reader,
      url: `http://127.0.0.1:${silent}`,
    })
    expect(mute.verdict.cause).toBe('backendSilent')
  })

  test('nothing at all: everything is looked at and found well', async () => {
    const database: Database = await openDatabase({ ...reader, log: recordedLog() })
    afterThis(() => database.close(0))
    const { verdict, probes } = await look('nada está mal', {
      ...{ symptom: 'everything', to: reader, url: await backendThatSays(200), database: () => database },
      backendPackages: async () => new Map(wholePackages),
    })
    expect(verdict).toMatchObject({ kind: 'clear', cause: null })
    expect(probes.filter(({ status }) => status !== 'passed').map(({ id }) => id)).toEqual(['service'])
  })

  test('are told in docs/diagnostico.md as they were found', () => {
    table.expectDocumented()
  })
})
