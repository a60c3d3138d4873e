import { app, powerMonitor } from 'electron'
import type { Log } from '#electron/log.ts'
import { describeFailure } from './failure.ts'

export interface Lifecycle {
  readonly log: Log
  /** Somebody started the app again: show the window that is already there. */
  readonly onSecondStart: () => void
  /** The person locked the screen or closed the lid. */
  readonly onScreenLock: () => void
  /** Ends every part, in reverse order. */
  readonly stop: () => Promise<void>
  /** The end was in order, or the system ends everything. */
  readonly onEnd: () => void
}

/** Milliseconds that the parts may take to end before the process leaves without them. */
const deadline = 5_000

/** Follows the process from its start to an orderly end. */
export function followLifecycle({ log, onSecondStart, onScreenLock, stop, onEnd }: Lifecycle): void {
  app.on('second-instance', onSecondStart)
  app.on('window-all-closed', () => app.quit())
  powerMonitor.on('lock-screen', onScreenLock)
  powerMonitor.on('suspend', onScreenLock)

  // Windows ends a session without waiting for `will-quit`.
  app.on('browser-window-created', (_event, window) => window.on('session-end', onEnd))

  // Electron ends in order when the system asks, until a library has listened to these signals and let go, as signal-exit
  // does: from then on they would kill the process where it stands, at every logout and shutdown.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())

  // Without these Electron shows a box with the error's own text, which may quote a patient's data.
  process.on('uncaughtException', (error) => log.error('uncaught', describeFailure(error)))
  process.on('unhandledRejection', (reason) => log.error('unhandled', describeFailure(reason)))

  let stopping = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (stopping) return
    stopping = true
    const late = setTimeout(() => {
      log.error('end forced')
      app.exit(1)
    }, deadline)
    void stop()
      .catch((error: unknown) => log.error('end failed', describeFailure(error)))
      .finally(() => {
        clearTimeout(late)
        onEnd()
        log.info('ended')
        app.exit(0)
      })
  })
}
