import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGate } from '#electron/shell/gate.ts'
import { type Handlers, procedures } from '#shared/contract.ts'
import { AppError, errorCodes } from '#shared/errors.ts'
import { adviceIds } from '#shared/indexes.ts'
import { type ProcedureName, procedureNames } from '#shared/names.ts'
import type { SessionState, SessionUser } from '#shared/session.ts'
import { recordedLog } from '#support/log.ts'

const user = (role: 'admin' | 'member'): SessionUser => ({
  id: '1',
  userName: 'ivette',
  fullName: 'Ivette M.',
  roleName: role === 'admin' ? 'Admin' : 'Recepcionista',
  role,
})
const states: Readonly<Record<string, SessionState>> = {
  out: { status: 'out' },
  locked: { status: 'locked', user: user('admin'), reason: 'idle' },
  member: { status: 'in', user: user('member') },
  admin: { status: 'in', user: user('admin') },
}
const out: SessionState = { status: 'out' }
const admin: SessionState = { status: 'in', user: user('admin') }

/** A gate whose handlers only note what reached them. */
function gateWith(state: SessionState, own: Partial<Handlers> = {}, isFresh = false, recheck = async () => {}) {
  const reached: { name: string; input: unknown }[] = []
  const log = recordedLog()
  const noted = Object.fromEntries(
    procedureNames.map((name) => [name, (input: unknown) => void reached.push({ name, input })]),
  )
  const gate = createGate({
    handlers: { ...noted, ...own } as unknown as Handlers,
    session: { state: () => state, isFresh: () => isFresh, recheck },
    log,
  })
  const code = async (name: string, input?: unknown, trusted = true) => {
    const answer = await gate.answer(name, input, trusted)
    return answer.ok ? 'ok' : answer.error.code
  }
  return { gate, reached, log, code }
}

