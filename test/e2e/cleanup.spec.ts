import { expect, test } from '#support/app.ts'
import { receptionist } from '#support/people.ts'
import { say } from '#support/words.ts'
import {
  choice,
  contents,
  count,
  decideSigns,
  goTo,
  heading,
  openCleanup,
  rehearseButton,
  settled,
  tabTo,
} from './cleanup-pages.ts'
import { dashboard, login } from './pages.ts'

test('an administrator rehearses the cleanup with the keyboard alone, and nothing changes', async ({
  demo: { page },
  clinic,
}) => {
  test.setTimeout(120_000)
  await openCleanup(page)
  const before = await contents(clinic)
  const next = (step: string) =>
    page.getByRole('button', {
      name: say('cleanup', 'wizard.next').replace('{{name}}', say('cleanup', `steps.${step}`)),
    })

  await tabTo(page, next('what'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'what')).toBeFocused()
  const signs = await page.locator('[data-choice^="guard."]').all()
  expect(signs.length).toBeGreaterThan(0)
  for (const sign of signs) {
    await expect(sign.getByRole('radio', { checked: true })).toHaveCount(0)
    await tabTo(page, sign.getByRole('radio').first())
    await page.keyboard.press('ArrowDown')
    await expect(sign.getByRole('radio', { name: say('cleanup', 'guard.delete') })).toBeChecked()
  }
  await settled(page)
  await tabTo(page, next('staff'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'staff')).toBeFocused()
  await expect(page.locator('[data-guide][data-found="true"]')).toHaveCount(4)
  await tabTo(page, next('rehearsal'))
  await page.keyboard.press('Enter')
  await expect(heading(page, 'rehearsal')).toBeFocused()
  await tabTo(page, rehearseButton(page))
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })

  await page.getByLabel(say('cleanup', 'outcome.onlyChanged')).uncheck()
  const shown: Record<string, { before: number; deleted: number; after: number }> = {}
  for (const row of await page.locator('[data-outcome-table]').all()) {
    const figure = (name: string) => count(row.locator(`[data-figure-of="${name}"]`))
    shown[(await row.getAttribute('data-outcome-table')) ?? ''] = {
      before: await figure('before'),
      deleted: await figure('deleted'),
      after: await figure('after'),
    }
  }
  for (const [table, rows] of Object.entries(before.rows)) {
    expect(shown[table]?.before, table).toBe(rows)
    expect((shown[table]?.deleted ?? 0) + (shown[table]?.after ?? 0), table).toBe(rows)
  }
  const emptied = ['pacientes', 'citas', 'detalle_cita', 'nota_clinica', 'pagos', 'facturas', 'gastos', 'cortes_caja']
  for (const table of emptied) expect(shown[`public.${table}`]?.after, table).toBe(0)
  for (const table of ['usuarios', 'podologos', 'roles', 'catalogo_servicios', 'auditoria'])
    expect(shown[`public.${table}`]?.deleted, table).toBe(0)
  const total = Object.values(shown).reduce((sum, { deleted }) => sum + deleted, 0)
  expect(await count(page.locator('[data-total="deleted"] b'))).toBe(total)
  expect(await count(page.locator('[data-total="patients"] dd'))).toBe(before.rows['public.pacientes'])
  expect(await contents(clinic)).toEqual(before)
})

test('the result says so when the database has changed since the rehearsal', async ({ demo: { page }, clinic }) => {
  await openCleanup(page)
  await decideSigns(page)
  await goTo(page, 'rehearsal')
  await rehearseButton(page).click()
  await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
  await expect(page.locator('[data-outcome="changed"]')).toHaveCount(0)
  await clinic.query('DELETE FROM gastos WHERE id = (SELECT max(id) FROM gastos)')
  await page.keyboard.press('F5')
  await expect(page.locator('[data-outcome="changed"]')).toContainText(say('cleanup', 'outcome.changed'))
})

test('the first step warns loudly where the clinic is the one in production', async ({ launch, clinic }) => {
  const { page } = await launch({ clinic, environment: 'production' })
  await openCleanup(page)
  await expect(page.getByRole('alert').filter({ hasText: say('cleanup', 'base.productionTitle') })).toBeVisible()
})

test('a receptionist is not offered the cleanup, and main refuses it', async ({ demo: { page, call } }) => {
  await login(page, receptionist.user, receptionist.password)
  await dashboard(page)
  await expect(page.getByRole('link', { name: say('common', 'nav.cleanup') })).toHaveCount(0)
  await page.evaluate(() => {
    location.hash = '#/cleanup'
  })
  await dashboard(page)
  expect((await call('cleanup.plan', { decisions: {} })).error?.code).toBe('FORBIDDEN_ROLE')
  expect((await call('jobs.list')).error?.code).toBe('FORBIDDEN_ROLE')
})

