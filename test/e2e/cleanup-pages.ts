import type { Locator, Page } from '@playwright/test'
import { expect } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import type { WindowClinic } from '#support/window-clinic.ts'
import { say } from '#support/words.ts'
import { dashboard, login } from './pages.ts'

const steps = ['database', 'what', 'staff', 'rehearsal', 'backup', 'confirm', 'result'] as const
export type Step = (typeof steps)[number]

/** Logs in as the administrator and opens the cleanup by its key. */
export async function openCleanup(page: Page): Promise<void> {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await page.keyboard.press('ControlOrMeta+3')
  await expect(page.getByRole('heading', { level: 1, name: say('cleanup', 'wizard.title') })).toBeFocused()
  await settled(page)
}

/** The plan on the screen is that of what was decided. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('[data-total="deleted"]')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('aside [data-stale]')).toHaveAttribute('data-stale', 'false', { timeout: 20_000 })
}

export async function goTo(page: Page, step: Step): Promise<void> {
  const number = String(steps.indexOf(step) + 1)
  const name = `${say('cleanup', 'wizard.stepNumber').replace('{{number}}', number)} ${say('cleanup', `steps.${step}`)}`
  await page.getByRole('button', { name }).click()
  await expect(heading(page, step)).toBeFocused()
}

export function heading(page: Page, step: Step) {
  const number = String(steps.indexOf(step) + 1)
  const name = say('cleanup', 'wizard.heading').replace('{{number}}', number)
  return page.getByRole('heading', { level: 2, name: name.replace('{{name}}', say('cleanup', `steps.${step}`)) })
}

/** A decision that the plan asks for, by its table or its sign. */
export function choice(page: Page, name: string) {
  return page.locator(`[data-choice=${JSON.stringify(name)}]`)
}

/** Decides every sign of real patients: they are no real ones. */
export async function decideSigns(page: Page): Promise<void> {
  await goTo(page, 'what')
  const signs = page.locator('[data-choice^="guard."]')
  await expect(signs.first()).toBeVisible()
  for (const sign of await signs.all()) {
    await sign.getByRole('radio', { name: say('cleanup', 'guard.delete') }).check()
  }
  await settled(page)
}

export function rehearseButton(page: Page) {
  return page.locator('[data-action="rehearse"]')
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const here = () => target.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 60; presses += 1) {
    if (await here()) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

/** What is written as a count on the screen. */
export async function count(cell: Locator): Promise<number> {
  return Number(((await cell.textContent()) ?? '').replace(/[^\d]/g, ''))
}

export interface Contents {
  /** Rows by table, asked from the database itself. */
  readonly rows: Readonly<Record<string, number>>
  /** Of every row of every table, and of where every sequence stands. */
  readonly prints: Readonly<Record<string, string>>
}

/** Everything that a rehearsal must leave as it was. */
export async function contents(clinic: WindowClinic): Promise<Contents> {
  const rows: Record<string, number> = {}
  const prints: Record<string, string> = {}
  const tables = await clinic.query<{ key: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS key FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  for (const { key } of tables) {
    const [found] = await clinic.query<{ rows: number; print: string }>(
      // The everyday login writes its own moment.
      `SELECT count(*)::int AS rows, md5(string_agg(r, '|' ORDER BY r)) AS print
       FROM (SELECT (to_jsonb(t) - 'ultimo_login')::text AS r FROM ${key} t) s`,
    )
    rows[key] = found?.rows ?? 0
    prints[key] = found?.print ?? ''
  }
  const sequences = await clinic.query<{ name: string; last: string | null }>(
    `SELECT schemaname || '.' || sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  )
  for (const { name, last } of sequences) prints[`sequence ${name}`] = last ?? 'none'
  return { rows, prints }
}
