// Preloaded into an Electron main process (`electron -r probe.cjs app`): writes when the first window was shown and,
// when asked to stay, what its processes weigh once the page has done what it was told.
const { readFileSync, writeFileSync } = require('node:fs')
const { setTimeout: delay } = require('node:timers/promises')
const { app } = require('electron')

const { PODOSKIN_BENCH_REPORT: report = '', PODOSKIN_BENCH_SCRIPT: script, PODOSKIN_BENCH_SETTLE: settle } = process.env

app.once('browser-window-created', (_, window) => {
  window.once('show', () => {
    const shown = Date.now()
    finish(window, shown).catch((error) => {
      writeFileSync(report, JSON.stringify({ failure: String(error) }))
      app.exit(1)
    })
  })
})

/** @param {import('electron').BrowserWindow} window @param {number} shown */
async function finish(window, shown) {
  let kilobytes = 0
  if (settle !== undefined) {
    if (window.webContents.isLoading())
      await new Promise((done) => window.webContents.once('did-stop-loading', () => done(undefined)))
    if (script) await window.webContents.executeJavaScript(script, true)
    await delay(Number(settle))
    kilobytes = app.getAppMetrics().reduce((sum, { pid, memory }) => sum + weight(pid, memory), 0)
  }
  writeFileSync(report, JSON.stringify({ shown, kilobytes }))
  app.exit(0)
}

/**
 * Processes share most of Chromium's pages: the proportional size counts each page once, where the system tells it.
 * @param {number} pid @param {import('electron').MemoryInfo} memory @returns {number} kilobytes
 */
function weight(pid, memory) {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1])
  } catch {
    return memory.privateBytes ?? memory.workingSetSize
  }
}
