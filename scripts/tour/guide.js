import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { root } from '#scripts/process.js'

/**
 * @typedef {object} Guide
 * @property {import('@playwright/test').ElectronApplication} application
 * @property {import('@playwright/test').Page} page
 * @property {import('../demo-clinic.js').Demo} demo
 * @property {(width: number, height: number) => Promise<void>} size
 * @property {string} log of a backend that leaks
 * @property {string} backups a folder that may hold backups
 *
 * @typedef {object} Stop
 * @property {string} id also the name of its picture
 * @property {string} title
 * @property {boolean} [backup] whether it needs a folder for backups
 * @property {boolean} [documented] whether the documents show its picture
 * @property {(guide: Guide) => Promise<void>} go
 */

/** @param {'es' | 'en'} language @param {string} feature */
export const words = (language, feature) =>
  JSON.parse(readFileSync(join(root, 'shared', 'locales', language, `${feature}.json`), 'utf8'))

/** @param {Guide['page']} page @param {object} change */
export async function settings(page, change) {
  const result = await page.evaluate(
    (value) => /** @type {any} */ (globalThis).podoskin.call('settings.save', value),
    change,
  )
  expect(result.ok).toBe(true)
}

/** The page has drawn its charts, and no pointer rests on them. @param {Guide['page']} page @param {number} count */
export async function charts(page, count) {
  await page.mouse.move(0, 0)
  await expect(page.locator('.recharts-surface')).toHaveCount(count, { timeout: 15_000 })
  await expect(page.locator('.recharts-surface').first()).toBeVisible()
}

/** Opens a page from the menu at the side. @param {Guide['page']} page @param {string} name */
export async function open(page, name) {
  const title = words('es', 'common').nav[name]
  await page.getByRole('link', { name: title, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}
