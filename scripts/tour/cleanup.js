import { expect } from '@playwright/test'
import { open, words } from './guide.js'

/** @typedef {import('./guide.js').Guide} Guide */

const session = words('es', 'session')
const cleanup = words('es', 'cleanup')
const passphrase = 'una frase para el recorrido'

/** The plan on the screen is that of what was decided. @param {Guide['page']} page */
async function planned(page) {
  await expect(page.locator('aside [data-stale]')).toHaveAttribute('data-stale', 'false', { timeout: 60_000 })
}

/** @param {Guide['page']} page @param {'what' | 'staff' | 'rehearsal' | 'backup' | 'confirm'} name of a step of the cleanup */
async function step(page, name) {
  await page.getByRole('button', { name: cleanup.wizard.next.replace('{{name}}', cleanup.steps[name]) }).click()
  await expect(page.locator(`[data-step="${name}"]`)).toBeVisible()
}

/** The owner's credentials, where this role may not do it. @param {Guide} guide */
async function asOwner({ page, demo }) {
  const password = page.getByLabel(cleanup.rehearsal.ownerPassword, { exact: true })
  if (!(await password.isVisible())) return
  await page.getByLabel(cleanup.rehearsal.ownerUser).fill(demo.owner.user)
  await password.fill(demo.owner.password)
}

/** What a person types to mean it. @param {Guide} guide */
async function confirmed({ page, demo }) {
  await page.locator('[data-confirm="database"]').fill(demo.database)
  await page.getByLabel(session.confirm.password).fill(demo.credentials[0]?.password ?? '')
}

/** The cleanup from its plan to its end, and everything put back. @type {readonly import('./guide.js').Stop[]} */
export const cleanupStops = [
  {
    id: '20-cleanup-database',
    title: 'Cleanup: which database',
    go: async ({ page }) => {
      await open(page, 'cleanup')
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(cleanup.wizard.title)
      await planned(page)
    },
  },
  {
    id: '21-cleanup-what',
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
    id: '22-cleanup-staff',
    title: 'Cleanup: who stays',
    go: async ({ page }) => {
      await step(page, 'staff')
      await expect(page.locator('[data-guide]')).toHaveCount(4)
      await expect(page.locator('[data-user]').first()).toBeVisible()
    },
  },
  {
    id: '23-cleanup-rehearsal',
    title: 'Cleanup: the rehearsal',
    documented: true,
    go: async (guide) => {
      const { page } = guide
      await step(page, 'rehearsal')
      await asOwner(guide)
      await page.locator('[data-action="rehearse"]').click()
      await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 120_000 })
      await planned(page)
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '24-cleanup-backup',
    backup: true,
    title: 'Cleanup: the backup',
    go: async ({ page, application, backups }) => {
      // The one thing that no tour can press: the dialog of the operating system.
      await application.evaluate(({ dialog }, folder) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] })
      }, backups)
      await step(page, 'backup')
      await page.locator('[data-action="choose-folder"]').click()
      await expect(page.locator('[data-folder="fine"] input')).toBeChecked()
      await page.getByLabel(cleanup.backup.passphrase, { exact: true }).fill(passphrase)
      await page.getByLabel(cleanup.backup.again).fill(passphrase)
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '25-cleanup-confirm',
    backup: true,
    title: 'Cleanup: the confirmation',
    documented: true,
    go: async (guide) => {
      const { page } = guide
      await step(page, 'confirm')
      await asOwner(guide)
      await confirmed(guide)
      const patients = (await page.locator('[data-total="patients"] dd').textContent()) ?? ''
      await page.locator('[data-confirm="patients"]').fill(patients)
      await expect(page.locator('[data-action="run"]')).toBeEnabled()
    },
  },
  {
    id: '26-cleanup-result',
    backup: true,
    title: 'Cleanup: the result',
    documented: true,
    go: async ({ page }) => {
      await page.locator('[data-action="run"]').click()
      await expect(page.locator('[data-outcome="deleted"]')).toBeVisible({ timeout: 300_000 })
      await planned(page)
      await page.evaluate(() => scrollTo(0, 0))
    },
  },
  {
    id: '27-backups',
    backup: true,
    title: 'Backups',
    go: async ({ page }) => {
      await page.getByText(cleanup.views.backups, { exact: true }).click()
      await expect(page.locator('[data-backup]')).toBeVisible()
    },
  },
  {
    id: '28-restore',
    backup: true,
    title: 'Everything is put back',
    documented: true,
    go: async (guide) => {
      const { page } = guide
      await page.locator('[data-action="open-backup"]').click()
      await page.locator('[data-unlock]').fill(passphrase)
      await page.getByLabel(cleanup.rehearsal.owner).check()
      await asOwner(guide)
      await confirmed(guide)
      await page.locator('[data-action="restore"]').click()
      await expect(page.locator('[data-outcome="restore"]')).toBeVisible({ timeout: 600_000 })
      await page.locator('[data-outcome="restore"]').scrollIntoViewIfNeeded()
    },
  },
  {
    id: '29-history',
    backup: true,
    title: 'Who cleaned and restored',
    go: async ({ page }) => {
      await page.getByText(cleanup.views.history, { exact: true }).click()
      await expect(page.locator('[data-history="done"]').nth(1)).toBeVisible()
    },
  },
]
