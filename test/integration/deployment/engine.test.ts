import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Check, databaseExpiry, measured } from '#electron/deployment/check.ts'
import { checkCertificate } from '#scripts/certificate/check.js'
import { lastLine } from '#shared/deployment.ts'
import { AppError } from '#shared/errors.ts'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { checklist, checksOf, cleanUpChecklists, connect, ended, profileOf } from './checklist.ts'

cleanUpChecklists()
dropClinicsAfterAll()

let clinic: FreshClinic
beforeAll(async () => {
  clinic = await freshClinic()
})

/** A check whose probe the test gives. */
const check = (probe: Check['probe'], part: Partial<Check> = {}): Check => ({
  ...{ id: 'webCharts', step: 6, item: 'dashboard', severity: 'required', expires: databaseExpiry },
  ...{ signable: true, mayNotApply: true, probe },
  ...part,
})
const finds =
  (status: 'passed' | 'failed' | 'warning' | 'notVerifiable'): Check['probe'] =>
  async () => ({ status, evidence: [measured('role', 'text', 'podoskin')], lines: ['✅'] })

async function open(checks: readonly Check[], chosen?: () => string | null) {
  const database = await connect({ ...clinic.options, pool: { warm: 0, max: 20 } })
  return checklist(database, { checks, profile: profileOf(clinic.options), ...(chosen && { chosen }) })
}

describe('a run of the checklist', () => {
  it('runs the product’s checks as one job, each result as soon as it is there', async () => {
    const database = await connect(clinic.options)
    const all = checksOf(database)
    const checks = (['database', 'poolTest', 'cleanup', 'webCharts'] as const).map(all)
    const list = checklist(database, { checks, profile: profileOf(clinic.options) })
    const phases = new Set<string>()
    list.jobs.onChange(({ progress }) => phases.add(progress.phase))
    expect(await list.run()).toMatchObject({ state: 'done', progress: { done: 4, total: 4 } })
    expect([...phases]).toEqual(['start', 'database', 'poolTest', 'cleanup', 'webCharts', 'done'])
    const { checks: states, verified, items } = await list.state()
    expect(states.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed', 'notVerifiable'])
    expect(verified).toBe(items.filter((item) => item.verified).length)
    expect(states[1]?.history).toMatchObject([{ kind: 'ran', status: 'passed', by: 'Ivette M. (ivette)' }])
  })

  it('is grey with the reason where a probe could not look, and goes on', async () => {
    const broken = check(async () => {
      throw new AppError('CONNECTION_LOST')
    })
    const bug = check(
      async () => {
        throw new TypeError('a patient is called Juana')
      },
      { id: 'logErrors' },
    )
    const list = await open([broken, bug])
    expect((await list.run()).state).toBe('done')
    const { checks } = await list.state()
    expect(checks.map(({ status, result }) => [status, result?.evidence[0]?.value])).toEqual([
      ['notVerifiable', 'CONNECTION_LOST'],
      ['notVerifiable', 'INTERNAL'],
    ])
    expect(readFileSync(list.file, 'utf8') + list.log.text()).not.toContain('Juana')
  })

  it('keeps what it found when a person cancels', async () => {
    let reached = () => {}
    const waiting = new Promise<void>((resolve) => {
      reached = resolve
    })
    const endless = check(
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('CANCELLED')))
          reached()
        }),
      { id: 'successFigures' },
    )
    const list = await open([check(finds('passed')), endless])
    const job = await list.handlers['deployment.run']({ checks: null })
    await waiting
    list.jobs.handlers['jobs.cancel']({ id: job.id })
    expect((await ended(list.jobs, job.id)).state).toBe('cancelled')
    expect((await list.state()).checks.map(({ status }) => status)).toEqual(['passed', 'pending'])
  })

  it('stops when another connection takes the place of this one, whose evidence it must not become', async () => {
    const list = await open([
      check(async (context) => {
        list.profile = { ...profileOf(clinic.options), id: '7c9d1a52-0b64-4d0e-9a53-0d3f5c1e2b70' }
        return finds('passed')(context, { signal: new AbortController().signal, report: () => {} })
      }),
    ])
    expect(await list.run()).toMatchObject({ state: 'failed', error: { code: 'NOT_CONNECTED' } })
    expect((await list.check('webCharts')).status).toBe('pending')
  })

  it('leaves out what a person decided not to apply, unless it is asked for by name', async () => {
    let runs = 0
    const counting = check(async (context, control) => {
      runs += 1
      return finds('failed')(context, control)
    })
    const list = await open([counting])
    await list.handlers['deployment.decide']({ check: 'webCharts', kind: 'notApplicable', reason: 'No hay página web' })
    await list.run()
    expect(runs).toBe(0)
    await list.run(['webCharts'])
    expect(runs).toBe(1)
    expect((await list.check('webCharts')).status).toBe('notApplicable')
  })
})

