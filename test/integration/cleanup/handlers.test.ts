import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveHere } from '#electron/cleanup/backup/key.ts'
import { createCleanup } from '#electron/cleanup/cleanup.ts'
import type { Database } from '#electron/database/database.ts'
import { openDatabase } from '#electron/database/open.ts'
import { createJobs } from '#electron/jobs/jobs.ts'
import { makeBackupFolder, removeBackupFolder } from '#scripts/backup-folder.js'
import type { Job } from '#shared/jobs.ts'
import type { FreshClinic } from '#support/clinic.ts'
import { type RecordedLog, recordedLog } from '#support/log.ts'
import { decide, demoClinic, everything, zone } from './setting.ts'

let clinic: FreshClinic
let database: Database
let log: RecordedLog
const user = { id: '2', userName: 'adm', fullName: 'Administración', roleName: 'Admin', role: 'admin' } as const

/** Not under the system's temporary folder, where no backup may be kept; null where home is one. */
const settled = makeBackupFolder()
const folder = settled ?? ''
let backups: string

beforeAll(async () => {
  backups = join(folder, 'respaldos')
  if (settled !== null) mkdirSync(backups)
  clinic = await demoClinic(600)
  database = await openDatabase({ ...clinic.options, pool: { warm: 0, max: 4 } })
})
afterAll(async () => {
  await database.close()
  await clinic.drop()
  removeBackupFolder(settled)
})

/** What the features gave to be kept as files. */
const kept: { title: string; ending: string; content: string }[] = []

