// Attack: somebody reads the workstation's files, its logs or the list of processes, looking for the database's
// password or a user's. Hole it needs: a password that was logged, stored in a settings file or passed as an argument.
// Invariant: what a person types as a password is in memory and in the system's keychain, nowhere else.
import { readFileSync } from 'node:fs'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { filesOf, formsOf, profileOf } from './secret-places.ts'

const wrongPassword = 'Equivocada-9f3e71c4'

test('no password is on the disk, in the log or in the arguments after a whole session', async ({
  plain: { app, page, call, close, userData },
  clinic,
}) => {
  const profile = profileOf(clinic)
  const { password } = clinic
  expect((await call('connection.test', { profile, id: null, password: wrongPassword })).ok).toBe(false)
  expect((await call('connection.test', { profile, id: null, password })).ok).toBe(true)
  const saved = await call('connection.save', { id: null, profile, password, remember: false })
  expect(saved.ok).toBe(true)
  expect(JSON.stringify(saved)).not.toContain(password)
  const { id } = saved.value as { id: string }
  expect((await call('connection.open', { id, password })).ok).toBe(true)
  expect((await call('session.login', { name: administrator.user, password: wrongPassword })).ok).toBe(false)
  expect((await call('session.login', { name: administrator.user, password: administrator.password })).ok).toBe(true)
  expect((await call('session.reauthenticate', { password: administrator.password })).ok).toBe(true)
  expect((await call('dashboard.load', { days: 30 })).ok).toBe(true)
  // A call that the contract refuses quotes what was typed in no log.
  await call('session.login', { name: administrator.user, password: administrator.password, extra: wrongPassword })

  const secrets = [password, administrator.password, wrongPassword]
  const told = JSON.stringify([
    await call('connection.state'),
    await call('session.current'),
    await call('shell.about'),
  ])
  const running = JSON.stringify(await app.evaluate(() => [process.argv, process.execArgv, process.title]))
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  await close()
  for (const [where, text] of Object.entries({ told, running, stored })) {
    for (const secret of secrets) expect(text.includes(secret), `a password ${where}`).toBe(false)
  }
  for (const file of filesOf(userData)) {
    const content = readFileSync(file)
    for (const secret of secrets) {
      for (const form of formsOf(secret)) expect(content.includes(form), `a password in ${file}`).toBe(false)
    }
  }
})
