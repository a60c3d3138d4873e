import { afterEach, describe, expect, it } from 'vitest'
import { scanLog } from '#electron/monitoring/log/scan.ts'
import { type BackendOptions, startBackend, type TestBackend } from '#support/backend.ts'
import { backendToken, loadDashboard } from '#support/backend-client.ts'
import { noBackend } from '#support/backend-folder.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { counts } from '#support/log-reading.ts'

const loads = 12
let clinic: FreshClinic | null = null
const backends: TestBackend[] = []

afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close()
})
dropClinicsAfterAll()

/** Starts the backend, loads its dashboard, and gives what its log says. */
async function scanned(options: Omit<BackendOptions, 'target'>, last: RegExp, times = loads) {
  clinic ??= await freshClinic()
  const backend = await startBackend({ target: clinic.options, ...options })
  backends.push(backend)
  const token = await backendToken(backend)
  for (let load = 0; load < times; load += 1) await loadDashboard(backend, token).catch(() => null)
  await backend.logged(last)
  return scanLog({ kind: 'files', paths: [backend.logFile] }, { workerFile: null })
}

describe.skipIf(noBackend !== null)(`the log of a backend${noBackend === null ? '' : ` (${noBackend})`}`, () => {
  it('that gives its connections back clean is clean, and says that its pool is ready', async () => {
    const scan = await scanned({ mode: 'correct' }, /stats\/dashboard[^\n]* 200/)
    expect(counts(scan)).toEqual({})
    expect(scan).toMatchObject({ starts: 1, bad: 0, requests: { after: { failed: 0 } } })
    expect(scan.good).toBeGreaterThan(0)
    expect(scan.requests.after.total).toBeGreaterThanOrEqual(loads)
  })

  it('that returns them inside a transaction names the leak, once for each', async () => {
    const scan = await scanned({ mode: 'in-transaction' }, /rolling back returned connection/)
    const { leak = 0 } = counts(scan)
    expect(leak).toBeGreaterThanOrEqual(loads)
    expect(scan.groups.find(({ cause }) => cause === 'leak')).toMatchObject({
      detail: 'psycopg.pool',
      level: 'warning',
    })
    expect(scan.bad).toBeGreaterThanOrEqual(loads)
  })

  it('that never returns them says nothing until the pool times out, and then that', async () => {
    const scan = await scanned({ mode: 'never-returned', poolTimeout: 1 }, /PoolTimeout/, 24)
    expect(counts(scan)).toMatchObject({ poolTimeout: expect.any(Number) })
    expect(counts(scan).leak).toBeUndefined()
  })
})
