import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#support/app.ts'
import { createAuthority, hasOpenSsl, noOpenSsl } from '#support/certificates.ts'
import { administrator } from '#support/people.ts'
import { ownClinic } from '#support/window-clinic.ts'
import { errorTitle, say } from '#support/words.ts'
import { dashboard, login, notice, willOpen } from './pages.ts'

const form = (key: string) => say('connection', `form.${key}`)

const fields = ['name', 'host', 'port', 'database', 'user', 'password'] as const
type Values = Record<(typeof fields)[number], string>

const field = (page: Page, name: (typeof fields)[number]) => page.getByLabel(form(name), { exact: true })

async function fill(page: Page, values: Partial<Values>): Promise<void> {
  for (const name of fields) {
    const value = values[name]
    if (value !== undefined) await field(page, name).fill(value)
  }
}

async function typed(page: Page): Promise<Values> {
  const values: Partial<Values> = {}
  for (const name of fields) values[name] = await field(page, name).inputValue()
  return values as Values
}

async function chooseTls(page: Page, mode: string): Promise<void> {
  await page.getByRole('combobox', { name: form('tls') }).click()
  await page.getByRole('option', { name: say('connection', `form.tlsModes.${mode}`), exact: true }).click()
}

/** A server that accepts and says nothing: the network swallowed it. */
async function silentServer(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => socket.on('error', () => undefined))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const { port, close } = await silentServer()
  close()
  return port
}

test('each thing that can be wrong has its own message within five seconds, nothing typed is lost, then it works', async ({
  plain: { page },
  clinic,
}) => {
  test.setTimeout(120_000)
  await page.getByRole('button', { name: say('connection', 'welcome.own') }).click()
  const good: Values = {
    name: 'Clínica de prueba',
    host: '127.0.0.1',
    port: String(clinic.port),
    database: clinic.database,
    user: clinic.user,
    password: clinic.password,
  }
  const stranger = `stranger_${clinic.database}`
  await clinic.query(`CREATE ROLE ${stranger} LOGIN PASSWORD 'extraña'`)
  const silent = await silentServer()
  const wrong: readonly (readonly [values: Partial<Values>, code: string])[] = [
    [{ host: 'no-existe.invalid' }, 'HOST_NOT_FOUND'],
    [{ port: String(await closedPort()) }, 'CONNECTION_REFUSED'],
    [{ port: String(silent.port) }, 'CONNECTION_TIMEOUT'],
    [{ database: 'no_existe' }, 'DATABASE_NOT_FOUND'],
    [{ user: 'nadie' }, 'AUTHENTICATION_FAILED'],
    [{ password: 'no-es-esta' }, 'AUTHENTICATION_FAILED'],
    [{ database: 'postgres' }, 'NOT_A_CLINIC'],
    [{ user: stranger, password: 'extraña' }, 'PRIVILEGE_MISSING'],
  ]
  for (const [values, code] of wrong) {
    const attempt = { ...good, ...values }
    await fill(page, attempt)
    await chooseTls(page, 'disable')
    const started = Date.now()
    await page.getByRole('button', { name: form('test') }).click()
    await expect(notice(page, code), JSON.stringify(values)).toContainText(errorTitle(code).split('{{')[0] ?? '', {
      timeout: 7_000,
    })
    expect(Date.now() - started, code).toBeLessThan(6_500)
    expect(await typed(page), code).toEqual(attempt)
  }
  silent.close()

  await fill(page, good)
  await chooseTls(page, 'verify-full')
  await page.getByRole('button', { name: form('test') }).click()
  await expect(notice(page, 'TLS_NOT_OFFERED')).toBeVisible()
  expect(await typed(page)).toEqual(good)

  await chooseTls(page, 'disable')
  await page.getByRole('button', { name: form('test') }).click()
  await expect(page.getByRole('status').filter({ hasText: say('connection', 'report.server') })).toBeVisible()
  await page.getByRole('button', { name: form('save') }).click()
  await expect(page.getByRole('heading', { name: say('session', 'login.title') })).toBeVisible()
  await expect(page.getByText(say('session', 'login.demoTitle'))).toHaveCount(0)
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await clinic.query(`DROP ROLE ${stranger}`)
})

test("a backend's .env fills the form, and its password is used without being shown", async ({
  plain: { app, page },
  clinic,
  folder,
}) => {
  const file = join(folder, 'backend.env')
  const { host, port, database, user, password } = clinic
  writeFileSync(
    file,
    `DB_HOST=${host}\nDB_PORT=${port}\nDB_NAME=${database}\nDB_USER=${user}\nDB_PASSWORD=${password}\n`,
  )
  await willOpen(app, file)
  await page.getByRole('button', { name: say('connection', 'welcome.own') }).click()
  await page.getByRole('button', { name: form('import') }).click()
  await expect(field(page, 'database')).toHaveValue(database)
  expect(await typed(page)).toMatchObject({ host, port: String(port), database, user, password: '' })
  expect(await page.content()).not.toContain(password)
  await fill(page, { name: 'Del backend' })
  await page.getByRole('button', { name: form('save') }).click()
  await expect(page.getByRole('heading', { name: say('session', 'login.title') })).toBeVisible()
})

test('an authority that nobody knows is refused, and trusted once its file is chosen', async ({
  plain: { app, page },
  folder,
}, info) => {
  info.skip(!hasOpenSsl(), noOpenSsl)
  test.setTimeout(120_000)
  const authority = createAuthority()
  const own = await ownClinic(folder, authority.issue('server', ['IP:127.0.0.1', 'DNS:localhost']))
  try {
    const file = join(folder, 'autoridad.pem')
    writeFileSync(file, authority.ca)
    await willOpen(app, file)
    await page.getByRole('button', { name: say('connection', 'welcome.own') }).click()
    await fill(page, { name: 'Con TLS', ...own.target, port: String(own.target.port) })
    await chooseTls(page, 'verify-full')
    await page.getByRole('button', { name: form('test') }).click()
    await expect(notice(page, 'TLS_CERTIFICATE_UNTRUSTED')).toBeVisible()
    await page.getByRole('button', { name: form('chooseFile') }).click()
    await expect(page.getByLabel(form('caFile'), { exact: true })).toHaveValue(file)
    await page.getByRole('button', { name: form('test') }).click()
    const report = page.getByRole('status').filter({ hasText: say('connection', 'report.server') })
    await expect(report).toContainText('TLSv1.3')
  } finally {
    await own.remove()
    authority.remove()
  }
})
