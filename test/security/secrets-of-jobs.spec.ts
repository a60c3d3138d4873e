// Attack: somebody reads the workstation's files, its logs, the list of processes or the environment of one, after a day
// on which everything was typed: the owner's password, the passphrase of a backup, the login of the backend, whose answer
// is a token. Hole it needs: a secret that goes to a child's arguments or environment, into a temporary file, a job's
// error or an outcome. Invariant: they are in memory, for the job that needs them, and nowhere else.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { staff } from '#scripts/clinic/staff.js'
import { type Answer, expect, test } from '#support/app.ts'
import { startBackend } from '#support/backend.ts'
import { noBackend } from '#support/backend-folder.ts'
import { administrator } from '#support/people.ts'
import { family } from '#support/processes.ts'
import { filesOf, formsOf, profileOf } from './secret-places.ts'

const owner = { user: `duena_${process.pid}`, password: 'Duena-de-las-tablas-51d0' }
const passphrase = 'frase del respaldo 77aa, larga y propia'
const wrongPhrase = 'otra frase 88bb que no lo abre'
const [doctor] = staff
/** A token as the backend answers a login with one. */
const token = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/
const guard = { fiscal: 'delete', consent: 'delete', future: 'delete', recent: 'delete' }

test('no secret of a job is on the disk, in a log, in an answer or in any process after all of them ran', async ({
  launch,
  clinic,
  folder,
}, info) => {
  info.skip(noBackend !== null, noBackend ?? '')
  test.setTimeout(180_000)
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const backups = mkdtempSync(join(process.env.PODOSKIN_BACKUP_FOLDER ?? homedir(), 'podoskin-backups-'))
  const backend = await startBackend({ target: clinic, env: { DB_PASSWORD: clinic.password } })
  const { app, call, close, userData } = await launch({ env: { TMPDIR: temporary } })
  const told: Answer[] = []
  const ask = async (...request: Parameters<typeof call>) => {
    const answer = await call(...request)
    told.push(answer)
    expect(answer.error?.code, request[0]).toBeUndefined()
    return answer.value as never
  }
  const ended = async (id: string) => {
    await expect
      .poll(
        async () => {
          const list = (await ask('jobs.list')) as { id: string; state: string }[]
          return list.find((job) => job.id === id)?.state
        },
        { timeout: 60_000 },
      )
      .toMatch(/done|failed/)
  }
  const job = async (name: Parameters<typeof call>[0], input: unknown) => {
    const { id }: { id: string } = await ask(name, input)
    await ended(id)
    return id
  }
  try {
    await clinic.query(`CREATE ROLE ${owner.user} LOGIN SUPERUSER PASSWORD '${owner.password}'`)
    await recordChildren(app)
    const { id } = (await ask('connection.save', {
      ...{ id: null, profile: profileOf(clinic), password: clinic.password, remember: false },
    })) as { id: string }
    await ask('connection.open', { id, password: clinic.password })
    await ask('session.login', { name: administrator.user, password: administrator.password })

    const decisions = { guard }
    await job('cleanup.rehearse', { decisions, owner })
    await choose(app, backups)
    const place: { id: string } = await ask('cleanup.chooseFolder')
    const plan: { hash: string; totals: { patients: number } } = await ask('cleanup.plan', { decisions })
    await ask('session.reauthenticate', { password: administrator.password })
    const run = await job('cleanup.run', {
      ...{ decisions, hash: plan.hash, databaseName: clinic.database, patients: plan.totals.patients },
      ...{ folder: place.id, protection: { kind: 'passphrase', passphrase, again: passphrase }, owner },
    })
    await ask('cleanup.outcome', { id: run })
    const [file] = ((await ask('cleanup.backups', { folder: null })) as { files: { id: string }[] }).files
    for (const phrase of [wrongPhrase, passphrase]) {
      const unlock = { kind: 'passphrase', passphrase: phrase }
      await job('cleanup.verifyBackup', { backup: file?.id, unlock })
      await job('cleanup.testRestore', { backup: file?.id, unlock, owner: { ...owner, password: wrongPhrase } })
      await job('cleanup.testRestore', { backup: file?.id, unlock, owner })
    }
    await ask('cleanup.history')

    await choose(app, backend.folder)
    await ask('deployment.choosePlace', { place: 'folder' })
    await ask('deployment.saveBackend', { url: backend.url })
    await ask('deployment.credentials', { credentials: { user: doctor?.user, password: doctor?.password } })
    // Those that hold a secret: the clinic's own pool test, and what needs the backend's login.
    await job('deployment.run', {
      checks: ['environment', 'backendPoolTest', 'backendUp', 'backendDatabase', 'dashboardErrors'],
    })
    await ask('deployment.state')
    await ask('diagnosis.prepareBundle')

    const children = await recordedChildren(app)
    // The clinic's own test of its pool is a child of ours: what it is given was seen.
    expect(children).toContain('test_connection_pool.py')
    const processes = family(app.process().pid ?? 0).map(described)
    expect(processes[0]).toContain(`PODOSKIN_USER_DATA=${userData}`)
    await close()
    const texts = { told: JSON.stringify(told), children, processes: processes.join('\n') }
    const secrets = [clinic.password, administrator.password, owner.password, passphrase, wrongPhrase]
    secrets.push(
      doctor?.password ?? '',
      /^JWT_SECRET_KEY=(.+)$/m.exec(readFileSync(join(backend.folder, '.env'), 'utf8'))?.[1] ?? '',
    )
    for (const [where, text] of Object.entries(texts)) {
      for (const secret of secrets) expect(text.includes(secret), `a secret in ${where}`).toBe(false)
      expect(text, `a token in ${where}`).not.toMatch(token)
    }
    for (const path of [userData, temporary, backups].flatMap(filesOf)) {
      const content = readFileSync(path)
      for (const secret of secrets) {
        for (const form of formsOf(secret)) expect(content.includes(form), `a secret in ${path}`).toBe(false)
      }
      expect(token.test(content.toString('latin1')), `a token in ${path}`).toBe(false)
    }
  } finally {
    await close()
    await backend.close()
    // It owns the record that the cleanup made.
    await clinic.query(`DROP OWNED BY ${owner.user} CASCADE`)
    await clinic.query(`DROP ROLE ${owner.user}`)
    rmSync(backups, { recursive: true, force: true })
  }
})

/** Arguments and environment of a process; Chromium's sandboxed ones let only root look. */
function described(pid: number): string {
  return ['cmdline', 'environ']
    .map((what) => {
      try {
        return readFileSync(`/proc/${pid}/${what}`, 'latin1')
      } catch {
        return ''
      }
    })
    .join('\n')
}

/** What a person would choose next in the system's dialog. */
async function choose(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
}

/** Notes the arguments and the environment of every program that main starts from now on. */
async function recordChildren(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const part = <T>(name: string) =>
      (process as unknown as { getBuiltinModule(name: string): T }).getBuiltinModule(name)
    const started: unknown[] = []
    Reflect.set(globalThis, 'startedChildren', started)
    const children = part<Record<string, (...words: unknown[]) => unknown>>('node:child_process')
    for (const name of ['spawn', 'execFile']) {
      const real = children[name]
      children[name] = (...words) => {
        started.push(words.map((word) => (typeof word === 'function' ? '' : word)))
        return real?.(...words)
      }
    }
    part<{ syncBuiltinESMExports(): void }>('node:module').syncBuiltinESMExports()
  })
}

async function recordedChildren(app: ElectronApplication): Promise<string> {
  return app.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'startedChildren')))
}
