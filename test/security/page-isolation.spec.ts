// Attack: a script that got into the page (through a library, a pasted value, a hole in Chromium) wants Node, the
// file system or Electron's own objects. Hole it needs: node integration, a missing context isolation, a page
// outside of the sandbox. Invariant: the page sees two functions and no more, and runs in Chromium's sandbox.
import { readFileSync } from 'node:fs'
import { expect, sandboxed, test } from '#support/app.ts'

test('the page has no Node and no Electron', async ({ resident: { page } }) => {
  const kinds = await page.evaluate(() =>
    Object.fromEntries(
      [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        '__dirname',
        'setImmediate',
        'electron',
        'ipcRenderer',
      ].map((name) => [name, typeof Reflect.get(globalThis, name)]),
    ),
  )
  expect(new Set(Object.values(kinds))).toEqual(new Set(['undefined']))
})

test('a worker of the page has no Node either', async ({ resident: { page, expectConsole } }) => {
  expectConsole(/Refused to create a worker/)
  const answer = await page.evaluate(
    () =>
      new Promise((done) => {
        try {
          const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(typeof require + typeof process)'])))
          worker.onmessage = ({ data }) => done(data)
          worker.onerror = () => done('refused')
        } catch {
          done('refused')
        }
      }),
  )
  expect(answer).toBe('refused')
})

test('the window keeps every protection that Electron offers', async ({ resident: { app, page } }) => {
  const window = await app.browserWindow(page)
  const preferences = await window.evaluate((opened) => {
    const contents = opened.webContents as Electron.WebContents & {
      getLastWebPreferences(): Record<string, unknown>
    }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
  })
  for (const name of [
    'nodeIntegrationInWorker',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
  ]) {
    expect(preferences[name] || undefined, name).toBeUndefined()
  }
})

test('the page runs in the sandbox of the operating system', async ({ resident: { app, page } }, info) => {
  info.skip(process.platform !== 'linux', 'the kernel says so in /proc, which only Linux has')
  info.skip(!sandboxed, 'Chromium refuses its sandbox to root; the same suite runs again as an ordinary user')
  const window = await app.browserWindow(page)
  const id = await window.evaluate((opened) => opened.webContents.getOSProcessId())
  expect(readFileSync(`/proc/${id}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m)
})

test('objects of the page cannot reach into the preload, nor replace the bridge', async ({ resident: { page } }) => {
  const reached = await page.evaluate(() => {
    const { call, on } = window.podoskin
    const makers = [call, on].map((exposed) => Reflect.get(exposed, 'constructor'))
    return {
      sameRealm: makers.every((maker) => maker === Function),
      replaced: Reflect.set(window.podoskin, 'call', () => 'mine') || Reflect.set(window, 'podoskin', {}),
    }
  })
  expect(reached).toEqual({ sameRealm: true, replaced: false })
})
