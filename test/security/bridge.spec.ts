// Attack: a script in the page, or a foreign page in a window of ours, calls the main process with names, values or
// a sender that nobody foresaw. Hole it needs: a channel that is passed through, an argument that is trusted, a
// sender that is not looked at. Invariant: the surface is exactly the contract, every call is answered with a code,
// and only the page of the one window is answered at all.
import { procedureNames, topicNames } from '#shared/names.ts'
import { expect, test } from '#support/app.ts'

test('the page is given two functions, and main listens to the contract and nothing else', async ({
  resident: { app, page },
}) => {
  const exposed = await page.evaluate(() =>
    Object.entries(window.podoskin).map(([name, value]) => `${name}: ${typeof value}`),
  )
  expect(exposed).toEqual(['call: function', 'on: function'])
  // `error` is Electron's own.
  const channels = await app.evaluate(({ ipcMain }) => ({
    handled: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()].sort(),
    heard: ipcMain.eventNames().map(String),
  }))
  expect(channels).toEqual({ handled: [...procedureNames].sort(), heard: ['error'] })
})

test('the surface is the one that was agreed', () => {
  // A change here is a change of what a hostile page can reach: it wants a second pair of eyes.
  expect([...procedureNames].sort()).toEqual([
    'cleanup.backups',
    'cleanup.checkFolder',
    'cleanup.chooseBackup',
    'cleanup.chooseFolder',
    'cleanup.deleteBackup',
    'cleanup.exportPlan',
    'cleanup.folders',
    'cleanup.history',
    'cleanup.openedBackup',
    'cleanup.outcome',
    'cleanup.plan',
    'cleanup.rehearse',
    'cleanup.reopen',
    'cleanup.restore',
    'cleanup.restorePlan',
    'cleanup.result',
    'cleanup.run',
    'cleanup.savePlan',
    'cleanup.saveReport',
    'cleanup.seal',
    'cleanup.sealState',
    'cleanup.searchPatients',
    'cleanup.testRestore',
    'cleanup.users',
    'cleanup.verifyBackup',
    'connection.close',
    'connection.importEnv',
    'connection.open',
    'connection.remove',
    'connection.roles',
    'connection.save',
    'connection.state',
    'connection.test',
    'dashboard.load',
    'deployment.certificate',
    'deployment.choosePlace',
    'deployment.clear',
    'deployment.credentials',
    'deployment.decide',
    'deployment.forgetPlace',
    'deployment.readEnv',
    'deployment.run',
    'deployment.saveBackend',
    'deployment.saveCertificate',
    'deployment.state',
    'deployment.writeEnv',
    'diagnosis.next',
    'diagnosis.prepareBundle',
    'diagnosis.saveBundle',
    'diagnosis.start',
    'export.saveCsv',
    'export.savePdf',
    'indexes.advice',
    'indexes.create',
    'indexes.drop',
    'jobs.cancel',
    'jobs.list',
    'monitoring.endSession',
    'monitoring.logChooseFiles',
    'monitoring.logExport',
    'monitoring.logFollow',
    'monitoring.logForget',
    'monitoring.logNext',
    'monitoring.logPage',
    'monitoring.logState',
    'monitoring.pool',
    'monitoring.sessions',
    'policy.state',
    'session.activity',
    'session.current',
    'session.lock',
    'session.login',
    'session.logout',
    'session.reauthenticate',
    'session.unlock',
    'settings.read',
    'settings.save',
    'shell.about',
    'shell.chooseFile',
    'shell.copy',
    'shell.openExternal',
    'shell.openedFile',
    'shell.trouble',
    'updates.check',
    'updates.install',
    'updates.state',
    'users.list',
  ])
  expect([...topicNames].sort()).toEqual([
    'connection.changed',
    'jobs.changed',
    'monitoring.logChanged',
    'session.changed',
    'settings.changed',
    'shell.command',
    'shell.opened',
    'updates.changed',
  ])
})

