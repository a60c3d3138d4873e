import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { createPolicy, policyFile } from '#electron/policy/policy.ts'
import { recordedLog } from '#support/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'podoskin-policy-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const connection = {
  ...{ name: 'Clínica', environment: 'production', host: 'db.clinica.example', port: 5432, database: 'podoskin' },
  ...{ user: 'podoskin_diario', tls: 'verify-full', caFile: null, zone: 'America/Tijuana', schema: null },
  pool: { warm: 5, max: 20 },
}

let number = 0
function policyOf(content: unknown, guarded = false) {
  const file = join(folder, `${number++}.json`)
  if (content !== undefined) writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return createPolicy({ file, log: recordedLog(), protected: guarded })
}

const forbidden = ['cleanup.run', 'cleanup.restore', 'cleanup.rehearse'] as const

describe('the policy of a machine', () => {
  it('leaves everything free where there is none', () => {
    const policy = policyOf(undefined)
    expect(policy.state()).toMatchObject({ managed: false, problem: null, updates: 'free', cleanup: 'free' })
    expect(policy.connection()).toBeNull()
    for (const name of forbidden) expect(policy.forbids(name)).toBe(false)
  })

  it('fixes what it names and leaves the rest', () => {
    const policy = policyOf({ version: 1, updates: 'off', cleanup: 'disabled', connection })
    expect(policy.state()).toMatchObject({
      ...{ managed: true, problem: null, language: null },
      ...{ updates: 'off', cleanup: 'disabled', connection: 'fixed' },
    })
    expect(policy.connection()).toEqual(connection)
    for (const name of forbidden) expect(policy.forbids(name)).toBe(true)
    for (const name of ['cleanup.history', 'cleanup.backups', 'dashboard.load', 'indexes.create'] as const)
      expect(policy.forbids(name)).toBe(false)
    expect(policyOf({ version: 1, language: 'en' }).state()).toMatchObject({ language: 'en', cleanup: 'free' })
  })

  it.each([
    ['no JSON', '{ "version": 1, ', 'notJson', ''],
    ['no object', '[]', 'invalid', ''],
    ['another version', { version: 2 }, 'invalid', 'version'],
    ['a name that nobody knows', { version: 1, clean: 'disabled' }, 'invalid', 'clean'],
    ['a wrong value', { version: 1, cleanup: false }, 'invalid', 'cleanup'],
    [
      'a connection with a mistake',
      { version: 1, connection: { ...connection, port: 'x' } },
      'invalid',
      'connection.port',
    ],
    ['an endless file', 'x'.repeat(100_000), 'unreadable', ''],
  ])('forbids what is in doubt when it holds %s, and says where', (_what, content, kind, fields) => {
    const policy = policyOf(content)
    expect(policy.state()).toMatchObject({
      ...{ problem: { kind, fields }, updates: 'off', cleanup: 'disabled', connection: 'locked' },
    })
    expect(policy.connection()).toBe('locked')
    for (const name of forbidden) expect(policy.forbids(name)).toBe(true)
  })

  it('keeps a connection that it names without doubt, whatever else is wrong', () => {
    const policy = policyOf({ version: 1, language: 'en', connection, updates: 'never' })
    expect(policy.connection()).toEqual(connection)
    expect(policy.state()).toMatchObject({ language: 'en', connection: 'fixed', updates: 'off', cleanup: 'disabled' })
  })

  it('never throws, and is never freer than the file without its mistakes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const policy = policyOf(value)
        const { problem, cleanup, updates } = policy.state()
        if (problem !== null) expect([cleanup, updates]).toEqual(['disabled', 'off'])
      }),
      { seed: 8, numRuns: 200 },
    )
  })

  it.skipIf(process.platform === 'win32')('is not followed freely when anybody else could have written it', () => {
    const policy = policyOf({ version: 1, connection })
    chmodSync(policy.state().file, 0o666)
    const again = createPolicy({ file: policy.state().file, log: recordedLog() })
    expect(again.state().problem?.kind).toBe('notProtected')
    expect(again.connection()).toBe('locked')
  })

  it('stands where only an administrator of the machine writes, and no installer', () => {
    expect(policyFile('linux', {})).toBe('/etc/podoskin-admin/policy.json')
    expect(policyFile('darwin', {})).toBe('/Library/Application Support/PodoSkin Admin/policy.json')
    expect(policyFile('win32', { ProgramW6432: 'D:\\Programs' })).toBe('D:\\Programs\\PodoSkin\\policy.json')
  })
})