/** An input that each procedure accepts. */
const valid: Partial<Record<ProcedureName, unknown>> = {
  'shell.copy': { text: 'hola' },
  'shell.openExternal': { place: 'postgresql-docs' },
  'shell.chooseFile': { purpose: 'ca' },
  'settings.save': { language: 'en' },
  'connection.importEnv': { path: '/tmp/.env' },
  'connection.remove': { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10' },
  'connection.open': { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10', password: null },
  'session.login': { name: 'ivette', password: 'secreta' },
  'jobs.cancel': { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10' },
  'session.unlock': { password: 'secreta' },
  'session.reauthenticate': { password: 'secreta' },
  'dashboard.load': { days: 30 },
}
const profile = {
  name: 'Clínica',
  environment: 'testing',
  host: 'localhost',
  port: 5432,
  database: 'podoskin_db',
  user: 'podoskin_user',
  tls: 'verify-full',
  caFile: null,
  zone: 'America/Tijuana',
  schema: null,
  pool: { warm: 5, max: 20 },
}
valid['indexes.create'] = { index: adviceIds[0], owner: null }
valid['indexes.drop'] = valid['indexes.create']
valid['cleanup.plan'] = { decisions: {} }
valid['cleanup.rehearse'] = { decisions: {}, owner: null }
valid['cleanup.result'] = { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10' }
valid['cleanup.searchPatients'] = { text: 'mar' }
valid['cleanup.exportPlan'] = valid['cleanup.plan']
valid['cleanup.savePlan'] = { ...(valid['cleanup.plan'] as object), form: 'text' }
const token = '0123456789abcdef0123456789abcdef'
const opened = { backup: token, unlock: { kind: 'none' } }
valid['cleanup.checkFolder'] = { folder: token }
valid['cleanup.run'] = {
  ...{ decisions: {}, hash: 'a'.repeat(64), databaseName: 'podoskin_db', patients: 12, folder: token, owner: null },
  protection: { kind: 'passphrase', passphrase: 'una frase muy larga', again: 'una frase muy larga' },
}
valid['cleanup.outcome'] = valid['cleanup.result']
valid['cleanup.backups'] = { folder: null }
valid['cleanup.verifyBackup'] = opened
valid['cleanup.restorePlan'] = { ...opened, owner: null }
valid['cleanup.testRestore'] = valid['cleanup.restorePlan']
valid['cleanup.restore'] = { ...opened, owner: null, databaseName: 'podoskin_db' }
valid['cleanup.deleteBackup'] = { backup: token, fileName: 'x.podoskin-backup' }
valid['cleanup.saveReport'] = { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10', format: 'json' }
valid['cleanup.seal'] = { databaseName: 'podoskin_db', owner: null }
valid['cleanup.reopen'] = { ...{ databaseName: 'podoskin_db', owner: null }, reason: 'Faltaba una clínica de prueba' }
valid['deployment.run'] = { checks: null }
valid['deployment.decide'] = { check: 'webCharts', kind: 'signed', reason: 'Vi las gráficas' }
valid['deployment.clear'] = { check: 'webCharts' }
valid['deployment.choosePlace'] = { place: 'folder' }
valid['deployment.forgetPlace'] = { place: 'folder' }
valid['deployment.saveBackend'] = { url: 'https://clinica.example' }
valid['deployment.credentials'] = { credentials: null }
valid['deployment.writeEnv'] = {
  stamp: null,
  values: {
    DB_HOST: '127.0.0.1',
    DB_PORT: 5432,
    DB_NAME: 'podoskin_db',
    DB_USER: 'podoskin_user',
    PORT: 8000,
    DEBUG: false,
    ALLOWED_ORIGINS: ['https://podoskin.mx'],
  },
  password: null,
  newKey: false,
}
valid['deployment.saveCertificate'] = { code: 'ABCD-EFGH-JKMN-PQRS' }
valid['export.saveCsv'] = { title: 'Citas', columns: [{ title: 'Día', kind: 'date' }], rows: [['2026-11-24']] }
valid['export.savePdf'] = { title: 'Panel', range: null, takenAt: null, width: 1280 }
const logFilter = { show: 'all', group: null, text: '' }
valid['monitoring.logFollow'] = { kind: 'docker', container: 'backend' }
valid['monitoring.logPage'] = { filter: logFilter, from: 0, count: 50 }
valid['monitoring.logNext'] = { filter: logFilter, row: -1, backwards: false }
valid['monitoring.logExport'] = { filter: logFilter }
valid['monitoring.endSession'] = { pid: 7, startedAt: '1795525632000000', how: 'cancel', owner: null }
valid['diagnosis.start'] = { symptom: 'refused', profile: null, backendUrl: null, before: null }
valid['diagnosis.next'] = { id: '6f1f7d5a-7c53-4d3e-9a8e-3f1a0f2f4b10' }
valid['diagnosis.saveBundle'] = valid['diagnosis.next']
valid['connection.test'] = { profile, id: null, password: 'secreta' }
valid['connection.save'] = { profile, id: null, password: 'secreta', remember: true }

describe('the gate', () => {
  it('lets each procedure be called by exactly those whom the contract names', async () => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      anyone: ['out', 'locked', 'member', 'admin'],
      setup: ['out', 'admin'],
      member: ['member', 'admin'],
      admin: ['admin'],
    }
    for (const [who, state] of Object.entries(states)) {
      const { code } = gateWith(state, {}, true)
      for (const name of procedureNames) {
        const may = allowed[procedures[name].access]?.includes(who)
        const refused = who === 'out' ? 'NOT_LOGGED_IN' : who === 'locked' ? 'SESSION_LOCKED' : 'FORBIDDEN_ROLE'
        expect(await code(name, valid[name]), `${name} by ${who}`).toBe(may ? 'ok' : refused)
      }
    }
  })

  it('lets nobody hear a topic above their access', () => {
    const hearers = (topic: 'session.changed' | 'jobs.changed') =>
      Object.entries(states)
        .filter(([, state]) => gateWith(state).gate.mayHear(topic))
        .map(([who]) => who)
    expect(hearers('session.changed')).toEqual(['out', 'locked', 'member', 'admin'])
    expect(hearers('jobs.changed')).toEqual(['admin'])
  })

  it('refuses an untrusted sender before it looks at anything else', async () => {
    const { code, reached } = gateWith(admin)
    for (const name of procedureNames) expect(await code(name, valid[name], false)).toBe('UNTRUSTED_SENDER')
    expect(reached).toEqual([])
  })

  it('reads the user again before anything that writes to the clinic, and refuses whose rights have gone', async () => {
    const demoted = async () => {
      throw new AppError('FORBIDDEN_ROLE')
    }
    const { code, reached } = gateWith(admin, {}, true, demoted)
    const writing = procedureNames.filter(
      (name) => procedures[name].effect === 'write' && procedures[name].access === 'admin',
    )
    expect(writing).toContain('cleanup.rehearse')
    for (const name of writing) expect(await code(name, valid[name]), name).toBe('FORBIDDEN_ROLE')
    expect(reached).toEqual([])
    expect(await code('jobs.cancel', valid['jobs.cancel'])).toBe('ok')
  })

  it.each(['constructor', '__proto__', 'toString', 'session', 'session.', 'SESSION.LOGIN', ''])(
    'knows no procedure called "%s"',
    async (name) => {
      expect(await gateWith(admin).code(name)).toBe('UNKNOWN_PROCEDURE')
    },
  )

  it('passes only the parsed input on, without what the contract does not name', async () => {
    const { code, reached } = gateWith(out)
    expect(await code('session.login', { name: '  ivette  ', password: ' x ' })).toBe('ok')
    expect(reached).toEqual([{ name: 'session.login', input: { name: 'ivette', password: ' x ' } }])
    expect(await code('session.login', { name: 'ivette', password: 'x', role: 'admin' })).toBe('INVALID_INPUT')
    expect(reached).toHaveLength(1)
  })

  it('keeps a polluting key out of every object', async () => {
    const { code, reached } = gateWith(admin)
    const poison = JSON.parse('{"__proto__":{"polluted":true},"language":"en"}')
    await code('settings.save', poison)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    for (const { input } of reached) {
      expect((input as Record<string, unknown>).polluted).toBeUndefined()
      expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    }
  })

  it('names the wrong fields and not their values', async () => {
    const { gate, log } = gateWith(out)
    const answer = await gate.answer('session.login', { name: 5, password: 'secreta-7712' }, true)
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', params: { fields: 'name' } } })
    expect(log.text()).not.toContain('secreta-7712')
  })

  it('refuses what is too large before it parses it', async () => {
    const { code } = gateWith(out)
    expect(await code('shell.copy', { text: 'x'.repeat(2 * 1024 * 1024) })).toBe('PAYLOAD_TOO_LARGE')
  })

  it("tells the page a handler's own code and parameters, with a reference that stands in the log", async () => {
    const { gate, log } = gateWith(admin, {
      'dashboard.load': () => {
        throw new AppError('PRIVILEGE_MISSING', { table: 'citas' })
      },
    })
    const answer = await gate.answer('dashboard.load', { days: 7 }, true)
    if (answer.ok) throw new Error('it should have been refused')
    expect(answer.error).toMatchObject({ code: 'PRIVILEGE_MISSING', params: { table: 'citas' } })
    expect(answer.error.ref).toMatch(/^[A-Z2-9]{6}$/)
    expect(log.text()).toContain(answer.error.ref)
  })

  it('turns a bug into INTERNAL and keeps the message, which may quote a patient, out of page and log', async () => {
    const { gate, log } = gateWith(admin, {
      'dashboard.load': () => {
        throw new TypeError('cannot read "Juana Pérez"\n  of row 5')
      },
    })
    const answer = await gate.answer('dashboard.load', { days: 7 }, true)
    expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', params: {} } })
    const logged = log.entries.at(-1)
    expect(logged).toMatchObject({ level: 'error', fields: { kind: 'TypeError' } })
    expect(String(logged?.fields.stack)).toContain('gate.test.ts')
    expect(JSON.stringify([answer, log.entries])).not.toMatch(/Juana|row 5/)
  })

  it('logs name, duration and outcome of a call, and nothing of its input or answer', async () => {
    const { gate, log } = gateWith(admin, { 'session.current': () => admin })
    await gate.answer('session.current', undefined, true)
    expect(log.entries).toEqual([
      { level: 'info', event: 'call', fields: { name: 'session.current', ms: expect.any(Number), outcome: 'ok' } },
    ])
  })

  it('answers any input at all with a result, and never lets one through that the contract refuses', async () => {
    const codes: readonly string[] = Object.values(errorCodes).flat()
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...procedureNames),
        fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true, withSparseArray: true }),
        async (name, input) => {
          const { gate, reached } = gateWith(admin, {}, true)
          const answer = await gate.answer(name, input, true)
          const fits = procedures[name].input.safeParse(input).success
          expect(answer.ok).toBe(fits)
          expect(reached).toHaveLength(fits ? 1 : 0)
          if (!answer.ok) expect(codes).toContain(answer.error.code)
        },
      ),
      { numRuns: 500, seed: 20261124 },
    )
  })
})
