import { afterEach, describe, expect, it } from 'vitest'
import type { DatabaseOptions } from '#electron/database/open.ts'
import { staff } from '#scripts/clinic/staff.js'
import { type BackendOptions, startBackend, type TestBackend } from '#support/backend.ts'
import { noBackend } from '#support/backend-folder.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'

const [doctor] = staff
let clinic: FreshClinic | null = null
const backends: TestBackend[] = []

async function start(options: Omit<BackendOptions, 'target'> = {}): Promise<TestBackend> {
  clinic ??= await freshClinic()
  const backend = await startBackend({ target: clinic.options satisfies DatabaseOptions, ...options })
  backends.push(backend)
  return backend
}

afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close()
})
dropClinicsAfterAll()

async function login(url: string, password = doctor?.password): Promise<Response> {
  return fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: doctor?.user, password }),
  })
}

async function dashboard(url: string, prefix = ''): Promise<Response> {
  const { access_token: token } = (await (await login(url)).json()) as { access_token: string }
  return fetch(`${url}${prefix}/stats/dashboard`, { headers: { authorization: `Bearer ${token}` } })
}

describe.skipIf(noBackend !== null)(`the backend that tests meet${noBackend === null ? '' : ` (${noBackend})`}`, () => {
  it('answers the clinic’s figures with the fields of the reference, under both prefixes', async () => {
    const backend = await start()
    for (const prefix of ['', '/api']) {
      const answer = await dashboard(backend.url, prefix)
      expect(answer.status).toBe(200)
      const figures = (await answer.json()) as Record<string, unknown>
      const [counted] = (await clinic?.client.query('SELECT count(*)::int AS total FROM pacientes'))?.rows ?? []
      expect(figures.total_patients).toBe(counted.total)
      expect(Object.keys(figures).sort()).toEqual(
        [
          'total_patients',
          'active_patients',
          'new_patients_this_month',
          'total_appointments_today',
          'total_appointments_week',
          'total_appointments_month',
          'appointments_by_status',
          'revenue_today',
          'revenue_week',
          'revenue_month',
          'revenue_year',
          'top_treatments',
          'ocupacion_porcentaje',
          'upcoming_appointments',
        ].sort(),
      )
    }
    expect(backend.log()).toMatch(/GET \/stats\/dashboard HTTP\/1\.1" 200 OK/)
    expect(backend.log()).toMatch(/Auth database pool initialized successfully/)
    expect(backend.log()).not.toMatch(/rolling back/)
  })

  it('refuses a wrong password, and the sixth try of a minute with how long to wait', async () => {
    const { url } = await start()
    for (let tries = 0; tries < 5; tries++) expect((await login(url, 'otra')).status).toBe(401)
    const sixth = await login(url)
    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(30)
  })

  it('in transaction: psycopg’s own warning stands in the log', async () => {
    const backend = await start({ mode: 'in-transaction' })
    expect((await dashboard(backend.url)).status).toBe(200)
    await backend.logged(
      /psycopg\.pool - WARNING - rolling back returned connection: <psycopg\.AsyncConnection \[INTRANS\]/,
    )
  })

  it('never returned: sessions stay idle in a transaction and the pool ends in PoolTimeout', async () => {
    const backend = await start({ mode: 'never-returned', poolTimeout: 0.5 })
    const { access_token: token } = (await (await login(backend.url)).json()) as { access_token: string }
    const ask = () => fetch(`${backend.url}/stats/dashboard`, { headers: { authorization: `Bearer ${token}` } })
    const statuses = await Promise.all(Array.from({ length: 22 }, async () => (await ask()).status))
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThanOrEqual(2)
    await backend.logged(/PoolTimeout/)
    const left = await clinic?.client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
    )
    expect(left?.rowCount).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length)
  })

  it('writes the start of each new process after the last, and keeps its port', async () => {
    const backend = await start({ mode: 'errors' })
    expect((await dashboard(backend.url)).status).toBe(500)
    await backend.stop()
    await expect(login(backend.url)).rejects.toThrow()
    await backend.start()
    expect((await login(backend.url)).status).toBe(200)
    expect(backend.log().match(/Started server process/g)).toHaveLength(2)
  })

  it('quiet: answers without a word in its log', async () => {
    const backend = await start({ logging: 'quiet' })
    expect((await dashboard(backend.url)).status).toBe(200)
    expect(backend.log()).toBe('')
  })

  it('under --reload the log says so', async () => {
    const backend = await start({ reload: true })
    expect(backend.log()).toMatch(/Started reloader process/)
    expect((await fetch(`${backend.url}/health`)).status).toBe(200)
  })
})