describe('evidence', () => {
  it('expires when the structure of the real database changes, and not by an index', async () => {
    const list = await open([check(finds('passed'))])
    await list.run()
    await clinic.client.query('CREATE INDEX de_prueba ON pacientes (id)')
    expect((await list.check('webCharts')).status).toBe('passed')
    await clinic.client.query('ALTER TABLE pacientes ADD COLUMN de_prueba int')
    expect(await list.check('webCharts')).toMatchObject({ status: 'expired', expired: ['schema'] })
    await clinic.client.query('ALTER TABLE pacientes DROP COLUMN de_prueba; DROP INDEX de_prueba')
    expect((await list.check('webCharts')).status).toBe('passed')
    const { rows } = await clinic.client.query(
      'SELECT tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal',
    )
    await clinic.client.query(`ALTER TABLE ${rows[0].name} DISABLE TRIGGER USER`)
    const disabled = (await list.check('webCharts')).status
    await clinic.client.query(`ALTER TABLE ${rows[0].name} ENABLE TRIGGER USER`)
    expect(disabled).toBe('expired')
  })

  it('expires with the profile and the week, by the workstation’s clock', async () => {
    const list = await open([check(finds('passed'))])
    await list.run()
    list.clock.time += 8 * 86_400_000
    expect(await list.check('webCharts')).toMatchObject({ status: 'expired', expired: ['age'] })
    list.profile = { ...profileOf(clinic.options), environment: 'production' }
    expect((await list.check('webCharts')).expired).toEqual(['age', 'profile'])
  })

  it('survives a restart, and the loss of its file by the last good copy', async () => {
    const list = await open([check(finds('notVerifiable'))])
    await list.run()
    await list.handlers['deployment.decide']({ check: 'webCharts', kind: 'signed', reason: 'Vi las gráficas' })
    const again = list.restarted()
    expect(await again.check('webCharts')).toMatchObject({ status: 'signed', decision: { by: 'Ivette M. (ivette)' } })
    writeFileSync(list.file, '{"schemaVersion":1,"profiles":{"x"')
    expect((await list.restarted().check('webCharts')).status).toBe('signed')
    expect(readFileSync(`${list.file}.damaged`, 'utf8')).toContain('"profiles":{"x"')
    writeFileSync(list.file, 'x')
    writeFileSync(`${list.file}.bak`, 'x')
    const empty = list.restarted()
    expect((await empty.check('webCharts')).status).toBe('pending')
    await empty.run()
    expect((await empty.check('webCharts')).status).toBe('notVerifiable')
  })

  it('is refused from a file in which somebody wrote something else', async () => {
    const list = await open([check(finds('passed'))])
    await list.run()
    const stored = JSON.parse(readFileSync(list.file, 'utf8'))
    for (const profile of Object.values<{ checks: Record<string, { result: { status: string } }> }>(stored.profiles)) {
      const one = profile.checks.webCharts
      if (one) one.result.status = 'certainly'
    }
    const text = JSON.stringify(stored)
    writeFileSync(list.file, text)
    writeFileSync(`${list.file}.bak`, text)
    expect((await list.restarted().check('webCharts')).status).toBe('pending')
  })

  it('keeps a short history, newest first', async () => {
    const list = await open([check(finds('warning'))])
    for (let time = 0; time < 35; time += 1) await list.run()
    const { history } = await list.check('webCharts')
    expect(history).toHaveLength(30)
    await list.handlers['deployment.decide']({ check: 'webCharts', kind: 'waived', reason: 'Se acepta así' })
    await list.handlers['deployment.clear']({ check: 'webCharts' })
    expect((await list.check('webCharts')).history.slice(0, 2).map(({ kind }) => kind)).toEqual(['cleared', 'waived'])
  })
})

