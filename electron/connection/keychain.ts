import type { Log } from '#electron/log.ts'
import type { KeychainState } from '#shared/connection.ts'
import { AppError, type ErrorCode } from '#shared/errors.ts'

/** What our entries are called in the system's keychain. */
export const keychainService = 'PodoSkin Admin'
/** A keychain that waits for somebody to unlock it hangs; nobody may wait for it longer (ms). */
const DEADLINE = 4_000
/** An entry that never exists: looking for it shows whether there is a keychain, and asks for nothing. */
const PROBE = 'probe'

export type KeychainFailure = Extract<ErrorCode, 'KEYCHAIN_UNAVAILABLE' | 'KEYCHAIN_TIMEOUT'>

/** The part of keytar that we use. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** Passwords of the system's user. Every call throws `KEYCHAIN_UNAVAILABLE` or `KEYCHAIN_TIMEOUT` within seconds. */
export interface Keychain {
  get(account: string): Promise<string | null>
  set(account: string, password: string): Promise<void>
  remove(account: string): Promise<void>
  /** Looks once whether there is a keychain; never throws. */
  probe(): Promise<KeychainState>
  /** By the last call; `unavailable` before the first. */
  state(): KeychainState
  failure(): KeychainFailure | null
  onChange(listener: () => void): () => void
}

export interface KeychainOptions {
  readonly log: Log
  /** Loads keytar; its native part may be missing. */
  readonly load?: () => Promise<Keytar>
  /** Milliseconds a call may take. */
  readonly deadline?: number
}

/** The keychain of the operating system, through keytar, loaded when it is first needed. */
export function createKeychain({ log, load = loadKeytar, deadline = DEADLINE }: KeychainOptions): Keychain {
  const listeners = new Set<() => void>()
  let keytar: Promise<Keytar> | null = null
  let probing: Promise<KeychainState> | null = null
  let state: KeychainState = 'unavailable'
  let failure: KeychainFailure | null = null
  let storingFailed = false
  let hanging = false

  function note(next: KeychainFailure | null, storing: boolean): void {
    // A locked keychain finds nothing without complaint: only storing proves that storing works again.
    if (next === null && storingFailed && !storing) return
    storingFailed = next !== null && (storing || storingFailed)
    const before = `${state} ${failure}`
    failure = next
    state = next ? 'unavailable' : 'available'
    if (before === `${state} ${failure}`) return
    for (const listener of listeners) listener()
  }

  /** One call within the deadline. `undo` marks a call that stores: it runs when the call succeeds too late. */
  async function call<T>(work: (keytar: Keytar) => Promise<T>, undo?: (keytar: Keytar) => Promise<unknown>) {
    const storing = undo !== undefined
    // A call that hangs keeps one of Node's few worker threads; a second one must not join it.
    if (hanging) throw new AppError('KEYCHAIN_TIMEOUT')
    keytar ??= load()
    const loaded = keytar
    let timer: NodeJS.Timeout | undefined
    let late = false
    const running = loaded.then(work)
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        late = hanging = true
        reject(new AppError('KEYCHAIN_TIMEOUT'))
      }, deadline)
    })
    running
      .then(async () => late && (await undo?.(await loaded)))
      .catch(() => undefined)
      .finally(() => {
        if (late) hanging = false
      })
    try {
      const value = await Promise.race([running, timeout])
      note(null, storing)
      return value
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('KEYCHAIN_UNAVAILABLE')
      note(known.code as KeychainFailure, storing)
      log.warn('keychain.failed', { code: known.code })
      throw known
    } finally {
      clearTimeout(timer)
    }
  }

  const get = (account: string) => call((keytar) => keytar.getPassword(keychainService, account))

  return {
    get,
    // Stored after we said that it was not: taken out again, so that what was said stays true.
    set: (account, password) =>
      call(
        (keytar) => keytar.setPassword(keychainService, account, password),
        (keytar) => keytar.deletePassword(keychainService, account),
      ),
    async remove(account) {
      await call((keytar) => keytar.deletePassword(keychainService, account))
    },
    probe() {
      probing ??= get(PROBE).then(
        () => state,
        () => state,
      )
      return probing
    },
    state: () => state,
    failure: () => failure,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function loadKeytar(): Promise<Keytar> {
  return (await import('keytar')).default
}
