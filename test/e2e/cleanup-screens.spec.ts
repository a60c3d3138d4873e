import { expect, test } from '#support/app.ts'
import { goTo, openCleanup, type Step, settled } from './cleanup-pages.ts'

const steps: readonly Step[] = ['database', 'what', 'staff', 'rehearsal']

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
