import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import type { CheckOutcome } from '#electron/deployment/check.ts'
import type { CheckId, OutcomeStatus } from '#shared/deployment.ts'
import { type BackendOptions, startBackend, type TestBackend } from '#support/backend.ts'
import { type BackendMode, createBackendFolder, noBackend } from '#support/backend-folder.ts'
import { closeAfterAll, credentials, type Looking, lookAt } from './backend-setting.ts'

const ids = [
  'dependencies',
  'environment',
  'poolSource',
  'backendPoolTest',
  'backendUp',
  'backendDatabase',
  'backendMode',
  'dashboardErrors',
  'dashboardSpeed',
  'dashboardFigures',
  'logMessages',
  'logErrors',
] as const satisfies readonly CheckId[]
type Id = (typeof ids)[number]
type Statuses = Readonly<Record<Id, OutcomeStatus>>

const green = Object.fromEntries(ids.map((id) => [id, 'passed'])) as Statuses
const grey = (...names: readonly Id[]) => Object.fromEntries(names.map((id) => [id, 'notVerifiable' as const]))
const red = (...names: readonly Id[]) => Object.fromEntries(names.map((id) => [id, 'failed' as const]))
const behindLogin = ['dashboardErrors', 'dashboardSpeed', 'dashboardFigures'] as const

/** Each mode of the backend fails exactly the checks that should see it. */
const expected: Readonly<Record<BackendMode | 'down', Partial<Statuses>>> = {
  correct: {},
  'in-transaction': red('poolSource', 'logMessages'),
  'never-returned': {
    ...red('poolSource', 'dashboardErrors', 'logMessages', 'logErrors'),
    ...grey('dashboardSpeed', 'dashboardFigures'),
  },
  zeros: red('dashboardFigures'),
  slow: red('dashboardSpeed'),
  errors: { ...red('dashboardErrors', 'logErrors'), ...grey('dashboardSpeed', 'dashboardFigures', 'logMessages') },
  'rate-limited': grey('backendDatabase', ...behindLogin, 'logMessages', 'logErrors'),
  down: {
    ...red('backendUp'),
    ...grey('backendDatabase', 'backendMode', ...behindLogin, 'logMessages', 'logErrors'),
  },
}

const table: string[] = []
const backends: TestBackend[] = []

async function start(looking: Looking, options: Omit<BackendOptions, 'target'>): Promise<TestBackend> {
  const backend = await startBackend({ target: looking.clinic.options, ...options })
  backends.push(backend)
  await looking.read(backend.logFile)
  return backend
}

function settingsOf({ folder, url }: TestBackend) {
  return { folder, venv: null, url }
}

async function runAll(looking: Looking, backend: TestBackend, patience: number): Promise<Record<Id, CheckOutcome>> {
  const outcomes: Partial<Record<Id, CheckOutcome>> = {}
  for (const id of ids) {
    outcomes[id] = await looking.run(id, { backend: settingsOf(backend) })
    // A machine busy with other tests is slow for a while; a slow backend stays slow, however often one measures.
    for (let tries = 0; id === 'dashboardSpeed' && outcomes[id]?.status === 'failed' && tries < patience; tries++) {
      outcomes[id] = await looking.run(id, { backend: settingsOf(backend) })
    }
  }
  return outcomes as Record<Id, CheckOutcome>
}

afterEach(async () => {
  for (const backend of backends.splice(0)) await backend.close()
})
closeAfterAll()
afterAll(() => {
  if (table.length > 0) console.log(['backend mode | failed | not verifiable', ...table].join('\n'))
})

const name = `the checks of the backend, by its mode${noBackend === null ? '' : ` (${noBackend})`}`
describe.skipIf(noBackend !== null)(name, () => {
  it.each(Object.keys(expected) as (keyof typeof expected)[])('%s', async (mode) => {
    const looking = await lookAt({})
    const backend = await start(looking, { mode: mode === 'down' ? 'correct' : mode })
    if (mode === 'down') await backend.stop()
    const outcomes = await runAll(looking, backend, mode === 'slow' ? 0 : 5)
    const statuses = Object.fromEntries(ids.map((id) => [id, outcomes[id].status])) as Statuses
    const list = (status: OutcomeStatus) => ids.filter((id) => statuses[id] === status).join(', ') || '–'
    table.push(`${mode} | ${list('failed')} | ${list('notVerifiable')}`)
    expect(statuses, JSON.stringify(outcomes)).toEqual({ ...green, ...expected[mode] })

    const said = JSON.stringify(outcomes) + looking.logged()
    expect(said).not.toContain(credentials.password)
    expect(said).not.toMatch(/eyJ|Bearer/)
    expect(said).not.toContain(looking.clinic.options.password ?? '?')
  })

  it('asyncpg: its log proves nothing, its sources and its packages are judged as what they are', async () => {
    const looking = await lookAt({})
    const backend = await start(looking, {})
    const folder = createBackendFolder({ target: looking.clinic.options, mode: 'asyncpg' })
    const settings = { ...settingsOf(backend), folder: folder.folder }
    for (const id of ['dashboardErrors', 'logMessages', 'poolSource', 'dependencies'] as const) {
      const { status, hint } = await looking.run(id, { backend: settings })
      const code = hint?.code
      if (id === 'logMessages') expect({ status, code }).toEqual({ status: 'notVerifiable', code: 'logAsyncpg' })
      if (id === 'dependencies') expect({ status, code }).toEqual({ status: 'failed', code: 'asyncpgMissing' })
    }
    folder.remove()
  })

  it('a restart after a correction begins a new count, and shows the share of errors before', async () => {
    const looking = await lookAt({})
    const backend = await start(looking, { mode: 'errors' })
    expect((await looking.run('dashboardErrors', { backend: settingsOf(backend) })).status).toBe('failed')
    await backend.stop()
    const source = join(import.meta.dirname, '../../support/backend/clinic/stats/router.py')
    cpSync(source, join(backend.folder, 'stats', 'router.py'))
    await backend.start()
    expect((await looking.run('dashboardErrors', { backend: settingsOf(backend) })).status).toBe('passed')
    const outcome = await looking.run('logErrors', { backend: settingsOf(backend) })
    expect(outcome.status).toBe('passed')
    const share = (key: string) => outcome.evidence.find((one) => one.key === key)?.value
    expect(share('logErrorShare')).toBe(0)
    expect(share('logErrorShareBefore')).toBeGreaterThan(0.5)
  })

  it('--reload fails in production, an open address is a warning, a quiet log proves nothing', async () => {
    const looking = await lookAt({})
    const reloading = await start(looking, { reload: true })
    const reload = await looking.run('backendMode', { backend: settingsOf(reloading) })
    expect(reload).toMatchObject({ status: 'failed', hint: { code: 'backendReload' } })
    const wide = await start(looking, { host: '0.0.0.0' })
    const open = await looking.run('backendMode', { backend: settingsOf(wide) })
    expect(open).toMatchObject({ status: 'warning', hint: { code: 'backendOpen' } })
    const silent = await start(looking, { logging: 'quiet', mode: 'in-transaction' })
    const before = await looking.run('logMessages', { backend: settingsOf(silent) })
    expect(before).toMatchObject({ status: 'notVerifiable' })
  })
})
