import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Command, ExternalPlace } from '#shared/shell.ts'
import { openPlace } from './external.ts'
import type { LogFile } from './log-file.ts'
import type { ShellWords } from './words.ts'

export interface MenuOptions {
  readonly words: ShellWords
  readonly send: (command: Command) => void
  /** Shows the versions where the page has no room for them: before login and while locked. */
  readonly about: () => void
  /** Whether somebody is logged in: the page hears commands only then. */
  readonly working: boolean
  readonly log: LogFile
}

/** Puts the application's menu up in the given words; called again when the language or the session changes. */
export function showMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options, process.platform, app.isPackaged)))
}

type Item = MenuItemConstructorOptions

function menuTemplate(options: MenuOptions, platform: string, packaged: boolean): Item[] {
  const { words, send, working, log } = options
  const { menu } = words
  const mac = platform === 'darwin'
  const ask = (id: Command, label: string, accelerator?: string): Item => ({
    id,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    enabled: working,
    click: () => send(id),
  })
  const open = (place: ExternalPlace) => void openPlace(place, log).catch(() => log.warn('place not opened', { place }))
  const separator: Item = { type: 'separator' }
  const about: Item = { id: 'about', label: menu.about, click: () => (working ? send('about') : options.about()) }
  const quit: Item = { label: menu.quit, role: 'quit' }

  const application: Item = {
    label: app.name,
    submenu: [
      about,
      separator,
      { label: menu.services, role: 'services' },
      separator,
      { label: menu.hide, role: 'hide' },
      { label: menu.hideOthers, role: 'hideOthers' },
      { label: menu.showAll, role: 'unhide' },
      separator,
      quit,
    ],
  }
  const file: Item = {
    id: 'file',
    label: menu.file,
    submenu: [
      ask('lock', menu.lock, 'CmdOrCtrl+L'),
      ask('logout', menu.logout),
      separator,
      mac ? { label: menu.close, role: 'close' } : quit,
    ],
  }
  const edit: Item = {
    label: menu.edit,
    submenu: [
      { label: menu.undo, role: 'undo' },
      { label: menu.redo, role: 'redo' },
      separator,
      { label: menu.cut, role: 'cut' },
      { label: menu.copy, role: 'copy' },
      { label: menu.paste, role: 'paste' },
      { label: menu.selectAll, role: 'selectAll' },
    ],
  }
  const view: Item = {
    label: menu.view,
    submenu: [
      ask('refresh', menu.refresh, 'F5'),
      ask('palette', menu.palette, 'CmdOrCtrl+K'),
      separator,
      { label: menu.actualSize, role: 'resetZoom' },
      { label: menu.zoomIn, role: 'zoomIn' },
      { label: menu.zoomOut, role: 'zoomOut' },
      separator,
      { label: menu.fullScreen, role: 'togglefullscreen' },
      ...(packaged
        ? []
        : [
            separator,
            // Without an accelerator: F5 and Ctrl+R refresh the data, they do not throw the page away.
            { label: menu.reload, click: (_item, window) => window && reloadPage(window) } satisfies Item,
            { label: menu.developerTools, role: 'toggleDevTools' } satisfies Item,
          ]),
    ],
  }
  const go: Item = {
    label: menu.go,
    submenu: [
      ask('go.dashboard', menu.dashboard, 'CmdOrCtrl+1'),
      ask('go.deployment', menu.deployment, 'CmdOrCtrl+2'),
      ask('go.cleanup', menu.cleanup, 'CmdOrCtrl+3'),
      ask('go.monitoring', menu.monitoring, 'CmdOrCtrl+4'),
      ask('go.diagnosis', menu.diagnosis, 'CmdOrCtrl+5'),
      ask('go.users', menu.users, 'CmdOrCtrl+6'),
      ask('go.settings', menu.settings, 'CmdOrCtrl+7'),
    ],
  }
  const window: Item = {
    label: menu.window,
    submenu: [
      { label: menu.minimize, role: 'minimize' },
      ...(mac ? [{ label: menu.bringToFront, role: 'front' } satisfies Item] : []),
    ],
  }
  const help: Item = {
    label: menu.help,
    role: 'help',
    submenu: [
      ask('keys', menu.keys),
      { label: menu.postgresqlDocs, click: () => open('postgresql-docs') },
      { label: menu.logFolder, click: () => open('log-folder') },
      ...(mac ? [] : [separator, about]),
    ],
  }
  return [...(mac ? [application] : []), file, edit, view, go, window, help]
}

function reloadPage(window: Electron.BaseWindow): void {
  if ('webContents' in window) (window as Electron.BrowserWindow).webContents.reload()
}
