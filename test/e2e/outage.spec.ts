import pg from 'pg'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { ownClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { dashboard, figure, login } from './pages.ts'

test('when the server dies the dashboard keeps its figures, says that they are old, and recovers by itself', async ({
  folder,
  launch,
}) => {
  test.setTimeout(120_000)
  const own = await ownClinic(folder)
  try {
    const { page, call } = await launch({ clinic: own.target })
    await login(page, administrator.user, administrator.password)
    await dashboard(page)
    const before = await figure(page, 'totalPatients').textContent()

    await own.server.kill()
    await page.keyboard.press('F5')
    const card = page.getByRole('region', { name: say('dashboard', 'card.patients') })
    await expect(card).toHaveAttribute('data-stale', 'true', { timeout: 15_000 })
    expect(await figure(page, 'totalPatients').textContent()).toBe(before)
    await expect(
      page
        .getByRole('alert')
        .filter({ hasText: say('common', 'error.happened') })
        .or(page.locator('[role="alert"][data-code]'))
        .first(),
    ).toBeVisible()

    await own.server.start()
    await page.getByRole('button', { name: say('common', 'action.retry') }).click()
    await expect(card).toHaveAttribute('data-stale', 'false', { timeout: 15_000 })
    const figures = await call('monitoring.pool')
    expect(figures).toMatchObject({ ok: true, value: { open: true, leaks: 0 } })
    const client = new pg.Client(own.target)
    await client.connect()
    const { rows } = await client.query(
      `SELECT count(*)::int AS stuck FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'`,
    )
    await client.end()
    expect(rows[0].stuck).toBe(0)
  } finally {
    await own.remove()
  }
})
