import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { cleanUp, type Setting, setting } from './setting.ts'
import { passwords } from './staff.ts'

cleanUp()

async function codeOf(work: Promise<unknown> | unknown): Promise<string> {
  try {
    await work
    return 'ok'
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

async function fail(here: Setting, times: number, name = 'ivette.martinez'): Promise<string[]> {
  const codes: string[] = []
  for (let index = 0; index < times; index++) codes.push(await codeOf(here.login(name, 'x')))
  return codes
}

describe('tries at a password', () => {
  it('are five a minute; then even the right one waits', async () => {
    const here = await setting()
    expect(await fail(here, 6)).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'TOO_MANY_TRIES'])
    await expect(here.login('ivette.martinez', passwords.ivette)).rejects.toMatchObject({
      code: 'TOO_MANY_TRIES',
      params: { seconds: 60 },
    })
    expect(here.checks()).toBe(5)
    here.clock.time += 60_000
    await here.login('ivette.martinez', passwords.ivette)
    expect(await fail(here, 6)).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'TOO_MANY_TRIES'])
  })

  it('never exceed five when twenty come at once', async () => {
    const here = await setting()
    const codes = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        codeOf(here.login(index % 2 ? 'ibeth.martinez' : 'IBETH.Martinez ', 'x')),
      ),
    )
    expect(codes.filter((code) => code === 'WRONG_CREDENTIALS')).toHaveLength(5)
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES')).toHaveLength(15)
    expect(here.checks()).toBe(5)
  })

  it('count for unknown names just as for known ones', async () => {
    const here = await setting()
    expect(await fail(here, 6, 'nadie')).toEqual(await fail(here, 6, 'ibeth.martinez'))
  })

  it('wait after a restart of the app too', async () => {
    const here = await setting()
    await fail(here, 5)
    here.clock.time += 10_000
    const again = here.restarted()
    await expect(
      again.handlers['session.login']({ name: 'ivette.martinez', password: passwords.ivette }),
    ).rejects.toMatchObject({ code: 'TOO_MANY_TRIES', params: { seconds: 50 } })
  })

  it('do not count when the database could not be asked', async () => {
    const here = await setting()
    await here.database.close(1000)
    for (let tries = 0; tries < 8; tries++) {
      expect(await codeOf(here.login('ivette.martinez', 'x'))).not.toBe('TOO_MANY_TRIES')
    }
    expect(here.checks()).toBe(0)
  })

  it('count together for the lock screen and for typing the password again', async () => {
    const here = await setting()
    await here.login('ivette.martinez', passwords.ivette)
    const { handlers } = here.session
    const again = (password: string) => handlers['session.reauthenticate']({ password })
    const unlock = (password: string) => handlers['session.unlock']({ password })
    for (let tries = 0; tries < 3; tries++) expect(await codeOf(again('x'))).toBe('WRONG_CREDENTIALS')
    here.session.lock('asked')
    for (let tries = 0; tries < 2; tries++) expect(await codeOf(unlock('x'))).toBe('WRONG_CREDENTIALS')
    expect(await codeOf(unlock(passwords.ivette))).toBe('TOO_MANY_TRIES')
    expect(here.session.state().status).toBe('locked')
    here.clock.time += 60_000
    await unlock(passwords.ivette)
    expect(here.session.state().status).toBe('in')
  })
})
