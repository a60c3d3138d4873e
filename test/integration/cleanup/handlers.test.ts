import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCleanup } from '#electron/cleanup/cleanup.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import type { Job } from '#shared/jobs.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'
import { decide, demoClinic, zone } from './setting.ts'

let clinic: FreshClinic
let database: Database
let log: RecordedLog
const user = { id: '2', userName: 'adm', fullName: 'Administración', roleName: 'Admin', role: 'admin' } as const

beforeAll(async () => {
  clinic = await demoClinic(600)
  database = await openDatabase({ ...clinic.options, pool: { warm: 0, max: 4 } })
})
afterAll(async () => {
  await database.close()
  await clinic.drop()
})

/** What the features gave to be kept as files. */
const kept: { title: string; ending: string; content: string }[] = []

function cleanup() {
  log = recordedLog()
  const jobs = createJobs({ log })
  const openOwner = (owner: { user: string; password: string } | null) =>
    openDatabase({ ...clinic.options, ...owner, pool: { warm: 0, max: 3 } })
  const session = { state: () => ({ status: 'in', user }) as const }
  const keepFile = async (title: string, ending: string, content: string) => {
    kept.push({ title, ending, content })
    return { saved: true, file: `${title}.${ending}` } as const
  }
  const { handlers } = createCleanup({
    database: () => database,
    openOwner,
    zone: () => zone,
    session,
    jobs,
    keepFile,
    log,
  })
  const ended = new Promise<Job>((resolve) => {
    jobs.onChange((job) => job.state !== 'running' && job.state !== 'cancelling' && resolve(job))
  })
  return { handlers, jobs, ended }
}

describe('the cleanup as the page asks for it', () => {
  it('rehearses as a job and keeps its result under the job', async () => {
    const { handlers, ended } = cleanup()
    const planned = await handlers['cleanup.plan']({ decisions: decide() })
    const { id } = await handlers['cleanup.rehearse']({ decisions: decide(), owner: null })
    expect(await ended).toMatchObject({ id, state: 'done', error: null })
    const result = await handlers['cleanup.result']({ id })
    expect(result.plan.hash).toBe(planned.hash)
    expect(result.phases.map(({ phase }) => phase)).toEqual(['lock', 'count', 'empty', 'verify'])
    expect(result.plan.staff.kept.map((each) => each.id)).toContain('2')
    expect(result.samples.every(({ name }) => /^(\p{L}•••\s?)+$/u.test(name))).toBe(true)
  })

  it('ends as failed, with the reason, where the owner gave a wrong password', async () => {
    const { handlers, ended } = cleanup()
    const wrong = await clinic.role('SELECT ON ALL TABLES IN SCHEMA public')
    await handlers['cleanup.rehearse']({ decisions: decide(), owner: { user: wrong.user, password: 'otra' } })
    // The test server trusts or refuses by its pg_hba: either way nothing is rehearsed without rights.
    expect((await ended).error?.code).toMatch(/^(AUTHENTICATION_FAILED|CLEANUP_REFUSED)$/)
  })

  it('finds patients by words in any order and by telephone, and shows no name', async () => {
    const { handlers } = cleanup()
    const { rows } = await clinic.client.query(
      `SELECT id, primer_nombre, primer_apellido, telefono_principal AS phone FROM pacientes ORDER BY id LIMIT 1`,
    )
    const [patient] = rows
    const ids = async (text: string) => (await handlers['cleanup.searchPatients']({ text })).map(({ id }) => id)
    expect(await ids(`${patient.primer_apellido.toUpperCase()} ${patient.primer_nombre}`)).toContain(String(patient.id))
    expect(await ids(patient.phone)).toContain(String(patient.id))
    expect(await ids(`%' OR true --`)).toEqual([])
    expect(JSON.stringify(await handlers['cleanup.searchPatients']({ text: patient.primer_nombre }))).not.toContain(
      patient.primer_apellido,
    )
  })

  it('exports the plan as JSON and as Spanish that names every table and no patient', async () => {
    const { handlers } = cleanup()
    const { json, text } = await handlers['cleanup.exportPlan']({ decisions: decide({ scopes: { finance: false } }) })
    const plan = JSON.parse(json)
    for (const { key } of plan.tables) expect(text).toContain(key)
    expect(text).toContain(`Huella del plan: ${plan.hash}`)
    expect(text).toContain('Camino: public.pagos → public.citas')
    expect(text).not.toMatch(/\{\{|undefined|\[object/)
    const { rows } = await clinic.client.query(
      `SELECT DISTINCT concat_ws(' ', primer_nombre, primer_apellido) AS name FROM pacientes`,
    )
    for (const { name } of rows) expect(text + json).not.toContain(name)
  })

  it('saves the plan as a file of either form', async () => {
    const { handlers } = cleanup()
    for (const form of ['text', 'json'] as const)
      expect(await handlers['cleanup.savePlan']({ decisions: decide(), form })).toMatchObject({ saved: true })
    const [text, json] = kept.slice(-2)
    expect(text).toMatchObject({ ending: 'txt', content: expect.stringContaining('Huella del plan') })
    expect(JSON.parse(json?.content ?? '')).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(json).toMatchObject({ ending: 'json', title: expect.stringContaining('Plan de limpieza') })
  })

  it('logs counts and durations, and nothing of anybody', async () => {
    const { handlers, ended } = cleanup()
    const { rows } = await clinic.client.query(
      `SELECT primer_apellido AS name, telefono_principal AS phone FROM pacientes`,
    )
    await handlers['cleanup.searchPatients']({ text: rows[0].name })
    await handlers['cleanup.rehearse']({ decisions: decide(), owner: null })
    await ended
    expect(log.text()).toContain('cleanup.rehearsed')
    for (const { name, phone } of rows) {
      expect(log.text()).not.toContain(name)
      expect(log.text()).not.toContain(phone)
    }
  })

  it('lists every user to choose the keep list from', async () => {
    const users = await cleanup().handlers['cleanup.users'](undefined)
    expect(users.map(({ userName }) => userName)).toContain('ivette.martinez')
    expect(users[0]).toMatchObject({ email: expect.stringContaining('@'), active: true })
    expect(JSON.stringify(users)).not.toMatch(/pbkdf2|\$2[aby]\$/)
  })
})
