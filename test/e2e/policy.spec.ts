import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, login, visit } from './pages.ts'

test('what IT forbids is refused by main, and shown as managed in the settings', async ({ launch, clinic }) => {
  const policy = JSON.stringify({ version: 1, language: 'es', updates: 'off', cleanup: 'disabled' })
  const { page, call } = await launch({ clinic, policy, language: 'en' })
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  expect((await call('settings.save', { language: 'en' })).error?.code).toBe('MANAGED_BY_POLICY')
  expect((await call('cleanup.rehearse', {})).error?.code).toBe('MANAGED_BY_POLICY')
  await visit(page, 'settings')
  const section = page.getByRole('region', { name: say('policy', 'title') })
  await expect(section).toContainText(say('policy', 'cleanup'))
  await expect(section).toContainText(say('policy', 'updates'))
})

test('a policy with a mistake starts with a message, and opens no connection that it might forbid', async ({
  launch,
}) => {
  const { page, call } = await launch({ policy: '{ "version": 1, "conexion": {} }' })
  const problem = page.locator('[data-policy-problem="invalid"]')
  await expect(problem).toContainText(say('policy', 'problemTitle'))
  await expect(problem).toContainText('conexion')
  await expect(page.getByRole('button', { name: say('connection', 'list.add') })).toHaveCount(0)
  const profile = {
    ...{ name: 'x', environment: 'testing', host: '127.0.0.1', port: 1, database: 'x', user: 'x', tls: 'disable' },
    ...{ caFile: null, zone: 'America/Tijuana', schema: null, pool: { warm: 2, max: 5 } },
  }
  const saved = await call('connection.save', { id: null, profile, password: 'x', remember: false })
  expect(saved.error?.code).toBe('MANAGED_BY_POLICY')
})
