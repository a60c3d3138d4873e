import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, startAgain, test } from '#support/app.ts'
import { administrator } from '#support/people.ts'
import { dashboard, login } from './pages.ts'

test('the window is at least 1024×700 and opens where it was left', async ({
  plain: { app, page, userData, close },
  launch,
}) => {
  const window = await app.browserWindow(page)
  expect(await window.evaluate((opened) => opened.getMinimumSize())).toEqual([1024, 700])
  const place = { x: 60, y: 40, width: 1100, height: 720 }
  await window.evaluate((opened, bounds) => opened.setBounds(bounds), place)
  await expect.poll(() => window.evaluate((opened) => opened.getNormalBounds())).toEqual(place)
  await close()
  const again = await launch({ userData })
  const reopened = await again.app.browserWindow(again.page)
  expect(await reopened.evaluate((opened) => opened.getNormalBounds())).toEqual(place)
})

test('a place on a display that is gone, or a damaged file, opens in the middle', async ({
  plain: { userData, close },
  launch,
}) => {
  await close()
  for (const content of ['{"bounds":{"x":9000,"y":9000,"width":1100,"height":720},"maximized":false}', '{broken']) {
    writeFileSync(join(userData, 'window.json'), content)
    const again = await launch({ userData })
    const window = await again.app.browserWindow(again.page)
    const { seen, visible } = await window.evaluate(
      (opened, { screen }) => {
        const { x, y } = opened.getBounds()
        const { width, height } = screen.getPrimaryDisplay().workArea
        return { seen: x >= 0 && y >= 0 && x < width && y < height, visible: opened.isVisible() }
      },
      await again.app.evaluateHandle((electron) => electron),
    )
    expect({ seen, visible }).toEqual({ seen: true, visible: true })
    await again.close()
  }
})

test('the chosen appearance is applied by main before the page shows', async ({ plain: { app, page, call } }) => {
  expect((await call('settings.save', { appearance: 'dark' })).ok).toBe(true)
  await expect.poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
  await expect.poll(() => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
})

test('a page that died is offered again, and comes back to explain itself', async ({
  plain: { app, page, expectConsole, log },
}) => {
  expectConsole(/.*/)
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false })
  })
  const window = await app.browserWindow(page)
  await window.evaluate((opened) => opened.webContents.forcefullyCrashRenderer())
  await expect.poll(() => log()).toContain('"page gone"')
  await expect
    .poll(() => window.evaluate((opened) => !opened.webContents.isCrashed() && !opened.webContents.isLoading()))
    .toBe(true)
  const back = await window.evaluate((opened) =>
    opened.webContents.executeJavaScript(`window.podoskin.call('settings.read').then((answer) => answer.ok)`),
  )
  expect(back).toBe(true)
  // Playwright's own page died with the first: main asks the one that came back.
  const notice = () =>
    window.evaluate((opened) =>
      opened.webContents.executeJavaScript(`document.querySelector('[data-trouble]')?.dataset.trouble`),
    )
  await expect.poll(notice).toBe('page')
})

test('a second start ends at once and calls the first window forward', async ({ plain }) => {
  const { app } = plain
  // There is no window manager here to bring anything to the front: that the call arrives is what can be seen.
  const called = await app.evaluateHandle(({ app: first, BrowserWindow }) => {
    const record: string[] = []
    first.on('second-instance', () => record.push('called'))
    const [window] = BrowserWindow.getAllWindows()
    if (window) window.focus = () => record.push('focused')
    return record
  })
  expect(await startAgain(plain)).toBe(0)
  await expect.poll(async () => (await called.jsonValue()).toSorted()).toEqual(['called', 'focused'])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('closing ends every connection of ours and leaves an orderly log', async ({ demo, clinic }) => {
  await login(demo.page, administrator.user, administrator.password)
  await dashboard(demo.page)
  const sessions = async () =>
    (
      await clinic.query(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'podoskin-admin' AND datname = current_database()`,
      )
    ).length
  await expect.poll(sessions).toBeGreaterThanOrEqual(5)
  await demo.close()
  await expect.poll(sessions).toBe(0)
  expect(demo.log().trimEnd()).toMatch(/info ended$/)
  expect(JSON.parse(readFileSync(join(demo.userData, 'window.json'), 'utf8'))).toHaveProperty('bounds')
})

// A library that listens to these signals for a moment used to take Electron's own handling away with it.
test('the system that ends the session ends the app in order, also after a login', async ({ demo }) => {
  await login(demo.page, administrator.user, administrator.password)
  await dashboard(demo.page)
  const ended = new Promise((resolve) => demo.app.process().once('exit', (code, signal) => resolve({ code, signal })))
  process.kill(demo.app.process().pid ?? 0, 'SIGTERM')
  expect(await ended).toEqual({ code: 0, signal: null })
  expect(demo.log()).toMatch(/ info ended\n$/)
})