describe('a decision', () => {
  it('is in the name of who is logged in, and of nobody when nobody is', async () => {
    const list = await open([check(finds('failed'))])
    await list.run()
    list.session = { status: 'out' }
    const waive = () => list.handlers['deployment.decide']({ check: 'webCharts', kind: 'waived', reason: 'Se acepta' })
    await expect(waive()).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
  })

  it('is refused where it makes no sense: a failure is not signed, what passed is not waived', async () => {
    const list = await open([check(finds('failed'), { mayNotApply: false })])
    await list.run()
    const decide = (kind: 'signed' | 'waived' | 'notApplicable') =>
      list.handlers['deployment.decide']({ check: 'webCharts', kind, reason: 'porque sí' })
    await expect(decide('signed')).rejects.toMatchObject({ code: 'CHECK_DECISION_REFUSED' })
    await expect(decide('notApplicable')).rejects.toMatchObject({ code: 'CHECK_DECISION_REFUSED' })
    expect((await decide('waived')).checks[0]).toMatchObject({ status: 'waived', decision: { reason: 'porque sí' } })
    await expect(decide('waived')).rejects.toMatchObject({ code: 'CHECK_DECISION_REFUSED' })
    await expect(Promise.resolve(list.handlers['deployment.clear']({ check: 'poolTest' }))).rejects.toBeInstanceOf(
      AppError,
    )
  })
})

describe('what is known of the backend', () => {
  it('comes from the dialog, per connection; its credentials stay in memory', async () => {
    const list = await open([check(finds('passed'))], () => '/srv/clinica/backend')
    await list.handlers['deployment.choosePlace']({ place: 'folder' })
    await list.handlers['deployment.saveBackend']({ url: 'https://clinica.example' })
    const held = await list.handlers['deployment.credentials']({
      credentials: { user: 'ivette', password: 'secreta-77' },
    })
    expect(held).toMatchObject({
      backend: { folder: '/srv/clinica/backend', venv: null, url: 'https://clinica.example' },
      backendUser: 'ivette',
    })
    expect(readFileSync(list.file, 'utf8') + JSON.stringify(held) + list.log.text()).not.toContain('secreta-77')
    expect((await list.restarted().state()).backendUser).toBeNull()
    list.profile = { ...profileOf(clinic.options), id: '7c9d1a52-0b64-4d0e-9a53-0d3f5c1e2b70' }
    expect(await list.state()).toMatchObject({ backend: { folder: null }, backendUser: null })
  })
})

describe('the certificate', () => {
  const items = ['dependencies', 'environment', 'pool', 'cleanup', 'backend', 'dashboard', 'leaks', 'metrics'] as const
  const ids = [
    ...(['dependencies', 'environment', 'poolTest', 'cleanup'] as const),
    ...(['backendUp', 'dashboardErrors', 'logMessages', 'successFigures'] as const),
  ]
  const eight = (last: 'passed' | 'failed') =>
    ids.map((id, at) => check(finds(at === 7 ? last : 'passed'), { id, item: items[at] ?? 'pool' }))

  it('ends with the guide’s last line when all is green, and its code is recomputed from its file', async () => {
    const list = await open(eight('passed'))
    await list.run()
    const { certificate, code } = await list.certificate()
    expect(certificate).toMatchObject({
      ready: true,
      verified: 8,
      missing: [],
      lastLine,
      issuedBy: 'Ivette M. (ivette)',
    })
    await list.handlers['deployment.saveCertificate']({ code })
    const [file = ''] = list.saved
    expect(checkCertificate(file)).toEqual({ intact: true, code, stated: code, ready: true })
    expect(checkCertificate(file.replace('"verified": 8', '"verified": 7')).intact).toBe(false)
  })

  it('says plainly what is missing when it is not', async () => {
    const list = await open(eight('failed'))
    await list.run()
    const { certificate } = await list.certificate()
    expect(certificate).toMatchObject({ ready: false, verified: 7, missing: ['successFigures'], lastLine: null })
    // Expired evidence is not certified.
    list.clock.time += 8 * 86_400_000
    const later = (await list.certificate()).certificate
    expect(later).toMatchObject({ ready: false, verified: 0 })
    expect(later.checks.every(({ evidence, at }) => evidence.length === 0 && at === null)).toBe(true)
  })

  it('is not ready while the database does not say what the evidence rests on', async () => {
    const list = await open(eight('passed'))
    await list.run()
    const { checks: _, ...ready } = await list.state()
    expect(ready).toMatchObject({ ready: true, basisKnown: true })
    const gone = await freshClinic()
    const database = await connect(gone.options)
    await gone.drop()
    const blind = checklist(database, { checks: eight('passed'), profile: profileOf(clinic.options), file: list.file })
    expect(await blind.state()).toMatchObject({ verified: 8, ready: false, basisKnown: false })
    expect((await blind.certificate()).certificate).toMatchObject({ ready: false, missing: [], lastLine: null })
  })

  it('is saved only as it was issued', async () => {
    const list = await open(eight('passed'))
    await expect(
      Promise.resolve().then(() => list.handlers['deployment.saveCertificate']({ code: '0000-0000-0000-0000' })),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
