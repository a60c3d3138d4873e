// Attack: a receptionist, a passer-by at a locked screen, or nobody at all calls what belongs to an administrator; an
// administrator's page calls what deletes without the password; an id of earlier is used again. Hole it needs:
// a procedure whose access is only hidden on the screen, an id that opens by itself. Invariant: main asks who calls, on
// every call, and an id is worth nothing without the right and the clinic it came from.
import { procedures } from '#shared/contract.ts'
import type { Job } from '#shared/jobs.ts'
import { procedureNames } from '#shared/names.ts'
import { expect, type OpenApp, test } from '#support/app.ts'
import { goodInput } from '#support/hostile-values.ts'
import { administrator, receptionist } from '#support/people.ts'
import { everything } from '#support/window-clinic.ts'

const above = procedureNames.filter((name) => procedures[name].access === 'admin')
const fresh = procedureNames.filter((name) => procedures[name].fresh)
const credentials = ({ user, password }: typeof administrator) => ({ name: user, password })

/** Rehearses, and waits for its end as main tells of it. */
async function rehearse({ call }: OpenApp): Promise<{ id: string }> {
  const started = await call('cleanup.rehearse', { decisions: {}, owner: null })
  expect(started.ok).toBe(true)
  const { id } = started.value as Job
  await expect
    .poll(async () => ((await call('jobs.list')).value as Job[]).find((job) => job.id === id)?.state, {
      timeout: 40_000,
    })
    .toMatch(/^(done|failed)$/)
  return { id }
}

test('every procedure of an administrator is refused to a receptionist, to nobody and behind the lock', async ({
  demo: { call },
  clinic,
}) => {
  const rows = await everything(clinic)
  const refused = async (code: string) => {
    for (const name of above) expect((await call(name, goodInput(name))).error?.code, name).toBe(code)
  }
  await refused('NOT_LOGGED_IN')
  expect((await call('session.login', credentials(receptionist))).ok).toBe(true)
  // Typing the password again makes a receptionist no administrator.
  expect((await call('session.reauthenticate', { password: receptionist.password })).ok).toBe(true)
  await refused('FORBIDDEN_ROLE')
  for (const name of ['connection.close', 'connection.save', 'connection.test', 'connection.importEnv'] as const) {
    expect((await call(name, goodInput(name))).error?.code, name).toBe('FORBIDDEN_ROLE')
  }
  expect((await call('session.login', credentials(administrator))).ok).toBe(true)
  expect((await call('session.lock')).ok).toBe(true)
  await refused('SESSION_LOCKED')
  expect(await everything(clinic)).toBe(rows)
})

test('what deletes is refused to an administrator who has not typed the password again', async ({
  demo: { call },
  clinic,
}) => {
  expect(fresh).toEqual(
    expect.arrayContaining(['cleanup.run', 'cleanup.restore', 'cleanup.deleteBackup', 'indexes.drop']),
  )
  const rows = await everything(clinic)
  await call('session.login', credentials(administrator))
  const refused = async () => {
    for (const name of fresh) {
      expect((await call(name, goodInput(name))).error?.code, name).toBe('REAUTHENTICATION_REQUIRED')
    }
  }
  await refused()
  // The confirmation is worth nothing after a lock, a logout, or for somebody else.
  expect((await call('session.reauthenticate', { password: administrator.password })).ok).toBe(true)
  await call('session.lock')
  await call('session.unlock', { password: administrator.password })
  await refused()
  expect((await call('session.reauthenticate', { password: administrator.password })).ok).toBe(true)
  await call('session.logout')
  await call('session.login', credentials(administrator))
  await refused()
  expect((await call('jobs.list')).value).toEqual([])
  expect(await everything(clinic)).toBe(rows)
})

test('an administrator whose right was taken away meanwhile writes nothing', async ({ demo: { call }, clinic }) => {
  await call('session.login', credentials(administrator))
  expect((await call('session.reauthenticate', { password: administrator.password })).ok).toBe(true)
  await clinic.query(
    `UPDATE usuarios SET id_rol = (SELECT id_rol FROM usuarios WHERE nombre_usuario = $1) WHERE nombre_usuario = $2`,
    [receptionist.user, administrator.user],
  )
  expect((await call('cleanup.rehearse', { decisions: {}, owner: null })).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('session.current')).value).toEqual({ status: 'out' })
})

test('the ids of a rehearsal and of a job of earlier open nothing to others, and nothing in another clinic', async ({
  demo,
  clinic,
}) => {
  test.setTimeout(120_000)
  const { call } = demo
  await call('session.login', credentials(administrator))
  const { id } = await rehearse(demo)
  await call('session.login', credentials(receptionist))
  for (const name of ['cleanup.result', 'cleanup.outcome', 'jobs.cancel'] as const) {
    expect((await call(name, { id })).error?.code, name).toBe('FORBIDDEN_ROLE')
  }
  await call('session.login', credentials(administrator))
  expect((await call('session.reauthenticate', { password: administrator.password })).ok).toBe(true)
  expect((await call('jobs.cancel', { id })).error?.code).toBe('TOO_LATE_TO_CANCEL')
  // The same program at another clinic: here the same one, by a profile of its own.
  const { host, port, database, user, password } = clinic
  const profile = {
    ...{ name: 'Otra', environment: 'testing', host, port, database, user, tls: 'disable', caFile: null },
    ...{ zone: 'America/Tijuana', schema: null, pool: { warm: 0, max: 2 } },
  }
  const saved = await call('connection.save', { id: null, profile, password, remember: false })
  expect((await call('connection.open', { id: (saved.value as { id: string }).id, password })).ok).toBe(true)
  await call('session.login', credentials(administrator))
  expect((await call('cleanup.result', { id })).error?.code).toBe('NOT_FOUND')
})

test('a reload in the middle of a job interrupts nothing, hears it again and starts nothing twice', async ({
  demo,
  clinic,
}) => {
  test.setTimeout(120_000)
  const { call, page } = demo
  await call('session.login', credentials(administrator))
  const decisions = { guard: { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete' } }
  // Somebody is writing: the rehearsal waits for them, so that there is time to reload.
  await clinic.query('BEGIN')
  await clinic.query('LOCK TABLE citas IN ROW EXCLUSIVE MODE')
  const { id } = (await call('cleanup.rehearse', { decisions, owner: null })).value as Job
  await page.reload()
  await page.evaluate(() => {
    const heard: unknown[] = []
    Reflect.set(window, 'heard', heard)
    window.podoskin.on('jobs.changed', (job) => heard.push(job))
  })
  expect((await call('jobs.list')).value).toMatchObject([{ id, kind: 'cleanup.rehearse', state: 'running' }])
  expect((await call('cleanup.rehearse', { decisions, owner: null })).error?.code).toBe('JOB_RUNNING')
  await clinic.query('ROLLBACK')
  const heard = () => page.evaluate(() => (Reflect.get(window, 'heard') as Job[]).at(-1) ?? null)
  const known = async () => ({ heard: await heard(), jobs: (await call('jobs.list')).value })
  await expect
    .poll(known, { timeout: 40_000 })
    .toMatchObject({ heard: { id, state: 'done' }, jobs: [{ id, state: 'done' }] })
})
