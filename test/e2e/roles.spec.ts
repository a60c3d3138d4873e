import { randomBytes } from 'node:crypto'
import { expect, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { dashboard, login, visit } from './pages.ts'

test('the SQL that Ajustes shows makes a role that works every day and owns nothing', async ({
  demo,
  clinic,
  launch,
}) => {
  test.setTimeout(120_000)
  const { page, call } = demo
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await visit(page, 'settings')
  await expect(page.locator('[data-roles="owns"]')).toContainText(clinic.user)
  const sql = await page.locator('[data-roles="sql"]').textContent()
  const { value } = await call('connection.roles')
  const advice = value as { readonly everyday: string; readonly sql: string; readonly monitor: string }
  expect(sql).toBe(advice.sql)
  expect(sql).not.toContain(clinic.password)
  expect(sql).not.toMatch(/password/i)
  await demo.close()

  const password = randomBytes(9).toString('hex')
  try {
    for (const statement of [...advice.sql.split('\n'), advice.monitor]) await clinic.query(statement)
    // What `\password` sends, but for the hash.
    await clinic.query(`ALTER ROLE ${advice.everyday} PASSWORD '${password}'`)
    await clinic.query('CREATE TABLE de_manana (id int)')
    const everyday = await launch({ clinic: { ...clinic, user: advice.everyday, password } })
    await login(everyday.page, administrator.user, administrator.password)
    await dashboard(everyday.page)
    await visit(everyday.page, 'settings')
    await expect(everyday.page.locator('[data-roles="everyday"]')).toContainText(advice.everyday)
    const plan = await everyday.call('cleanup.plan', { decisions: {} })
    const refusals = (plan.value as { readonly refusals: readonly { readonly code: string }[] }).refusals
    expect(refusals.map(({ code }) => code)).toContain('NOT_OWNER')
    const [rights] = await clinic.query<{ reads: boolean; deletes: boolean }>(
      `SELECT has_table_privilege($1, 'de_manana', 'SELECT') AS reads, has_table_privilege($1, 'pacientes', 'DELETE') AS deletes`,
      [advice.everyday],
    )
    expect(rights).toMatchObject({ reads: true, deletes: false })
    await everyday.close()
  } finally {
    await clinic.query(`DROP OWNED BY ${advice.everyday}`)
    await clinic.query(`DROP ROLE ${advice.everyday}`)
  }
})