test('a table that nobody knows blocks the rehearsal until a person decides', async ({
  demo: { page, call },
  clinic,
}) => {
  const table = 'public."Encuestas de Salida"'
  await clinic.query(
    `CREATE TABLE ${table} (id serial PRIMARY KEY, id_paciente bigint REFERENCES pacientes (id), nota text)`,
  )
  await clinic.query(`INSERT INTO ${table} (id_paciente) SELECT id FROM pacientes ORDER BY id LIMIT 3`)
  await openCleanup(page)
  await decideSigns(page)
  await expect(choice(page, table)).toContainText(say('cleanup', 'what.needed'))

  await goTo(page, 'rehearsal')
  await expect(rehearseButton(page)).toBeDisabled()
  await page.locator('[data-part="blocked"]').getByRole('button').click()
  await expect(heading(page, 'what')).toBeFocused()
  await choice(page, table)
    .getByRole('radio', { name: say('cleanup', 'decision.clear') })
    .check()
  await settled(page)
  await expect(choice(page, table)).toContainText(say('cleanup', 'what.decided'))
  await goTo(page, 'rehearsal')
  await expect(rehearseButton(page)).toBeEnabled()

  // The page is not what stops it.
  const asked = await call('cleanup.rehearse', { decisions: {}, owner: null })
  const { id } = asked.value as { id: string }
  const job = async () => ((await call('jobs.list')).value as { id: string; error: unknown }[]).find((j) => j.id === id)
  await expect.poll(async () => (await job())?.error).toMatchObject({ code: 'CLEANUP_UNDECIDED' })
})

test('an incomplete staff wants a confirmation, and whoever cleans stays on the list', async ({
  demo: { page },
  clinic,
}) => {
  await clinic.query(`UPDATE usuarios SET nombre_usuario = 'otra.persona' WHERE nombre_usuario = 'ivette.martinez'`)
  await openCleanup(page)
  await decideSigns(page)
  await goTo(page, 'staff')
  await expect(page.locator('[data-guide="ivette.martinez"]')).toHaveAttribute('data-found', 'false')
  await page.locator('[data-users="deactivate"]').check()
  await settled(page)
  const me = page.locator('[data-user="adm.santiago.ornelas"]')
  await expect(me.getByRole('checkbox')).toBeChecked()
  await expect(me.getByRole('checkbox')).toBeDisabled()
  await expect(me).toContainText(say('cleanup', 'staffStep.you'))
  const other = page.locator('[data-user="otra.persona"]')
  await expect(other).toContainText(say('cleanup', 'staffStep.deactivated'))

  await goTo(page, 'rehearsal')
  await expect(rehearseButton(page)).toBeDisabled()
  await goTo(page, 'staff')
  await other.getByRole('checkbox').check()
  await settled(page)
  await expect(other).toContainText(say('cleanup', 'staffStep.kept'))
  await goTo(page, 'rehearsal')
  await expect(rehearseButton(page)).toBeEnabled()
})

test('a patient who is found and kept stays out of what is deleted', async ({ demo: { page }, clinic }) => {
  const [patient] = await clinic.query<{ id: string; name: string }>(
    `SELECT id::text AS id, primer_nombre AS name FROM pacientes ORDER BY id LIMIT 1`,
  )
  if (!patient) throw new Error('the clinic has no patient')
  await openCleanup(page)
  const all = await count(page.locator('[data-total="patients"] dd'))
  await goTo(page, 'staff')
  await page.getByLabel(say('cleanup', 'patients.search')).fill(patient.id)
  const row = page.locator(`[data-patient="${patient.id}"]`).first()
  await expect(row).not.toContainText(patient.name)
  await row.getByRole('button').click()
  await expect.poll(() => count(page.locator('[data-total="patients"] dd'))).toBe(all - 1)
  // What was decided is still there after looking elsewhere.
  await page.keyboard.press('ControlOrMeta+1')
  await dashboard(page)
  await page.keyboard.press('ControlOrMeta+3')
  await expect(heading(page, 'staff')).toBeVisible()
  const remove = say('cleanup', 'patients.removeName').split(' {{')[0] ?? ''
  await page.getByRole('button', { name: remove }).click()
  await expect.poll(() => count(page.locator('[data-total="patients"] dd'))).toBe(all)
})
