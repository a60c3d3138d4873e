import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import type { Result } from '#shared/errors.ts'
import { procedureNames, topicNames } from '#shared/names.ts'

// The bridge: two functions that carry the contract's names and nothing else. It checks names only; every
// other check is main's, because whoever owns the page owns this side too.
const procedures: ReadonlySet<string> = new Set(procedureNames)
const topics: ReadonlySet<string> = new Set(topicNames)

function refuse(code: 'UNKNOWN_PROCEDURE' | 'INVALID_INPUT' | 'INTERNAL'): Result<never> {
  return { ok: false, error: { code, params: {}, ref: '' } }
}

async function call(name: unknown, input: unknown): Promise<Result<unknown>> {
  if (typeof name !== 'string' || !procedures.has(name)) return refuse('UNKNOWN_PROCEDURE')
  try {
    return await ipcRenderer.invoke(name, input)
  } catch (error) {
    // What cannot be cloned (a function, a promise) never leaves the page.
    return refuse(String(error).includes('could not be cloned') ? 'INVALID_INPUT' : 'INTERNAL')
  }
}

function on(topic: unknown, listener: unknown): () => void {
  if (typeof topic !== 'string' || !topics.has(topic) || typeof listener !== 'function') return () => undefined
  const heard = (_event: IpcRendererEvent, payload: unknown) => listener(payload)
  ipcRenderer.on(topic, heard)
  return () => {
    ipcRenderer.removeListener(topic, heard)
  }
}

contextBridge.exposeInMainWorld('podoskin', { call, on })
