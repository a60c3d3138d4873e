import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net'
import { join } from 'node:path'
import { connect as secure } from 'node:tls'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '#electron/database/database.ts'
import { type DatabaseOptions, openDatabase } from '#electron/database/open.ts'
import { type Authority, createAuthority, hasOpenSsl, noOpenSsl } from '#support/certificates.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { type DeafPort, deafPort } from '#support/deaf-port.ts'
import { recordedLog } from '#support/log.ts'
import { startProxy } from '#support/proxy.ts'
import { type OwnServer, ownServer } from '#support/servers.ts'
import { createSmallClinic } from '#support/small-clinic.ts'
import { say } from '#support/words.ts'
import { type Case, type Diagnosed, diagnose } from './setting.ts'

/** What was produced, what was said of it: the table of the closing note. */
const table: string[] = []
afterAll(() => {
  process.stdout.write(
    `\n| síntoma | causa producida | veredicto | siguiente paso |\n| --- | --- | --- | --- |\n${table.join('\n')}\n`,
  )
})

/** Diagnoses, and notes the line of the table. */
async function look(produced: string, one: Case): Promise<Diagnosed> {
  const outcome = await diagnose(one)
  const { kind, cause, commands, page } = outcome.verdict
  const next = commands.find(({ system }) => system === null || system === 'linux')?.text ?? page ?? '—'
  const title = say('diagnosis', `symptom.${one.symptom}.title`)
  table.push(`| ${title} | ${produced} | ${cause ?? kind} | \`${next.replaceAll('|', '\\|')}\` |`)
  return outcome
}

const close: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close.push(async () => server.close())
  return (server.address() as AddressInfo).port
}
/** A server that lives only to be broken, with the least that is a clinic; every test leaves it whole. */
let server: OwnServer
let whole: DatabaseOptions
beforeAll(async () => {
  server = await ownServer({ settings: { max_connections: 8, superuser_reserved_connections: 2 } })
  whole = {
    ...{
      host: server.host,
      port: server.port,
      user: server.user,
      password: server.password,
      database: 'postgres',
      schema: null,
    },
    tls: { mode: 'disable', ca: null },
    pool: { warm: 0, max: 2 },
    log: recordedLog(),
  }
  await asOwner(async (client) => {
    await createSmallClinic(client)
    await client.query(
      `CREATE ROLE reader LOGIN PASSWORD 'secreta-lector'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader`,
    )
  })
})
afterAll(() => server?.remove())

async function asOwner(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client(connectionOf(whole))
  await client.connect()
  await work(client).finally(() => client.end())
}

/** Gives the server another pg_hba.conf until the test ends; its own connection stays to give the old one back. */
async function access(lines: string): Promise<void> {
  const file = join(server.data, 'pg_hba.conf')
  const before = readFileSync(file)
  const client = new pg.Client(connectionOf(whole))
  await client.connect()
  const set = async (content: string | Buffer) => {
    writeFileSync(file, content)
    await client.query('SELECT pg_reload_conf()')
  }
  await set(lines)
  close.push(async () => {
    await set(before)
    await client.end()
  })
}

let clinic: FreshClinic
let reader: DatabaseOptions
beforeAll(async () => {
  clinic = await freshClinic()
  reader = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public', 'pg_monitor')
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
    await server.stop()
    close.push(async () => server.pid || server.start())
    const broken = await look('servidor detenido', { symptom: 'refused', to: whole })
    expect(broken.verdict).toMatchObject({ kind: 'found', cause: 'portRefused', solved: null })
    expect(broken.verdict.commands.find(({ system }) => system === 'linux')?.text).toBe(
      'sudo systemctl status postgresql',
    )
    await server.start()
    const mended = await look('servidor iniciado otra vez', { symptom: 'refused', to: whole, before: 'portRefused' })
    expect(mended.verdict).toMatchObject({ kind: 'clear', solved: 'portRefused' })
  })

  test('a firewall that drops the calls is told from a refusal', async () => {
    const deaf: DeafPort = await deafPort()
    close.push(deaf.close)
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
    close.push(proxy.close)
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
})

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
    await access('host elsewhere all 127.0.0.1/32 scram-sha-256\n')
    await expect
      .poll(async () => (await diagnose({ symptom: 'password', to: whole })).verdict.cause, { timeout: 5_000 })
      .toBe('accessNotConfigured')
    const { verdict } = await look('sin línea en pg_hba.conf', { symptom: 'cannotLogIn', to: whole })
    expect(verdict).toMatchObject({ cause: 'accessNotConfigured', facts: { user: whole.user, database: 'postgres' } })
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
})

