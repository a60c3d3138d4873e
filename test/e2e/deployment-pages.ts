import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { demoCredentials } from '#scripts/clinic/clinic.js'
import type { CheckId, CheckStatus } from '#shared/deployment.ts'
import { expect } from '#support/app.ts'
import { say } from '#support/words.ts'
import { dashboard, login } from './pages.ts'

/** Logs an administrator in and opens Puesta en producción by its menu item. */
export async function openChecklist({ page, app }: { page: Page; app: ElectronApplication }): Promise<void> {
  const admin = demoCredentials.find(({ role }) => role === 'Admin')
  if (!admin) throw new Error('the demo clinic has no administrator')
  await login(page, admin.user, admin.password)
  await dashboard(page)
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go.deployment')?.click())
  await expect(page.locator('[data-part="score"]')).toBeVisible()
}

/** The line of a check. */
export function line(page: Page, check: CheckId): Locator {
  return page.locator(`[data-check="${check}"]`)
}

/** Runs one check by its own button and waits for what it finds. */
export async function verify(page: Page, check: CheckId, status: CheckStatus): Promise<void> {
  await line(page, check)
    .getByRole('button', {
      name: say('deployment', 'run.oneOf').replace('{{check}}', say('checks', `check.${check}.title`)),
    })
    .click()
  await expect(line(page, check)).toHaveAttribute('data-status', status, { timeout: 30_000 })
}

/** Opens the line of a check. */
export async function openLine(page: Page, check: CheckId): Promise<Locator> {
  const toggle = line(page, check).locator('button[aria-expanded]')
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  return line(page, check)
}
