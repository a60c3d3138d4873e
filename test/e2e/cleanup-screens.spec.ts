import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '#support/app.ts'
import { decideSigns, goTo, openCleanup, rehearseButton, type Step, settled } from './cleanup-pages.ts'

const steps: readonly Step[] = ['database', 'what', 'staff', 'rehearsal']

/** What axe finds, short enough to read in a report. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

for (const appearance of ['light', 'dark'] as const) {
  test(`axe finds nothing in the steps of the cleanup and its result, ${appearance}`, async ({
    demo: { page, call },
  }) => {
    test.setTimeout(120_000)
    expect((await call('settings.save', { appearance })).ok).toBe(true)
    await openCleanup(page)
    for (const step of steps.slice(0, 3)) {
      if (step !== 'database') await goTo(page, step)
      await settled(page)
      expect(await findings(page), step).toEqual([])
    }
    await decideSigns(page)
    for (const group of await page.locator('[data-group] button[aria-expanded]').all()) await group.click()
    expect(await findings(page), 'tables').toEqual([])
    await goTo(page, 'rehearsal')
    await rehearseButton(page).click()
    await expect(page.locator('[data-outcome="done"]')).toBeVisible({ timeout: 40_000 })
    await settled(page)
    expect(await findings(page), 'result').toEqual([])
  })
}

test('in the smallest window nothing hangs over the edge, and the plan stays in view', async ({
  demo: { app, page },
}) => {
  const window = await app.browserWindow(page)
  await window.evaluate((opened) => opened.setContentSize(1024, 700))
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1024)
  await openCleanup(page)
  for (const step of steps) {
    if (step !== 'database') await goTo(page, step)
    await settled(page)
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true)
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await expect(page.locator('[data-total="deleted"]')).toBeInViewport()
  }
})
