// Attack: a link, a script or a dropped file takes the window, and with it the bridge, to a page of the attacker's,
// or opens a second window or a webview with fewer protections. Hole it needs: a navigation that nobody stops.
// Invariant: the window never leaves app://podoskin, and there is never a second one.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, ready, test } from '#support/app.ts'

const places = [
  'https://example.com/',
  'http://127.0.0.1:9/',
  'file:///etc/passwd',
  'data:text/html,<script>1</script>',
  'app://other/index.html',
  'app://podoskin@evil/index.html',
  'chrome://gpu',
]

test('the window stays where it is, wherever a script sends it', async ({ resident: { app, page, expectConsole } }) => {
  expectConsole(/Not allowed to|Refused to|Failed to launch/)
  const window = await app.browserWindow(page)
  // Told apart from a window that was sent away and came back: what the page remembers is gone then.
  await page.evaluate(() => Reflect.set(globalThis, 'same', true))
  for (const place of places) {
    await page.evaluate((address) => {
      location.href = address
    }, place)
    // A round trip through both processes: by then the navigation has been decided.
    await window.evaluate((opened) => opened.webContents.executeJavaScript('0'))
    const where = await window.evaluate((opened) => opened.webContents.getURL())
    expect(where, place).toMatch(/^app:\/\/podoskin\/index\.html(#|$)/)
    expect(await window.evaluate((opened) => opened.webContents.executeJavaScript('globalThis.same')), place).toBe(true)
  }
  await page.reload()
  await ready(page)
})

test('an empty page, which no navigation event announces, is left again at once', async ({
  resident: { app, page },
}) => {
  await page.evaluate(() => {
    location.href = 'about:blank'
  })
  const window = await app.browserWindow(page)
  await expect
    .poll(() => window.evaluate((opened) => opened.webContents.getURL()))
    .toMatch(/^app:\/\/podoskin\/index\.html/)
  await ready(page)
})

test('neither a link nor a form nor a refresh leads away', async ({ resident: { app, page, expectConsole, log } }) => {
  expectConsole(/Not allowed to|Refused to/)
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('foreign')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const window = await app.browserWindow(page)
  await page.evaluate((foreign) => {
    for (const target of ['_self', '_blank', '_top']) {
      const link = Object.assign(document.createElement('a'), { href: `${foreign}/link`, target })
      document.body.append(link)
      link.click()
      const form = Object.assign(document.createElement('form'), { action: `${foreign}/form`, method: 'post', target })
      document.body.append(form)
      form.submit()
    }
    const refresh = Object.assign(document.createElement('meta'), {
      httpEquiv: 'refresh',
      content: `0;url=${foreign}/meta`,
    })
    document.head.append(refresh)
    navigator.sendBeacon(`${foreign}/beacon`, 'x')
  }, address)
  // Main says so when it has decided, of the link and of the refresh: by then a request would have gone out.
  await expect.poll(() => log()).toMatch(/("navigation refused" how=\w+ scheme=http[\s\S]*){2}/)
  await expect.poll(() => log()).toMatch(/"window refused" scheme=http/)
  expect(await window.evaluate((opened) => opened.webContents.getURL())).toMatch(/^app:\/\/podoskin\//)
  expect(asked).toEqual([])
  expect(app.windows()).toHaveLength(1)
  server.close()
})

test('no new window opens', async ({ resident: { app, page, expectConsole } }) => {
  expectConsole(/Not allowed to|Refused to|Failed to launch/)
  const opened = await page.evaluate(
    (addresses) => addresses.map((address) => window.open(address)),
    [...places, 'app://podoskin/index.html'],
  )
  expect(opened).toEqual(Array(places.length + 1).fill(null))
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('no webview can be attached', async ({ resident: { app, page } }) => {
  await page.evaluate(() => {
    const view = document.createElement('webview')
    view.setAttribute('src', 'data:text/html,x')
    view.setAttribute('nodeintegration', '')
    document.body.append(view)
  })
  const kinds = await app.evaluate(({ webContents }) => webContents.getAllWebContents().map((one) => one.getType()))
  expect(kinds).not.toContain('webview')
})

test('nothing is downloaded', async ({ resident: { app, page } }) => {
  const asked = await app.evaluateHandle(({ session }) => {
    const items: string[] = []
    session.defaultSession.on('will-download', (event) => items.push(event.defaultPrevented ? 'prevented' : 'running'))
    return items
  })
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(new Blob(['x'])),
      download: 'programa.exe',
    })
    document.body.append(link)
    link.click()
  })
  await expect.poll(() => asked.jsonValue()).toEqual(['prevented'])
})
