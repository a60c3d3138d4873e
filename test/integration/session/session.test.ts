import { describe, expect, it } from 'vitest'
import type { SessionState } from '#shared/session.ts'
import { cleanUp, type Setting, setting } from './setting.ts'
import { passwords } from './staff.ts'

cleanUp()
const minute = 60_000

async function loggedIn(name: 'ivette.martinez' | 'ibeth.martinez' = 'ivette.martinez'): Promise<Setting> {
  const here = await setting()
  await here.login(name, name === 'ivette.martinez' ? passwords.ivette : passwords.ibeth)
  return here
}
const change = ({ clinic }: Setting, set: string) =>
  clinic.client.query(`UPDATE usuarios SET ${set} WHERE nombre_usuario = 'ivette.martinez'`)

describe('a session', () => {
  it('locks after ten minutes without activity, not a moment before', async () => {
    const { session, clock } = await loggedIn()
    clock.time += 10 * minute - 1
    expect(session.state().status).toBe('in')
    await session.handlers['session.activity'](undefined)
    clock.time += 10 * minute - 1
    expect(session.state().status).toBe('in')
    clock.time += 1
    expect(session.state()).toMatchObject({ status: 'locked', reason: 'idle' })
  })

  it('is found locked by activity that comes too late, as after the laptop slept', async () => {
    const { session, clock } = await loggedIn()
    clock.time += 60 * minute
    expect(() => session.handlers['session.activity'](undefined)).toThrow('SESSION_LOCKED')
    expect(session.state()).toMatchObject({ status: 'locked', reason: 'idle' })
  })

  it('locks with the screen, keeps its first reason, and opens with the password', async () => {
    const { session } = await loggedIn()
    const heard: SessionState['status'][] = []
    const stop = session.onChange(({ status }) => heard.push(status))
    session.lock('screen')
    session.lock('asked')
    expect(session.state()).toMatchObject({ status: 'locked', reason: 'screen' })
    const { handlers } = session
    await expect(handlers['session.unlock']({ password: 'x' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect(session.state().status).toBe('locked')
    await handlers['session.unlock']({ password: passwords.ivette })
    expect(session.state().status).toBe('in')
    stop()
    await handlers['session.logout'](undefined)
    expect(heard).toEqual(['locked', 'in'])
  })

  it('opens again as what the user is by now', async () => {
    const here = await loggedIn()
    here.session.lock('asked')
    await change(here, `id_rol = (SELECT id FROM roles WHERE nombre_rol = 'Recepcionista')`)
    await here.session.handlers['session.unlock']({ password: passwords.ivette })
    expect(here.session.state()).toMatchObject({ status: 'in', user: { role: 'member', roleName: 'Recepcionista' } })
  })

  it('ends at the lock screen when the user was deactivated or removed meanwhile', async () => {
    const here = await loggedIn()
    here.session.lock('asked')
    await change(here, 'activo = false')
    const unlock = () => here.session.handlers['session.unlock']({ password: passwords.ivette })
    await expect(unlock()).rejects.toMatchObject({ code: 'USER_INACTIVE' })
    expect(here.session.state()).toEqual({ status: 'out' })
    await expect(unlock()).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })

    const other = await loggedIn()
    other.session.lock('asked')
    await other.clinic.client.query(`DELETE FROM usuarios WHERE nombre_usuario = 'ivette.martinez'`)
    await expect(other.session.handlers['session.unlock']({ password: passwords.ivette })).rejects.toMatchObject({
      code: 'NOT_LOGGED_IN',
    })
    expect(other.session.state()).toEqual({ status: 'out' })
  })

  it('is fresh for five minutes after the password was typed again, and not once it was locked', async () => {
    const { session, clock } = await loggedIn()
    const again = (password: string) => session.handlers['session.reauthenticate']({ password })
    expect(session.isFresh()).toBe(false)
    await expect(again('x')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect(session.isFresh()).toBe(false)
    await again(passwords.ivette)
    clock.time += 5 * minute - 1
    expect(session.isFresh()).toBe(true)
    clock.time += 1
    expect(session.isFresh()).toBe(false)
    await again(passwords.ivette)
    session.lock('asked')
    await session.handlers['session.unlock']({ password: passwords.ivette })
    expect(session.isFresh()).toBe(false)
  })

  it('names a hash that nobody can read when the person is known already', async () => {
    const here = await loggedIn()
    await change(here, `password_hash = '$argon2id$v=19$m=65536'`)
    await expect(here.session.handlers['session.reauthenticate']({ password: passwords.ivette })).rejects.toMatchObject(
      { code: 'PASSWORD_HASH_UNSUPPORTED' },
    )
    expect(here.session.state().status).toBe('in')
  })

  it('is checked again before anything that writes', async () => {
    const here = await loggedIn()
    await here.session.recheck()
    await change(here, `nombre_completo = 'Ivette M.'`)
    await here.session.recheck()
    expect(here.session.state()).toMatchObject({ user: { fullName: 'Ivette M.' } })
    here.session.lock('asked')
    await expect(here.session.recheck()).rejects.toMatchObject({ code: 'SESSION_LOCKED' })
    here.session.end()
    await expect(here.session.recheck()).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
  })

  it.each([
    ['an administrator who is none any more', `id_rol = NULL`, 'FORBIDDEN_ROLE'],
    ['who was deactivated', 'activo = false', 'USER_INACTIVE'],
  ])('ends for %s', async (_who, set, code) => {
    const here = await loggedIn()
    await change(here, set)
    await expect(here.session.recheck()).rejects.toMatchObject({ code })
    expect(here.session.state()).toEqual({ status: 'out' })
  })

  it('does not begin when the connection changed while the password was checked', async () => {
    const here = await setting()
    const login = here.login('ivette.martinez', passwords.ivette)
    here.session.end()
    await expect(login).rejects.toMatchObject({ code: 'NOT_CONNECTED' })
    expect(here.session.state()).toEqual({ status: 'out' })
  })

  it('does not come back when it ended while it was being unlocked', async () => {
    const here = await loggedIn()
    here.session.lock('screen')
    const unlock = here.session.handlers['session.unlock']({ password: passwords.ivette })
    here.session.end()
    await expect(unlock).rejects.toMatchObject({ code: 'NOT_LOGGED_IN' })
    expect(here.session.state()).toEqual({ status: 'out' })
  })
})