describe('connections', () => {
  test('a server that has no slot left', async () => {
    const role = { ...whole, user: 'reader', password: 'secreta-lector' }
    const held: pg.Client[] = []
    close.push(async () => Promise.all(held.map((one) => one.end().catch(() => undefined))))
    for (let more = true; more; ) {
      const one = new pg.Client(connectionOf(role))
      one.on('error', () => undefined)
      more = await one.connect().then(
        () => true,
        () => false,
      )
      if (more) held.push(one)
    }
    const full = await look('sin conexiones libres', { symptom: 'poolExhausted', to: role })
    expect(full.verdict).toMatchObject({ cause: 'slotsFull', page: 'monitoring' })
    // One is given back: it works, but it is tight, and that is said with its numbers.
    await held.pop()?.end()
    await expect
      .poll(async () => (await diagnose({ symptom: 'poolExhausted', to: role, before: 'slotsFull' })).verdict, {
        timeout: 5_000,
      })
      .toMatchObject({ cause: 'slotsTight', solved: 'slotsFull', facts: { max: 8, usable: 6, free: 1 } })
    await look('quedan pocas conexiones', { symptom: 'poolExhausted', to: role })
  })

  test('a connection that never comes back, and one that is only hidden', async () => {
    const role = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const leaking = new pg.Client({ ...connectionOf(role), application_name: 'backend' })
    await leaking.connect()
    close.push(() => leaking.end())
    await leaking.query('BEGIN')
    await leaking.query(`SELECT 'Juana7712'`)
    await expect
      .poll(async () => (await diagnose({ symptom: 'poolExhausted', to: reader })).verdict.cause, { timeout: 5_000 })
      .toBe('leakedSessions')
    const seen = await look('conexión nunca devuelta', { symptom: 'poolExhausted', to: reader })
    expect(seen.verdict).toMatchObject({ facts: { count: 1 }, page: 'monitoring' })
    expect(seen.told).not.toContain('Juana7712')

    const blind = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    const unseen = await look('rol sin pg_monitor', { symptom: 'poolExhausted', to: blind })
    expect(unseen.verdict).toMatchObject({ kind: 'unproven', cause: null, facts: { note: 'sessionsHidden' } })
    expect(unseen.verdict.commands).toEqual([
      { system: null, place: 'server', text: `GRANT pg_monitor TO "${blind.user}";` },
    ])
    await leaking.query('ROLLBACK')
    const clean = await look('conexión devuelta', { symptom: 'poolExhausted', to: reader, before: 'leakedSessions' })
    expect(clean.verdict.solved).toBe('leakedSessions')
  })

  test('somebody who holds up the others', async () => {
    const holder = new pg.Client(connectionOf(clinic.options))
    const waiter = new pg.Client(connectionOf(clinic.options))
    await holder.connect()
    await waiter.connect()
    close.push(
      () => holder.end(),
      () => waiter.end(),
    )
    await holder.query('BEGIN; LOCK TABLE citas IN SHARE MODE')
    const waiting = waiter.query('UPDATE citas SET id = id WHERE false').catch(() => undefined)
    await expect
      .poll(async () => (await diagnose({ symptom: 'stuck', to: reader })).verdict.cause, { timeout: 5_000 })
      .toBe('blockedSessions')
    const { verdict } = await look('sesión que bloquea a otra', { symptom: 'stuck', to: reader })
    const { rows } = await holder.query('SELECT pg_backend_pid() AS pid')
    expect(verdict.facts).toMatchObject({ count: 1, pid: rows[0].pid })
    await holder.query('ROLLBACK')
    await waiting
  })

  test("the app's own pool, when it is exhausted", async () => {
    const database = await openDatabase({
      ...reader,
      pool: { warm: 0, max: 2 },
      log: recordedLog(),
      timing: { wait: 200 },
    })
    close.push(() => database.close(0))
    let release: () => void = () => undefined
    const held = new Promise<void>((wake) => {
      release = wake
    })
    const busy = [1, 2].map(() => database.read(async () => held, { idleTimeout: 0 }))
    await expect(database.read(async () => undefined)).rejects.toMatchObject({ code: 'POOL_TIMEOUT' })
    const { verdict } = await look('pool propio agotado', {
      symptom: 'poolExhausted',
      to: reader,
      database: () => database,
    })
    expect(verdict).toMatchObject({ cause: 'ourPoolExhausted', facts: { max: 2 } })
    release()
    await Promise.all(busy)
  })
})