test('names outside of the contract go nowhere', async ({ resident: { page } }) => {
  const answers = await page.evaluate(async () => {
    const names: unknown[] = [
      'ELECTRON_BROWSER_GET_LAST_WEB_PREFERENCES',
      '__proto__',
      'constructor',
      'shell.command',
      7,
      null,
      {},
      ['session.current'],
    ]
    const results = []
    for (const name of names) results.push((await window.podoskin.call(name as string)).error?.code)
    return results
  })
  expect(new Set(answers)).toEqual(new Set(['UNKNOWN_PROCEDURE']))
})

test('topics outside of the contract are not heard, and an unsubscribe removes its own listener', async ({
  resident: { app, page },
}) => {
  await page.evaluate(() => {
    const heard: unknown[] = []
    Reflect.set(window, 'heard', heard)
    window.podoskin.on('ELECTRON_INTERNAL' as 'shell.command', () => heard.push('internal'))
    const stop = window.podoskin.on('shell.command', () => heard.push('stopped'))
    window.podoskin.on('shell.command', (...words) => heard.push(words))
    stop()
    stop()
  })
  const opened = await app.browserWindow(page)
  await opened.evaluate(({ webContents }) => {
    webContents.send('ELECTRON_INTERNAL', 'x')
    webContents.send('shell.command', 'keys')
  })
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([['keys']])
})

test('a foreign page with the same preload is refused', async ({ resident: { app } }) => {
  const answer = await app.evaluate(async ({ BrowserWindow, app: electronApp }, address) => {
    const preload = `${electronApp.getAppPath()}/out/preload/preload.cjs`
    const foreign = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await foreign.loadURL(address)
    const said = await foreign.webContents.executeJavaScript(`
      Promise.all(['settings.read', 'session.current', 'connection.state', 'shell.about']
        .map((name) => window.podoskin.call(name).then((answer) => answer.error?.code ?? answer)))`)
    foreign.destroy()
    return said
  }, 'data:text/html,<title>foreign</title>')
  expect(answer).toEqual(Array(4).fill('UNTRUSTED_SENDER'))
})

test('a second window of our own page is refused too: only one is the window', async ({ resident: { app, page } }) => {
  const answer = await app.evaluate(async ({ BrowserWindow, app: electronApp }, address) => {
    const preload = `${electronApp.getAppPath()}/out/preload/preload.cjs`
    const twin = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await twin.loadURL(address)
    const said = await twin.webContents.executeJavaScript(`window.podoskin.call('settings.read')`)
    twin.destroy()
    return said.error?.code
  }, page.url())
  expect(answer).toBe('UNTRUSTED_SENDER')
})

test('a call that claims another frame or none is refused', async ({ resident: { app, page } }) => {
  const window = await app.browserWindow(page)
  const answers = await window.evaluate(
    async (opened, { ipcMain }) => {
      const { webContents } = opened
      const handlers = (
        ipcMain as unknown as {
          _invokeHandlers: Map<string, (event: unknown) => Promise<{ error?: { code: string } }>>
        }
      )._invokeHandlers
      const handler = handlers.get('settings.read')
      const real = webContents.mainFrame
      const forged = [
        { sender: webContents, senderFrame: null },
        { sender: webContents, senderFrame: { url: real.url, origin: real.origin } },
        { sender: { ...webContents, mainFrame: real }, senderFrame: real },
      ]
      const said = []
      for (const event of forged) said.push((await handler?.(event))?.error?.code)
      return said
    },
    await app.evaluateHandle((electron) => electron),
  )
  expect(answers).toEqual(Array(3).fill('UNTRUSTED_SENDER'))
})

test('values that cannot be cloned never leave the page', async ({ resident: { page } }) => {
  const answers = await page.evaluate(async () => {
    const values = [() => 1, Symbol('x'), document.body, new WeakMap(), { deep: [() => 1] }]
    const said: string[] = []
    for (const value of values) {
      const ask = async () => (await window.podoskin.call('session.unlock', value)).error?.code ?? 'answered'
      said.push(await ask().catch(() => 'refused by the bridge'))
    }
    return said
  })
  for (const answer of answers) expect(['INVALID_INPUT', 'refused by the bridge']).toContain(answer)
})
