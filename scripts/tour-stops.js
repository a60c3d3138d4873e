import { expect } from '@playwright/test'
import { cleanupStops } from './tour/cleanup.js'
import { charts, press, settings, words } from './tour/guide.js'

const session = words('es', 'session')
const deployment = words('es', 'deployment')

/** The whole tour, in its order. @type {readonly import('./tour/guide.js').Stop[]} */
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
  ...cleanupStops,
  {
    id: '19-deployment',
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
    id: '20-certificate',
    title: 'Going live: the certificate, with what is missing',
    documented: true,
    go: async ({ page }) => {
      await page.getByRole('button', { name: deployment.certificate.open, exact: true }).click()
      await expect(page.locator('article [data-part="missing"]')).toBeVisible()
    },
  },
  {
    id: '30-lock',
    title: 'Lock screen',
    go: async ({ page }) => {
      await press(page, 'l')
      await expect(page.getByRole('heading', { name: session.lock.title })).toBeVisible()
    },
  },
]