describe('slow, empty, or not there', () => {
  test('a slow link', async () => {
    const proxy = await startProxy(reader)
    close.push(proxy.close)
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
    for (const end of close.splice(0)) await end()
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

  test('a library that the backend lacks, has too old, or that nobody can see', async () => {
    const packages = (...found: [string, string][]) => ({ backendPackages: async () => new Map(found) })
    const missing = await look('psycopg_pool no instalado', {
      symptom: 'library',
      to: reader,
      ...packages(['psycopg', '3.2.1']),
    })
    expect(missing.verdict.cause).toBe('packageMissing')
    for (const { text } of missing.verdict.commands) expect(text).toContain('"psycopg-pool>=3.1.0"')
    const old = await look('psycopg_pool antiguo', {
      symptom: 'library',
      to: reader,
      ...packages(['psycopg-pool', '3.0.2']),
    })
    expect(old.verdict).toMatchObject({ cause: 'packageOld', facts: { name: 'psycopg_pool', version: '3.0.2' } })
    const unseen = await look('carpeta del backend desconocida', { symptom: 'library', to: reader })
    expect(unseen.verdict).toMatchObject({ kind: 'unproven', facts: { note: 'packagesUnknown' } })
    const good = await diagnose({
      ...{ symptom: 'library', to: reader, url: await backendThatSays(200), before: 'packageMissing' },
      ...packages(['psycopg-pool', '3.2.4']),
    })
    expect(good.verdict).toMatchObject({ kind: 'clear', solved: 'packageMissing' })
  })

  test('nothing at all: everything is looked at and found well', async () => {
    const database: Database = await openDatabase({ ...reader, log: recordedLog() })
    close.push(() => database.close(0))
    const { verdict, probes } = await look('nada está mal', {
      ...{ symptom: 'everything', to: reader, url: await backendThatSays(200), database: () => database },
      backendPackages: async () => new Map([['psycopg-pool', '3.2.4']]),
    })
    expect(verdict).toMatchObject({ kind: 'clear', cause: null })
    expect(probes.filter(({ status }) => status !== 'passed').map(({ id }) => id)).toEqual(['service'])
  })
})

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
      writeFileSync(join(server.data, file), readFileSync(from), { mode: 0o600 })
      const { uid, gid } = statSync(server.data)
      if (process.getuid?.() === 0) chownSync(join(server.data, file), uid, gid)
    }
    await asOwner(async (client) => {
      await client.query(`ALTER SYSTEM SET ssl_cert_file = 'ssl_cert_file.pem'`)
      await client.query(`ALTER SYSTEM SET ssl_key_file = 'ssl_key_file.pem'`)
      await client.query('ALTER SYSTEM SET ssl = on')
      await client.query('SELECT pg_reload_conf()')
    })
    const loaded = new X509Certificate(readFileSync(certificate)).fingerprint256
    await expect.poll(() => presented(server), { timeout: 5_000, interval: 20 }).toBe(loaded)
  }
  const verified = (options: DatabaseOptions, ca: string | null): DatabaseOptions => ({
    ...options,
    tls: { mode: 'verify-full', ca },
  })

  test('good, and until when', async () => {
    await present(['IP:127.0.0.1'], 200)
    const { verdict, found } = await look('certificado en orden', {
      symptom: 'certificate',
      to: verified(whole, authority.ca),
    })
    expect(verdict.kind).toBe('clear')
    expect(found('tls')).toMatchObject({ status: 'passed', note: 'tlsProven', facts: { issuer: 'Test authority' } })
  })

  test('about to expire: a warning with the days that are left', async () => {
    await present(['IP:127.0.0.1'], 5)
    const { verdict } = await look('certificado por vencer', {
      symptom: 'certificate',
      to: verified(whole, authority.ca),
    })
    expect(verdict).toMatchObject({ kind: 'found', cause: 'certificateExpiring', facts: { days: 4 } })
  })

  test('expired', async () => {
    await present(['IP:127.0.0.1'], -2)
    const { verdict } = await look('certificado vencido', { symptom: 'certificate', to: verified(whole, authority.ca) })
    expect(verdict.cause).toBe('certificateExpired')
    expect(verdict.facts.until).toBe(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10))
  })

  test('of another name, which is told', async () => {
    await present(['DNS:clinica.example.mx'])
    const { verdict } = await look('certificado de otro nombre', {
      symptom: 'certificate',
      to: verified(whole, authority.ca),
    })
    expect(verdict).toMatchObject({
      cause: 'certificateWrongHost',
      facts: { names: 'clinica.example.mx' },
      page: 'connection',
    })
  })

  test('signed by nobody this workstation knows', async () => {
    await present(['IP:127.0.0.1'])
    const { verdict } = await look('autoridad desconocida', { symptom: 'certificate', to: verified(whole, null) })
    expect(verdict).toMatchObject({ cause: 'certificateUntrusted', facts: { issuer: 'Test authority' } })
  })

  test('an authority file that is no certificate', async () => {
    await present(['IP:127.0.0.1'])
    const { verdict } = await look('archivo de autoridad ilegible', {
      symptom: 'certificate',
      to: verified(whole, 'nothing'),
    })
    expect(verdict).toMatchObject({ cause: 'caFileUnreadable', page: 'connection' })
  })

  test('a server without TLS where the profile asks for it', async () => {
    const to = verified(reader, authority.ca)
    expect((await look('servidor sin cifrado', { symptom: 'certificate', to })).verdict.cause).toBe('tlsNotOffered')
  })

  test('encryption without proof is not called proven', async () => {
    await present(['IP:127.0.0.1'])
    const to: DatabaseOptions = { ...whole, tls: { mode: 'require', ca: null } }
    const { verdict, found } = await look('cifrado sin verificar', { symptom: 'certificate', to })
    expect(found('tls').status).toBe('notVerifiable')
    expect(verdict).toMatchObject({ kind: 'unproven', facts: { note: 'tlsUnverified' } })
  })

  test('lines of pg_hba.conf that demand it of a profile without it', async () => {
    await present(['IP:127.0.0.1'])
    await access('hostssl all all 127.0.0.1/32 scram-sha-256\n')
    await expect
      .poll(async () => (await diagnose({ symptom: 'certificate', to: whole })).verdict.cause, { timeout: 5_000 })
      .toBe('tlsRequired')
    const { verdict } = await look('pg_hba.conf exige cifrado', { symptom: 'certificate', to: whole })
    expect(verdict).toMatchObject({ cause: 'tlsRequired', page: 'connection' })
  })
})

function connectionOf({ host, port, database, user, password }: DatabaseOptions): pg.ClientConfig {
  return { host, port, database, user, password: password ?? '' }
}

async function backendThatSays(status: number): Promise<string> {
  const server = createServer((_request, response) =>
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}'),
  )
  return `http://127.0.0.1:${await listening(server)}`
}

/** The fingerprint of the certificate that a server presents; null without one. */
async function presented(place: { host: string; port: number }): Promise<string | null> {
  const { dial, askForTls } = await import('#electron/diagnosis/probe-network.ts')
  const { socket } = await dial(place)
  if (!socket || (await askForTls(socket)) !== 'yes') return null
  const link = secure({ socket, rejectUnauthorized: false })
  await once(link, 'secureConnect')
  const { fingerprint256 } = link.getPeerCertificate()
  link.destroy()
  return fingerprint256
}
