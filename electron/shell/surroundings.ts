import inspector from 'node:inspector'
import { app } from 'electron'
import { showStartFailure } from './dialogs.ts'
import { describeFailure } from './failure.ts'
import type { LogFile } from './log-file.ts'
import { shellWords } from './words.ts'

/** What tests and the demo bring; all undefined in a packaged app. */
export interface Surroundings {
  readonly userData: string | undefined
  readonly demoFile: string | undefined
  readonly testPolicy: string | undefined
  readonly testFeed: string | undefined
}

/**
 * From source, the demo and the tests bring their own folder and clinic. A packaged app listens to neither, unless it is
 * a copy whose fuse was flipped so that tests can drive it: nothing inspects one that was not tampered with.
 */
export function readSurroundings(): Surroundings {
  const driven = !app.isPackaged || inspector.url() !== undefined
  const environment = driven ? process.env : {}
  return {
    userData: environment.PODOSKIN_USER_DATA,
    demoFile: environment.PODOSKIN_DEMO,
    testPolicy: environment.PODOSKIN_POLICY,
    testFeed: environment.PODOSKIN_UPDATE_FEED,
  }
}

/** Starts; what fails is logged and told in the system's own box, and the app ends. `onFailure` hears of it before the box. */
export function startOrTell(log: LogFile, start: () => void, onFailure: () => void): void {
  try {
    start()
  } catch (error) {
    log.error('start failed', describeFailure(error))
    onFailure()
    showStartFailure(shellWords('es'), log.file)
    app.exit(1)
  }
}
