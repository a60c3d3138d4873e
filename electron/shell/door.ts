import { type BrowserWindow, ipcMain } from 'electron'
import type { Payload } from '#shared/contract.ts'
import { procedureNames, type TopicName } from '#shared/names.ts'
import { createGate, type GateOptions } from './gate.ts'
import { isOwnPage } from './origin.ts'

export interface DoorOptions extends GateOptions {
  /** The one window; null before it opens and after it closes. */
  readonly window: () => BrowserWindow | null
}

export interface Door {
  /** Sends a topic to the page, if whoever sits there may hear it. */
  push<T extends TopicName>(topic: T, payload: Payload<T>): void
  close(): void
}

/** The only place where the page reaches the main process: every call goes through the same gate. */
export function openDoor(options: DoorOptions): Door {
  const gate = createGate(options)

  for (const name of procedureNames) {
    ipcMain.handle(name, (event, input: unknown) => {
      // The frame may navigate or vanish while we wait, so it is looked at before anything else.
      const window = options.window()
      const frame = event.senderFrame
      const trusted =
        window !== null &&
        event.sender === window.webContents &&
        frame !== null &&
        frame === event.sender.mainFrame &&
        isOwnPage(frame.url) &&
        isOwnPage(`${frame.origin}/`)
      return gate.answer(name, input, trusted)
    })
  }

  return {
    push(topic, payload) {
      const window = options.window()
      if (window === null || window.isDestroyed() || !gate.mayHear(topic)) return
      window.webContents.send(topic, payload)
    },
    close() {
      for (const name of procedureNames) ipcMain.removeHandler(name)
    },
  }
}
