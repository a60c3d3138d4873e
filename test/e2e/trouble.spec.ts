import { once } from 'node:events'
import { expect, type OpenApp, test } from '#support/app.ts'
import { say } from '#support/words.ts'

const told = ({ page }: OpenApp) => page.locator('[data-trouble]')

test('a program that was killed explains itself at its next start, and not at the one after', async ({ launch }) => {
  const first = await launch()
  await expect(told(first)).toHaveCount(0)
  const killed = first.app.process()
  const gone = once(killed, 'exit')
  killed.kill('SIGKILL')
  await gone

  const second = await launch({ userData: first.userData })
  await expect(told(second)).toHaveAttribute('data-trouble', 'app')
  const notice = second.page.getByRole('alert').filter({ has: told(second) })
  await expect(notice).toContainText(say('common', 'trouble.appTitle'))
  await expect(notice).toContainText('podoskin-admin.log')
  // It stays for hours, and follows the language meanwhile.
  await second.call('settings.save', { language: 'en' })
  await expect(notice).toContainText(say('common', 'trouble.appTitle', 'en'))
  await expect(notice.getByRole('button', { name: say('common', 'action.close', 'en') })).toBeVisible()
  await second.call('settings.save', { language: 'es' })
  await expect(notice).toContainText(say('common', 'trouble.appTitle'))
  expect(second.log()).toMatch(/ warn app\.endedOutOfOrder at=\d{4}-/)
  await notice.getByRole('button', { name: say('common', 'trouble.copy') }).click()
  await expect.poll(() => second.app.evaluate(({ clipboard }) => clipboard.readText())).toContain('podoskin-admin.log')
  await notice.getByRole('button', { name: say('common', 'action.close') }).click()
  await expect(told(second)).toHaveCount(0)
  await second.close()

  const third = await launch({ userData: first.userData })
  expect((await third.call('shell.trouble')).value).toBeNull()
  await expect(told(third)).toHaveCount(0)
})
