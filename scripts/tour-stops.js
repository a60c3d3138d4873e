import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { root } from './process.js'

/**
 * @typedef {object} Guide
 * @property {import('@playwright/test').ElectronApplication} application
 * @property {import('@playwright/test').Page} page
 * @property {import('./demo-clinic.js').Demo} demo
 * @property {(width: number, height: number) => Promise<void>} size
 *
 * @typedef {object} Stop
 * @property {string} id also the name of its picture
 * @property {string} title
 * @property {boolean} [documented] whether the documents show its picture
 * @property {(guide: Guide) => Promise<void>} go
 */

/** @param {'es' | 'en'} language @param {string} feature */
const words = (language, feature) =>
  JSON.parse(readFileSync(join(root, 'shared', 'locales', language, `${feature}.json`), 'utf8'))

/** @param {Guide['page']} page @param {object} change */
async function settings(page, change) {
  const result = await page.evaluate(
    (value) => /** @type {any} */ (globalThis).podoskin.call('settings.save', value),
    change,
  )
  expect(result.ok).toBe(true)
}

/** The page has drawn its charts, and no pointer rests on them. @param {Guide['page']} page @param {number} count */
async function charts(page, count) {
  await page.mouse.move(0, 0)
  await expect(page.locator('.recharts-surface')).toHaveCount(count, { timeout: 15_000 })
  await expect(page.locator('.recharts-surface').first()).toBeVisible()
}

/** @param {Guide['page']} page @param {string} key of a page, as in the menu */
const press = (page, key) => page.keyboard.press(`Control+${key}`)

const session = words('es', 'session')
const cleanup = words('es', 'cleanup')
const deployment = words('es', 'deployment')

/** The plan on the screen is that of what was decided. @param {Guide['page']} page */
async function planned(page) {
  await expect(page.locator('aside [data-stale]')).toHaveAttribute('data-stale', 'false', { timeout: 60_000 })
}

/** @param {Guide['page']} page @param {'what' | 'staff' | 'rehearsal'} name of a step of the cleanup */
async function step(page, name) {
  await page.getByRole('button', { name: cleanup.wizard.next.replace('{{name}}', cleanup.steps[name]) }).click()
  await expect(page.locator(`[data-step="${name}"]`)).toBeVisible()
}

/** @type {readonly Stop[]} */
export const stops = [
  {
    id: '01-login',
    title: 'Login',
    documented: true,
    go: async ({ page }) => {
      await expect(page.getByRole('button', { name: session.login.submit })).toBeVisible({ timeout: 20_000 })
    },
  },
  {
    id: '02-login-refused',
    title: 'Login, wrong password',
    go: async ({ page, demo }) => {
      await page.getByLabel(session.login.name).fill(demo.credentials[0]?.user ?? '')
      await page.getByLabel(session.login.password, { exact: true }).fill('not the password')
      await page.getByRole('button', { name: session.login.submit }).click()
      await expect(page.getByRole('alert')).toBeVisible()
    },
  },
  {
    id: '03-dashboard',
    title: 'Dashboard',
    documented: true,
    go: async ({ page, demo }) => {
      await page.getByLabel(session.login.password, { exact: true }).fill(demo.credentials[0]?.password ?? '')
      await page.getByRole('button', { name: session.login.submit }).click()
      await charts(page, 2)
    },
  },
  {
    id: '04-dashboard-dark-english',
    title: 'Dashboard, dark, in English',
    documented: true,
    go: async ({ page }) => {
      await settings(page, { language: 'en', appearance: 'dark' })
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('en', 'dashboard').title)
      await charts(page, 2)
    },
  },
  {
    id: '05-dashboard-small',
    title: 'Dashboard in the smallest window',
    go: async ({ page, size }) => {
      await settings(page, { language: 'es', appearance: 'light' })
      await size(1024, 700)
      await charts(page, 2)
    },
  },
  {
    id: '06-monitoring',
    title: 'Monitoring: our pool',
    documented: true,
    go: async ({ page, size }) => {
      await size(1280, 800)
      await press(page, '4')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('es', 'monitoring').title)
      await charts(page, 1)
    },
  },
  {
    id: '07-users',
    title: 'Users',
    documented: true,
    go: async ({ page }) => {
      await press(page, '5')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('es', 'users').title)
      await expect(page.getByRole('row').nth(1)).toBeVisible()
    },
  },
  {
    id: '08-settings',
    title: 'Settings',
    go: async ({ page }) => {
      await press(page, '6')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(words('es', 'settings').title)
    },
  },
  {
    id: '09-cleanup-database',
    title: 'Cleanup: which database',
    go: async ({ page }) => {
      await press(page, '3')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(cleanup.wizard.title)
      await planned(page)
    },
  },
  {
    id: '10-cleanup-what',
    title: 'Cleanup: what is deleted',
    documented: true,
    go: async ({ page }) => {
      await step(page, 'what')
      const signs = page.locator('[data-choice^="guard."]')
      for (const sign of await signs.all()) await sign.getByRole('radio', { name: cleanup.guard.delete }).check()
      await planned(page)
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '11-cleanup-staff',
    title: 'Cleanup: who stays',
    go: async ({ page }) => {
      await step(page, 'staff')
      await expect(page.locator('[data-guide]')).toHaveCount(4)
      await expect(page.locator('[data-user]').first()).toBeVisible()
    },
  },
  {
    id: '12-cleanup-rehearsal',
    title: 'Cleanup: the rehearsal',
    documented: true,
    go: async ({ page, demo }) => {
      await step(page, 'rehearsal')
      const password = page.getByLabel(cleanup.rehearsal.ownerPassword, { exact: true })
      if (await password.isVisible()) {
        await page.getByLabel(cleanup.rehearsal.ownerUser).fill(demo.owner.user)
        await password.fill(demo.owner.password)
      }
      await page.locator('[data-action="rehearse"]').click()
      await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 120_000 })
      await planned(page)
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '13-deployment',
    title: 'Going live: the checklist',
    documented: true,
    go: async ({ page }) => {
      await press(page, '2')
      await expect(page.locator('[data-part="score"]')).toBeVisible()
      await page.getByRole('button', { name: deployment.run.all, exact: true }).click()
      await expect(page.locator('[data-check="successFigures"]')).not.toHaveAttribute('data-status', 'pending', {
        timeout: 240_000,
      })
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '14-certificate',
    title: 'Going live: the certificate, with what is missing',
    documented: true,
    go: async ({ page }) => {
      await page.getByRole('button', { name: deployment.certificate.open, exact: true }).click()
      await expect(page.locator('article [data-part="missing"]')).toBeVisible()
    },
  },
  {
    id: '15-lock',
    title: 'Lock screen',
    go: async ({ page }) => {
      await press(page, 'l')
      await expect(page.getByRole('heading', { name: session.lock.title })).toBeVisible()
    },
  },
]
