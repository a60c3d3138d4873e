import { expect } from '@playwright/test'
import { cleanupStops } from './tour/cleanup.js'
import { charts, open, settings, words } from './tour/guide.js'

const session = words('es', 'session')
const deployment = words('es', 'deployment')
const monitoring = words('es', 'monitoring')

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
    title: "Monitoring: the server's sessions",
    documented: true,
    go: async ({ page, size }) => {
      await size(1280, 800)
      await open(page, 'monitoring')
      await expect(page.getByRole('tab', { selected: true })).toHaveText(monitoring.tabs.sessions)
      await charts(page, 2)
    },
  },
  {
    id: '07-log',
    title: "Monitoring: the backend's log",
    documented: true,
    go: async ({ page, application, log }) => {
      await application.evaluate(({ dialog }, file) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] })
      }, log)
      await page.getByRole('tab', { name: monitoring.tabs.log, exact: true }).click()
      await page.getByRole('button', { name: words('es', 'log').source.file, exact: true }).click()
      await expect(page.getByRole('option').first()).toContainText(/\w/)
      await charts(page, 3)
    },
  },
  {
    id: '08-diagnosis',
    title: 'Diagnosis: what is the matter',
    documented: true,
    go: async ({ page }) => {
      await open(page, 'diagnosis')
      await expect(page.locator('[data-symptom]').first()).toBeVisible()
    },
  },
  {
    id: '09-diagnosis-verdict',
    title: 'Diagnosis: the verdict',
    go: async ({ page }) => {
      await page.locator('[data-symptom="poolExhausted"]').click()
      await expect(page.locator('[data-verdict]:not([data-verdict="running"])')).toBeVisible({ timeout: 60_000 })
    },
  },
  {
    id: '10-users',
    title: 'Users',
    documented: true,
    go: async ({ page }) => {
      await open(page, 'users')
      await expect(page.getByRole('row').nth(1)).toBeVisible()
    },
  },
  {
    id: '11-settings',
    title: 'Settings',
    go: ({ page }) => open(page, 'settings'),
  },
  ...cleanupStops,
  {
    id: '30-deployment',
    title: 'Going live: the checklist',
    documented: true,
    go: async ({ page }) => {
      await open(page, 'deployment')
      await expect(page.locator('[data-part="score"]')).toBeVisible()
      await page.getByRole('button', { name: deployment.run.all, exact: true }).click()
      await expect(page.locator('[data-check="successFigures"]')).not.toHaveAttribute('data-status', 'pending', {
        timeout: 240_000,
      })
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '31-certificate',
    title: 'Going live: the certificate, with what is missing',
    documented: true,
    go: async ({ page }) => {
      await page.getByRole('button', { name: deployment.certificate.open, exact: true }).click()
      await expect(page.locator('article [data-part="missing"]')).toBeVisible()
    },
  },
  {
    id: '32-lock',
    title: 'Lock screen',
    go: async ({ page }) => {
      await page.keyboard.press('Control+l')
      await expect(page.getByRole('heading', { name: session.lock.title })).toBeVisible()
    },
  },
]
