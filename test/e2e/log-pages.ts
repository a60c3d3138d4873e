import type { Page } from '@playwright/test'
import type { OpenApp } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { say } from '#support/words.ts'
import { dashboard, login, openTab, visit, willOpen } from './pages.ts'

/** Logs in as the administrator and opens the log in Monitoreo. */
export async function openLog(page: Page): Promise<void> {
  await login(page, administrator.user, administrator.password)
  await dashboard(page)
  await visit(page, 'monitoring')
  await openTab(page, 'log')
}

/** Chooses these files as a person does in the system's dialog. */
export async function chooseLog({ app, page }: OpenApp, ...paths: string[]): Promise<void> {
  await willOpen(app, ...paths)
  await page.getByRole('button', { name: say('log', 'source.file'), exact: true }).click()
}
