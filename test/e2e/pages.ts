import type { Page } from '@playwright/test'
import { expect } from '#support/app.ts'
import { say } from '#support/words.ts'

/** Logs in as a person does. */
export async function login(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel(say('session', 'login.name')).fill(name)
  await page.getByLabel(say('session', 'login.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: say('session', 'login.submit'), exact: true }).click()
}

/** Waits until the dashboard shows its figures. */
export async function dashboard(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: say('dashboard', 'title') })).toBeVisible()
  await expect(figure(page, 'totalPatients')).toBeVisible()
}

/** One figure of the dashboard, by its name in the contract. */
export function figure(page: Page, name: string) {
  return page.locator(`[data-figure="${name}"]`)
}

/** The notice of an error, by its code. */
export function notice(page: Page, code: string) {
  return page.locator(`[role="alert"][data-code="${code}"]`)
}
