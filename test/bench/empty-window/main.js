// The least that shows a window the careful way: hidden until its first paint, sandboxed. The bench's yardstick.
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

void app.whenReady().then(() => {
  const window = new BrowserWindow({
    ...{ width: 1280, height: 800, show: false },
    webPreferences: { sandbox: true, contextIsolation: true },
  })
  window.once('ready-to-show', () => window.show())
  // For whoever measures it packed, where nothing can be preloaded.
  window.once('show', () => console.log(`shown ${Date.now()}`))
  void window.loadFile(join(import.meta.dirname, 'index.html'))
})
