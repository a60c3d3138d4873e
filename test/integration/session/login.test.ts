import { describe, expect, it, vi } from 'vitest'
import { cleanUp, setting } from './setting.ts'
import { passwords } from './staff.ts'

cleanUp()
const wrong = { code: 'WRONG_CREDENTIALS', params: {} }
const readOnly = ['USAGE ON SCHEMA public', 'SELECT ON ALL TABLES IN SCHEMA public']

describe('a person of the clinic logs in', () => {
  it.each([
    ['ivette.martinez', passwords.ivette],
    ['IVETTE.Martinez', passwords.ivette],
    [' Ivette.Martinez@PodoSkin.example ', passwords.ivette],
    ['dr.santiago.ornelas', passwords.santiago],
    ['+52 (686) 555-01 02', passwords.santiago],
    ['6865550102', passwords.santiago],
    ['686 555 0102', passwords.santiago],
    ['5216865550102', passwords.santiago],
  ])('as «%s»', async (name, password) => {
    const { login, session } = await setting()
    await login(name, password)
    expect(session.state().status).toBe('in')
  })

  it('and is told who the database says they are', async () => {
    const { login, session } = await setting()
    await login('ivette.martinez', passwords.ivette)
    expect(session.state()).toEqual({
      status: 'in',
      user: {
        id: '1',
        userName: 'ivette.martinez',
        fullName: 'Ivette Martinez',
        roleName: 'Admin',
        role: 'admin',
      },
    })
  })

  it.each([
    ['a text column for the role', { role: 'text' }],
    ['a text column and lower case', { role: 'text', roleNames: (name: string) => name.toLowerCase() }],
    ['roles in capitals', { roleNames: (name: string) => name.toUpperCase() }],
    ['roles with spaces around', { roleNames: (name: string) => ` ${name} ` }],
    ['no podologos', { without: ['podologos'] }],
    ['hardly a column', { without: ['email', 'nombre_completo', 'ultimo_login', 'podologos'] }],
  ] as const)('where the installation has %s', async (_what, drift) => {
    const { login, session } = await setting(drift)
    await login('ivette.martinez', passwords.ivette)
    expect(session.state()).toMatchObject({ user: { role: 'admin' } })
    await login('ibeth.martinez', passwords.ibeth)
    expect(session.state()).toMatchObject({ user: { role: 'member' } })
    await expect(login('6860000000', 'nadie')).rejects.toMatchObject(wrong)
  })

  it('where nobody is ever deactivated, because there is no column for it', async () => {
    const { login, session } = await setting({ without: ['activo'] })
    await login('inactiva', passwords.inactiva)
    expect(session.state().status).toBe('in')
  })

  it('under a role that may only read, and the refused note is logged once', async () => {
    const { login, session, log } = await setting({}, { grants: readOnly })
    const notes = () => log.entries.filter(({ event }) => event === 'session.loginNotRecorded')
    await login('ivette.martinez', passwords.ivette)
    expect(session.state().status).toBe('in')
    await vi.waitFor(() => expect(notes()).toHaveLength(1))
    await login('ivette.martinez', passwords.ivette)
    await login('ibeth.martinez', passwords.ibeth)
    expect(notes()).toMatchObject([{ fields: { code: 'PRIVILEGE_MISSING' } }])
  })

  it('and the time is written in the clinic’s zone', async () => {
    const { login, clinic } = await setting({}, { zone: 'Asia/Tokyo' })
    await login('ivette.martinez', passwords.ivette)
    await vi.waitFor(async () => {
      const { rows } = await clinic.client.query(`SELECT
        abs(extract(epoch FROM ultimo_login - now() AT TIME ZONE 'Asia/Tokyo')) < 60 AS noted
        FROM usuarios WHERE nombre_usuario = 'ivette.martinez'`)
      expect(rows).toEqual([{ noted: true }])
    })
    const { rows } = await clinic.client.query('SELECT count(ultimo_login)::int AS noted FROM usuarios')
    expect(rows).toEqual([{ noted: 1 }])
  })

  it('even while the row of the user is locked by somebody else', async () => {
    const { login, session, clinic } = await setting()
    await clinic.client.query('BEGIN')
    await clinic.client.query('SELECT FROM usuarios FOR UPDATE')
    await login('ivette.martinez', passwords.ivette)
    expect(session.state().status).toBe('in')
    await clinic.client.query('ROLLBACK')
  })
})

