import type { ElectronApplication, Page } from '@playwright/test'
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

/** Goes to a page by its link at the side. */
export async function visit(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: say('common', `nav.${name}`), exact: true })
    .click()
}

/** Opens a tab of Monitoreo, which must be on the screen. */
export async function openTab(page: Page, name: 'sessions' | 'pool' | 'log' | 'indexes'): Promise<void> {
  await page.getByRole('tab', { name: say('monitoring', `tabs.${name}`), exact: true }).click()
}

/** Types the password on the lock screen. */
export async function unlock(page: Page, password: string): Promise<void> {
  await page.getByLabel(say('session', 'login.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: say('session', 'lock.submit') }).click()
}

/** What the system's own dialog for opening answers from now on: the one thing that no test can press. */
export async function willOpen(app: ElectronApplication, ...paths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...filePaths] })
  }, paths)
}

/** What the system's own dialog for saving answers from now on. */
export async function willSave(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
}
