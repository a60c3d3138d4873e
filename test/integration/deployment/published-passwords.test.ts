import { beforeAll, describe, expect, it } from 'vitest'
import { publishedPasswordsCheck } from '#electron/deployment/checks/published-passwords.ts'
import { verifyPassword } from '#electron/session/password-hash.ts'
import { bcryptHash, pbkdf2Hash } from '#scripts/clinic/passwords.js'
import { dropClinicsAfterAll, type FreshClinic, freshClinic } from '#support/clinic.ts'
import { cleanUpChecklists, openChecks, probe } from './checklist.ts'

cleanUpChecklists()
dropClinicsAfterAll()

let shared: FreshClinic
beforeAll(async () => {
  shared = await freshClinic()
})

/** The clinic of this file, unless a test changes it. */
const open = (part = {}, clinic = shared) => openChecks(clinic, part)

describe('published passwords', () => {
  /** Hashes that cost little, so that only the rules are tried. */
  async function staff() {
    const clinic = await freshClinic()
    await clinic.client.query('UPDATE usuarios SET password_hash = $1', [pbkdf2Hash('a', 'larga y secreta', 1_000)])
    return open({}, clinic)
  }
  const publish = (hash: string, part = "nombre_usuario = 'ivette.martinez'") =>
    `UPDATE usuarios SET password_hash = '${hash}' WHERE ${part}`

  it('passes when no active user has one, and says how many were looked at', async () => {
    const { clinic, database, check, profile } = await staff()
    // Two hashes at their true cost, one of each kind.
    await clinic.client.query(publish(pbkdf2Hash('ivette', 'larga y secreta')))
    await clinic.client.query(publish(bcryptHash('ibeth', 'larga y secreta'), "nombre_usuario = 'ibeth.martinez'"))
    const outcome = await probe(check('publishedPasswords'), database, profile)
    expect(outcome.status).toBe('passed')
    expect(outcome.evidence).toContainEqual({ key: 'publishedUsers', kind: 'list', value: [] })
  })

  it('names the users who have one, and never the password', async () => {
    const { clinic, database, check, profile } = await staff()
    await clinic.client.query(publish(pbkdf2Hash('ivette', 'podoskin123', 1_000)))
    await clinic.client.query(
      publish(pbkdf2Hash('ibeth', 'ibeth.martinez', 1_000), "nombre_usuario = 'ibeth.martinez'"),
    )
    const outcome = await probe(check('publishedPasswords'), database, profile)
    expect(outcome).toMatchObject({ status: 'failed', hint: { code: 'changePasswords', params: { count: 2 } } })
    expect(outcome.evidence).toContainEqual({
      ...{ key: 'publishedUsers', kind: 'list' },
      value: ['ibeth.martinez', 'ivette.martinez'],
    })
    expect(JSON.stringify(outcome)).not.toContain('podoskin123')
  })

  it('leaves out who may not log in', async () => {
    const { clinic, database, check, profile } = await staff()
    await clinic.client.query(publish(pbkdf2Hash('ivette', 'podoskin123', 1_000)))
    await clinic.client.query("UPDATE usuarios SET activo = false WHERE nombre_usuario = 'ivette.martinez'")
    expect((await probe(check('publishedPasswords'), database, profile)).status).toBe('passed')
  })

  it('warns of hashes that nobody can examine', async () => {
    const { clinic, database, check, profile } = await staff()
    await clinic.client.query(publish('$argon2id$v=19$m=65536$abc$def'))
    expect(await probe(check('publishedPasswords'), database, profile)).toMatchObject({
      ...{ status: 'warning', hint: { code: 'unreadableHashes', params: { count: 1 } } },
    })
  })

  it('is grey when its time ran out, and when there is nobody to look at', async () => {
    const { clinic, database, profile } = await staff()
    const hurried = publishedPasswordsCheck(verifyPassword, 0)
    expect(await probe(hurried, database, profile)).toMatchObject({
      status: 'notVerifiable',
      hint: { code: 'usersLeft' },
    })
    await clinic.client.query('UPDATE usuarios SET activo = false')
    expect(await probe(hurried, database, profile)).toMatchObject({
      status: 'notVerifiable',
      hint: { code: 'noUsers' },
    })
  })
})