function cleanup() {
  log = recordedLog()
  const jobs = createJobs({ log })
  const openOwner = (owner: { user: string; password: string } | null) =>
    openDatabase({ ...clinic.options, ...owner, pool: { warm: 0, max: 3 } })
  const session = { state: () => ({ status: 'in', user }) as const }
  const keepFile = async (title: string, ending: string, content: string | Buffer) => {
    kept.push({ title, ending, content: String(content) })
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
    printDocument: async (html) => Buffer.from(html),
    profile: () => ({ ...clinic.options, environment: 'testing', name: 'Clínica de prueba' }),
    app: { name: 'PodoSkin Admin', version: '0.0.0' },
    journalFile: join(folder, 'cleanups.json'),
    application: [],
    choose: async (what) => (what === 'backupFolder' ? backups : null),
    deriveAside: deriveHere,
    openedFile: () => null,
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

describe.skipIf(settled === null)('the run as the page asks for it', () => {
  const passphrase = 'una frase larga y fácil de recordar'
  const protection = { kind: 'passphrase', passphrase, again: passphrase } as const
  const unlock = { kind: 'passphrase', passphrase } as const

  it('refuses what was typed wrongly, then cleans, lists, tests, restores and reports', async () => {
    const before = await everything(clinic)
    const named = await clinic.client.query('SELECT url_almacenamiento AS path FROM archivos_multimedia')
    const files: string[] = named.rows.map(({ path }) => path).sort()
    const asked = cleanup()
    const chosen = await asked.handlers['cleanup.chooseFolder'](undefined)
    expect(chosen).toMatchObject({ path: backups, problem: null })
    const plan = await asked.handlers['cleanup.plan']({ decisions: decide() })
    const input = {
      ...{ decisions: decide(), hash: plan.hash, databaseName: plan.database, patients: plan.totals.patients },
      ...{ folder: chosen?.id ?? '', protection, proof: true, record: true, owner: null },
    }
    for (const [wrong, code] of [
      [{ databaseName: 'otra' }, 'CONFIRMATION_WRONG'],
      [{ patients: plan.totals.patients + 1 }, 'CONFIRMATION_WRONG'],
      [{ hash: 'a'.repeat(64) }, 'CLEANUP_PLAN_CHANGED'],
    ] as const) {
      const { handlers, ended } = cleanup()
      await handlers['cleanup.run']({ ...input, ...wrong })
      expect((await ended).error?.code).toBe(code)
    }
    expect(await everything(clinic)).toEqual(before)
    expect(readdirSync(backups)).toEqual([])
    await expect(async () =>
      cleanup().handlers['cleanup.run']({ ...input, folder: 'f'.repeat(32) }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })

    const { id } = await asked.handlers['cleanup.run'](input)
    expect(await asked.ended).toMatchObject({ state: 'done', error: null, progress: { cancellable: false } })
    const outcome = await asked.handlers['cleanup.outcome']({ id })
    expect(outcome).toMatchObject({ kind: 'run', record: 'server', proof: true, after: { analyzed: true, stale: [] } })
    expect((await clinic.client.query('SELECT count(*)::int AS n FROM pacientes')).rows).toEqual([{ n: 0 }])
    expect((await clinic.client.query('SELECT id::text, tipo, usuario FROM podoskin_admin.operaciones')).rows).toEqual([
      { id, tipo: 'limpieza', usuario: 'adm' },
    ])
    const listed = await asked.handlers['cleanup.backups']({ folder: null })
    const [file] = listed.files
    expect(listed).toMatchObject({
      unfinished: [],
      missing: [],
      files: [{ rows: 'deleted', protection: 'passphrase', due: false }],
    })
    const fileName = file?.name ?? ''
    await expect(asked.handlers['cleanup.deleteBackup']({ backup: file?.id ?? '', fileName })).rejects.toMatchObject({
      code: 'BACKUP_KEPT',
    })
    await expect(
      asked.handlers['cleanup.deleteBackup']({ backup: file?.id ?? '', fileName: 'x' }),
    ).rejects.toMatchObject({
      code: 'CONFIRMATION_WRONG',
    })

    // Another start of the app, which was shown the folder before.
    const opened = { backup: file?.id ?? '', unlock, owner: null }
    const jobOf = async (name: 'restorePlan' | 'testRestore' | 'verifyBackup' | 'restore', part: object = {}) => {
      const again = cleanup()
      await again.handlers['cleanup.backups']({ folder: null })
      const call = again.handlers[`cleanup.${name}`] as (value: unknown) => Job | Promise<Job>
      const job = await call({ ...opened, ...part })
      const { error } = await again.ended
      return { error, outcome: error ? null : await again.handlers['cleanup.outcome']({ id: job.id }), again, job }
    }
    expect((await jobOf('verifyBackup', { unlock: { kind: 'passphrase', passphrase: 'otra' } })).error?.code).toBe(
      'BACKUP_WRONG_KEY',
    )
    expect((await jobOf('verifyBackup')).outcome).toMatchObject({
      kind: 'verifyBackup',
      content: { database: clinic.name },
    })
    expect((await jobOf('restorePlan')).outcome).toMatchObject({ kind: 'restorePlan', obstacles: [] })
    expect((await jobOf('testRestore')).outcome).toMatchObject({ kind: 'testRestore', changedSince: [] })
    expect((await clinic.client.query('SELECT count(*)::int AS n FROM pacientes')).rows).toEqual([{ n: 0 }])
    expect((await jobOf('restore', { databaseName: 'otra' })).error?.code).toBe('CONFIRMATION_WRONG')
    const restored = await jobOf('restore', { databaseName: clinic.name })
    expect(restored.outcome).toMatchObject({ kind: 'restore', record: 'server', changedSince: [] })
    expect(rowsOf(await everything(clinic))).toEqual(rowsOf(before))
    const twice = await jobOf('restore', { databaseName: clinic.name })
    expect(twice.error?.code).toBe('RESTORE_REFUSED')
    expect(await twice.again.handlers['cleanup.outcome']({ id: twice.job.id })).toMatchObject({
      obstacles: [expect.objectContaining({ code: 'collision' })],
    })

    const history = await asked.handlers['cleanup.history'](undefined)
    expect(history).toMatchObject([
      { kind: 'restore', outcome: 'done', remembered: expect.arrayContaining(['server']) },
      { id, kind: 'run', outcome: 'done', remembered: ['workstation', 'server'] },
    ])
    kept.length = 0
    for (const format of ['json', 'pdf'] as const) await asked.handlers['cleanup.saveReport']({ id, format })
    expect(kept.map(({ ending }) => ending)).toEqual(['json', 'pdf'])
    expect(kept[1]?.content).toContain('public.pacientes')
    // Files that the deleted rows named: nothing else knows of them any more.
    expect(files.length).toBeGreaterThan(1)
    expect(JSON.parse(kept[0]?.content ?? '').outcome.files).toMatchObject({ rows: files.length, names: files })
    for (const name of files) expect(kept[1]?.content).toContain(`<li>${name}</li>`)
    expect(log.text()).not.toContain(passphrase)
  }, 60_000)

  it('refuses a sealed database, from its rehearsal on, until somebody writes down why it is open again', async () => {
    const { handlers } = cleanup()
    expect(await handlers['cleanup.sealState'](undefined)).toMatchObject({ state: 'open' })
    await expect(handlers['cleanup.seal']({ databaseName: 'otra', owner: null })).rejects.toMatchObject({
      code: 'CONFIRMATION_WRONG',
    })
    const databaseName = clinic.name
    expect(await handlers['cleanup.seal']({ databaseName, owner: null })).toMatchObject({
      state: 'sealed',
      history: [{ by: 'adm' }],
    })
    const rehearsing = cleanup()
    await rehearsing.handlers['cleanup.rehearse']({ decisions: decide(), owner: null })
    expect((await rehearsing.ended).error?.code).toBe('CLEANUP_SEALED')
    const reason = 'Se entregó la clínica equivocada'
    expect(await handlers['cleanup.reopen']({ databaseName, reason, owner: null })).toMatchObject({
      state: 'open',
      history: [{ action: 'reopen', reason }, { action: 'seal' }],
    })
    await clinic.client.query('DROP SCHEMA podoskin_admin CASCADE')
  })
})

/** Rows, constraints and trigger states; files of tables differ once they were emptied. */
function rowsOf(all: Map<string, string>): Map<string, string> {
  return new Map([...all].filter(([name]) => !/^(file|sequence) |podoskin_admin/.test(name)))
}
