import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Log } from '#electron/log.ts'
import { isOwnPage, pageAddress } from './origin.ts'
import { minimum, type Place, readPlace } from './place.ts'

/** The page's own backgrounds, so that the window does not flash before its first paint. */
const backgrounds = { light: '#ffffff', dark: '#1c2326' } as const

export interface WindowOptions {
  readonly title: string
  readonly preload: string
  /** File that remembers where the window was. */
  readonly placeFile: string
  readonly log: Log
  /** Hears where the window was when it closed. */
  readonly onPlace: (place: Place) => void
  /** The page died; the window is still there. */
  readonly onCrash: (window: BrowserWindow, reason: string) => void
  readonly onClosed: () => void
}

/** Opens the one window, hidden until its first paint, where it was left last time. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea)
  const place = readPlace(options.placeFile, workAreas)
  const window = new BrowserWindow({
    title: options.title,
    ...(place?.bounds ?? { width: 1280, height: 800, center: true }),
    minWidth: minimum.width,
    minHeight: minimum.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      devTools: !app.isPackaged,
      spellcheck: false,
      // Files and links dropped on the window must not replace the page.
      navigateOnDragDrop: false,
    },
  })
  if (place?.maximized) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
    options.log.info('window shown', { ms: Math.round(performance.now()) })
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  window.on('close', () => options.onPlace({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }))
  window.on('closed', options.onClosed)
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    options.log.error('page gone', { reason, exitCode })
    options.onCrash(window, reason)
  })
  // No event announces about:blank beforehand; the empty page would stay.
  window.webContents.on('did-navigate', (_event, address) => {
    if (isOwnPage(address)) return
    options.log.warn('page left')
    void window.loadURL(pageAddress()).catch(() => undefined)
  })
  window.webContents.on('unresponsive', () => options.log.warn('page unresponsive'))
  window.webContents.on('preload-error', (_event, _path, error) =>
    options.log.error('preload failed', { kind: error.name }),
  )
  window.webContents.on('did-fail-load', (_event, code) => {
    // A load that a newer one replaced (-3) is no failure.
    if (code !== -3) options.log.error('page not loaded', { code })
  })
  void window.loadURL(pageAddress()).catch(() => undefined)
  return window
}

/** Brings the window to the person who started the app a second time. */
export function focus(window: BrowserWindow | null): void {
  if (window?.isMinimized()) window.restore()
  window?.focus()
}

/** Follows the chosen appearance; the page hears of it through `prefers-color-scheme`. */
export function applyAppearance(appearance: 'system' | 'light' | 'dark', window: BrowserWindow | null): void {
  nativeTheme.themeSource = appearance
  window?.setBackgroundColor(nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light)
}
