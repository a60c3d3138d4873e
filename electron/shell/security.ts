import inspector from 'node:inspector'
import { app, session, type WebContents } from 'electron'
import type { Log } from '#electron/log.ts'
import { isOwnPage } from './origin.ts'

/**
 * What must happen before Electron is ready: every renderer in Chromium's sandbox, and no debugging port in a
 * packaged program (no fuse covers it). Chromium refuses its sandbox to root, who passes --no-sandbox;
 * `enableSandbox` would strip that switch and every page would die.
 */
export function hardenProcess(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  if (app.isPackaged && !inspector.url()) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address']) {
      app.commandLine.removeSwitch(name)
    }
  }
}

/** Denies every permission, device, navigation, new window and webview, of every page there will ever be. */
export function denyByDefault(log: Log): void {
  const page = session.defaultSession
  page.setPermissionRequestHandler((_contents, permission, decide) => {
    log.warn('permission refused', { permission })
    decide(false)
  })
  page.setPermissionCheckHandler(() => false)
  page.setDevicePermissionHandler(() => false)
  page.on('will-download', (event) => {
    log.warn('download refused')
    event.preventDefault()
  })
  app.on('web-contents-created', (_event, contents) => guard(contents, log))
}

function guard(contents: WebContents, log: Log): void {
  // Attack: a link, a script or a redirect takes the window, with its bridge, to a foreign page.
  const stay = (event: { url: string; preventDefault(): void }, how: string) => {
    if (isOwnPage(event.url)) return
    log.warn('navigation refused', { how, scheme: schemeOf(event.url) })
    event.preventDefault()
  }
  contents.on('will-navigate', (event) => stay(event, 'page'))
  contents.on('will-frame-navigate', (event) => stay(event, 'frame'))
  contents.on('will-redirect', (event) => stay(event, 'redirect'))
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('window refused', { scheme: schemeOf(url) })
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => {
    log.warn('webview refused')
    event.preventDefault()
  })
}

/** An address may carry anything, so only its scheme is logged. */
function schemeOf(address: string): string {
  return /^[a-z][a-z0-9+.-]{0,20}(?=:)/i.exec(address)?.[0].toLowerCase() ?? 'none'
}