describe('a login is refused', () => {
  it('in the same words and for the same work, whatever was wrong', async () => {
    const { login, checks, clinic, log } = await setting()
    await clinic.client.query(`
      UPDATE usuarios SET password_hash = 'md5aab3238922bcc25a6f606eb525ffdc56' WHERE nombre_usuario = 'ibeth.martinez'`)
    const failures = [
      ['nadie', 'x'],
      ['nadie@podoskin.example', passwords.ivette],
      ['6861112233', 'x'],
      ['ivette.martinez', 'x'],
      ['dr.santiago.ornelas', passwords.ivette],
      ['inactiva', 'x'],
      ['ibeth.martinez', passwords.ibeth],
    ] as const
    for (const [index, [name, password]] of failures.entries()) {
      await expect(login(name, password)).rejects.toMatchObject(wrong)
      expect(checks()).toBe(index + 1)
    }
    expect(log.text()).not.toMatch(/martinez|ornelas|nadie|6861112233/)
    expect(log.entries.filter(({ fields }) => fields.reason === 'PASSWORD_HASH_UNSUPPORTED')).toHaveLength(1)
  })

  it('when a hash asks for absurd work, without doing it', async () => {
    const { login, clinic } = await setting()
    const { rows } = await clinic.client.query(
      `UPDATE usuarios SET password_hash = replace(password_hash, '$1000$', '$900000000$')
       WHERE nombre_usuario = 'ivette.martinez' RETURNING password_hash LIKE '%$900000000$%' AS absurd`,
    )
    expect(rows).toEqual([{ absurd: true }])
    const start = performance.now()
    await expect(login('ivette.martinez', passwords.ivette)).rejects.toMatchObject(wrong)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('when the user is inactive, and says so only to who knows the password', async () => {
    const { login, session } = await setting()
    await expect(login('inactiva', 'x')).rejects.toMatchObject(wrong)
    await expect(login('inactiva', passwords.inactiva)).rejects.toMatchObject({ code: 'USER_INACTIVE' })
    expect(session.state()).toEqual({ status: 'out' })
  })

  it('when two users go by that name', async () => {
    const { login, clinic, session } = await setting()
    await clinic.client.query(`INSERT INTO podologos (telefono, id_usuario)
      SELECT '686-555-0102', id FROM usuarios WHERE nombre_usuario = 'ivette.martinez'`)
    await expect(login('6865550102', passwords.ivette)).rejects.toMatchObject(wrong)
    await expect(login('6865550102', passwords.santiago)).rejects.toMatchObject(wrong)
    await clinic.client.query(`UPDATE usuarios SET email = 'ibeth.martinez' WHERE nombre_usuario = 'inactiva'`)
    await expect(login('ibeth.martinez', passwords.ibeth)).rejects.toMatchObject(wrong)
    await login('dr.santiago.ornelas', passwords.santiago)
    expect(session.state().status).toBe('in')
  })

  it('unless only capitals part two user names: then they decide', async () => {
    const { login, clinic, session } = await setting()
    await clinic.client.query(`INSERT INTO usuarios (nombre_usuario, password_hash, nombre_completo, email, activo)
      SELECT 'IVETTE.MARTINEZ', password_hash, 'Otra', 'otra@podoskin.example', true
      FROM usuarios WHERE nombre_usuario = 'ibeth.martinez'`)
    await login('IVETTE.MARTINEZ', passwords.ibeth)
    expect(session.state()).toMatchObject({ user: { fullName: 'Otra', role: 'member' } })
    await login('ivette.martinez', passwords.ivette)
    expect(session.state()).toMatchObject({ user: { role: 'admin' } })
    await expect(login('Ivette.Martinez', passwords.ivette)).rejects.toMatchObject(wrong)
  })

  it('when the name tries to be SQL or a pattern', async () => {
    const { login } = await setting()
    for (const name of [`' OR '1'='1`, '%', 'ivette_martinez', '%@%', '$1', '\\']) {
      await expect(login(name, passwords.ivette)).rejects.toMatchObject(wrong)
    }
  })

  it('when the role may not read the users', async () => {
    const { clinic } = await setting()
    const { openDatabase } = await import('#electron/database/open.ts')
    await expect(openDatabase(await clinic.role())).rejects.toMatchObject({ code: 'PRIVILEGE_MISSING' })
  })
})
