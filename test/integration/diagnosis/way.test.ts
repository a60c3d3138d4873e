import { createServer as createTcp } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { type DeafPort, deafPort } from '#support/deaf-port.ts'
import { startProxy } from '#support/proxy.ts'
import { afterThis, brokenServer, endAfterEach } from './broken-server.ts'
import { listening } from './false-backend.ts'
import { readerOf } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('way')
const { look } = table
const broken = brokenServer()
endAfterEach()

let reader: DatabaseOptions
beforeAll(async () => {
  reader = await readerOf(await freshClinic())
})
dropClinicsAfterAll()

describe('the way to the server', () => {
  test('no connection was set up', async () => {
    const { verdict, probes } = await look('sin conexión configurada', { symptom: 'cannotLogIn', to: null })
    expect(verdict).toMatchObject({ kind: 'found', cause: 'noProfile', page: 'connection' })
    expect(probes.slice(1).every(({ status }) => status === 'skipped')).toBe(true)
  })

  test('a name that leads nowhere', async () => {
    const to = { ...reader, host: 'no-such-host.invalid' }
    const { verdict, found } = await look('nombre inexistente', { symptom: 'refused', to })
    expect(verdict).toMatchObject({ cause: 'hostNotFound', facts: { host: 'no-such-host.invalid' } })
    expect(verdict.commands.find(({ system }) => system === 'linux')?.text).toBe('getent hosts no-such-host.invalid')
    expect(found('port').status).toBe('skipped')
  })

  test('a server that was stopped, and the same check once it runs again', async () => {
    await broken.server().stop()
    afterThis(async () => broken.server().pid || broken.server().start())
    const stopped = await look('servidor detenido', { symptom: 'refused', to: broken.whole() })
    expect(stopped.verdict).toMatchObject({ kind: 'found', cause: 'portRefused', solved: null })
    expect(stopped.verdict.commands.find(({ system }) => system === 'linux')?.text).toBe(
      'sudo systemctl status postgresql',
    )
    await broken.server().start()
    const mended = await look('servidor iniciado otra vez', {
      symptom: 'refused',
      to: broken.whole(),
      before: 'portRefused',
    })
    expect(mended.verdict).toMatchObject({ kind: 'clear', solved: 'portRefused' })
  })

  test('a firewall that drops the calls is told from a refusal', async () => {
    const deaf: DeafPort = await deafPort()
    afterThis(deaf.close)
    const { verdict, found } = await look('cortafuegos que descarta', {
      symptom: 'refused',
      to: { ...reader, port: deaf.port },
    })
    expect(verdict).toMatchObject({ cause: 'portTimeout', facts: { port: deaf.port } })
    expect(found('port').milliseconds).toBeLessThan(4_000)
    expect(verdict.commands.find(({ system }) => system === 'windows')?.text).toContain(`-LocalPort ${deaf.port}`)
  })

  test('a server that takes the call and never says a word', async () => {
    const proxy = await startProxy(reader)
    afterThis(proxy.close)
    proxy.set('swallow')
    const to = { ...reader, port: proxy.port }
    const { verdict } = await look('red que se traga los datos', { symptom: 'noAnswer', to })
    expect(verdict.cause).toBe('silentServer')
  })

  test('another program on that port', async () => {
    const port = await listening(
      createTcp((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n'))),
    )
    const { verdict } = await look('otro programa en el puerto', { symptom: 'refused', to: { ...reader, port } })
    expect(verdict).toMatchObject({ cause: 'notPostgres', page: 'connection' })
  })

  test('are told in docs/diagnostico.md as they were found', () => {
    table.expectDocumented()
  })
})
