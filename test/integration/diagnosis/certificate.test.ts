import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect as secure } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { askForTls, dial } from '#electron/diagnosis/probe-network.ts'
import { type Authority, createAuthority, hasOpenSsl, noOpenSsl } from '#support/certificates.ts'
import { dropClinicsAfterAll, freshClinic } from '#support/clinic.ts'
import { brokenServer, endAfterEach } from './broken-server.ts'
import { diagnose, readerOf } from './setting.ts'
import { symptomTable } from './table.ts'

const table = symptomTable('certificate')
const { look } = table
const broken = brokenServer()
endAfterEach()

let reader: DatabaseOptions
beforeAll(async () => {
  reader = await readerOf(await freshClinic())
})
dropClinicsAfterAll()

describe.skipIf(!hasOpenSsl())(`the certificate${hasOpenSsl() ? '' : ` (skipped: ${noOpenSsl})`}`, () => {
  let authority: Authority
  beforeAll(() => {
    authority = createAuthority()
  })
  afterAll(() => authority?.remove())
  let issued = 0
  /** Has the server present a certificate for these names, from its next connection on. */
  const present = async (names: readonly string[], days?: number) => {
    const { certificate, key } = authority.issue(`server-${++issued}`, names, days)
    for (const [file, from] of [
      ['ssl_cert_file.pem', certificate],
      ['ssl_key_file.pem', key],
    ] as const) {
      writeFileSync(join(broken.server().data, file), readFileSync(from), { mode: 0o600 })
      const { uid, gid } = statSync(broken.server().data)
      if (process.getuid?.() === 0) chownSync(join(broken.server().data, file), uid, gid)
    }
    await broken.asOwner(async (client) => {
      await client.query(`ALTER SYSTEM SET ssl_cert_file = 'ssl_cert_file.pem'`)
      await client.query(`ALTER SYSTEM SET ssl_key_file = 'ssl_key_file.pem'`)
      await client.query('ALTER SYSTEM SET ssl = on')
      await client.query('SELECT pg_reload_conf()')
    })
    const loaded = new X509Certificate(readFileSync(certificate)).fingerprint256
    await expect.poll(() => presented(broken.server()), { timeout: 5_000, interval: 20 }).toBe(loaded)
  }
  const verified = (options: DatabaseOptions, ca: string | null): DatabaseOptions => ({
    ...options,
    tls: { mode: 'verify-full', ca },
  })

  test('good, and until when', async () => {
    await present(['IP:127.0.0.1'], 200)
    const { verdict, found } = await look('certificado en orden', {
      symptom: 'certificate',
      to: verified(broken.whole(), authority.ca),
    })
    expect(verdict.kind).toBe('clear')
    expect(found('tls')).toMatchObject({ status: 'passed', note: 'tlsProven', facts: { issuer: 'Test authority' } })
  })

  test('about to expire: a warning with the days that are left', async () => {
    await present(['IP:127.0.0.1'], 5)
    const { verdict } = await look('certificado por vencer', {
      symptom: 'certificate',
      to: verified(broken.whole(), authority.ca),
    })
    expect(verdict).toMatchObject({ kind: 'found', cause: 'certificateExpiring', facts: { days: 4 } })
  })

  test('expired', async () => {
    await present(['IP:127.0.0.1'], -2)
    const { verdict } = await look('certificado vencido', {
      symptom: 'certificate',
      to: verified(broken.whole(), authority.ca),
    })
    expect(verdict.cause).toBe('certificateExpired')
    expect(verdict.facts.until).toBe(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10))
  })

  test('of another name, which is told', async () => {
    await present(['DNS:clinica.example.mx'])
    const { verdict } = await look('certificado de otro nombre', {
      symptom: 'certificate',
      to: verified(broken.whole(), authority.ca),
    })
    expect(verdict).toMatchObject({
      cause: 'certificateWrongHost',
      facts: { names: 'clinica.example.mx' },
      page: 'connection',
    })
  })

  test('signed by nobody this workstation knows', async () => {
    await present(['IP:127.0.0.1'])
    const { verdict } = await look('autoridad desconocida', {
      symptom: 'certificate',
      to: verified(broken.whole(), null),
    })
    expect(verdict).toMatchObject({ cause: 'certificateUntrusted', facts: { issuer: 'Test authority' } })
  })

  test('an authority file that is no certificate', async () => {
    await present(['IP:127.0.0.1'])
    const { verdict } = await look('archivo de autoridad ilegible', {
      symptom: 'certificate',
      to: verified(broken.whole(), 'nothing'),
    })
    expect(verdict).toMatchObject({ cause: 'caFileUnreadable', page: 'connection' })
  })

  test('a server without TLS where the profile asks for it', async () => {
    const to = verified(reader, authority.ca)
    expect((await look('servidor sin cifrado', { symptom: 'certificate', to })).verdict.cause).toBe('tlsNotOffered')
  })

  test('encryption without proof is not called proven', async () => {
    await present(['IP:127.0.0.1'])
    const to: DatabaseOptions = { ...broken.whole(), tls: { mode: 'require', ca: null } }
    const { verdict, found } = await look('cifrado sin verificar', { symptom: 'certificate', to })
    expect(found('tls').status).toBe('notVerifiable')
    expect(verdict).toMatchObject({ kind: 'unproven', facts: { note: 'tlsUnverified' } })
  })

  test('lines of pg_hba.conf that demand it of a profile without it', async () => {
    await present(['IP:127.0.0.1'])
    await broken.access('hostssl all all 127.0.0.1/32 scram-sha-256\n')
    await expect
      .poll(async () => (await diagnose({ symptom: 'certificate', to: broken.whole() })).verdict.cause, {
        timeout: 5_000,
      })
      .toBe('tlsRequired')
    const { verdict } = await look('pg_hba.conf exige cifrado', { symptom: 'certificate', to: broken.whole() })
    expect(verdict).toMatchObject({ cause: 'tlsRequired', page: 'connection' })
  })

  test('are told in docs/diagnostico.md as they were found', () => {
    table.expectDocumented()
  })
})

/** The fingerprint of the certificate that a server presents; null without one. */
async function presented(place: { host: string; port: number }): Promise<string | null> {
  const { socket } = await dial(place)
  if (!socket || (await askForTls(socket)) !== 'yes') return null
  const link = secure({ socket, rejectUnauthorized: false })
  await once(link, 'secureConnect')
  const { fingerprint256 } = link.getPeerCertificate()
  link.destroy()
  return fingerprint256
}
