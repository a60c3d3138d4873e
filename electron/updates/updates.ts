import type { Log } from '#electron/log.ts'
import { systemCode } from '#electron/system-code.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { UpdateState } from '#shared/updates.ts'

/** What looks for versions, downloads and installs them. */
export interface UpdateEngine {
  /** The newer version; null when ours is the newest. */
  check(): Promise<string | null>
  /** Downloads it and checks that it is what was published. */
  download(): Promise<void>
  /** Ends the app, installs, and starts it again. */
  install(): void
}

export interface UpdateOptions {
  /** Why this installation never looks; null when it does. */
  readonly off: UpdateState['off']
  /** `notify` where the system's packages install: it only tells. */
  readonly how: 'install' | 'notify'
  /** Loads the engine when it is first needed, long after the window is there. */
  readonly engine: () => Promise<UpdateEngine>
  /** Whether a job works on the clinic's data: nothing is looked for, downloaded or installed meanwhile. */
  readonly busy: () => boolean
  readonly log: Log
  /** Milliseconds until the first look, between two looks, and until one is tried again after a job. */
  readonly waits?: { readonly first: number; readonly day: number; readonly again: number }
}

export interface Updates {
  readonly handlers: HandlersOf<'updates'>
  state(): UpdateState
  onChange(listener: (state: UpdateState) => void): () => void
  close(): void
}

const usualWaits = { first: 60_000, day: 24 * 3_600_000, again: 10 * 60_000 }

/** Codes of electron-updater for a download that is not what was published. */
const forged = new Set(['ERR_CHECKSUM_MISMATCH', 'ERR_UPDATER_INVALID_SIGNATURE', 'ERR_UPDATER_NO_CHECKSUM'])

/**
 * Looks for a newer version once a day, never during a job, downloads it, and waits until a person lets it restart the
 * app. A download that fails its check is thrown away, and the state says so.
 */
export function createUpdates({ off, how, engine, busy, log, waits = usualWaits }: UpdateOptions): Updates {
  const listeners = new Set<(state: UpdateState) => void>()
  let state: UpdateState = {
    ...{ status: off ? 'off' : 'idle', off, version: null, failure: null, checkedAt: null },
  }
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null

  function become(change: Partial<UpdateState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener(state)
  }

  function plan(wait: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), wait)
    timer.unref()
  }

  async function work(): Promise<void> {
    become({ status: 'checking', failure: null })
    try {
      const found = await engine()
      const version = await found.check()
      become({ checkedAt: new Date().toISOString(), version })
      if (version === null) return become({ status: 'none' })
      log.info('updates.found', { version })
      if (how === 'notify' || busy()) return become({ status: 'available' })
      become({ status: 'downloading' })
      await found.download()
      become({ status: 'ready' })
      log.info('updates.ready', { version })
    } catch (error) {
      const code = systemCode(error)
      const failure = forged.has(code) ? 'signature' : 'network'
      log.warn('updates.failed', { failure, code: /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'unknown' })
      become({ status: 'failed', failure })
    }
  }

  function look(): Promise<void> {
    if (off || state.status === 'ready') return Promise.resolve()
    if (busy()) {
      plan(waits.again)
      return Promise.resolve()
    }
    looking ??= work().finally(() => {
      looking = null
      // Found while a job ran: fetched when it is over.
      plan(how === 'install' && state.status === 'available' ? waits.again : waits.day)
    })
    return looking
  }

  if (!off) plan(waits.first)
  return {
    state: () => state,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => clearTimeout(timer),
    handlers: {
      'updates.state': () => state,
      'updates.check': async () => {
        await look()
        return state
      },
      'updates.install': async () => {
        if (state.status !== 'ready') throw new AppError('NOT_FOUND', { what: 'update' })
        if (busy()) throw new AppError('JOB_RUNNING')
        log.info('updates.install', { version: state.version ?? '' })
        const found = await engine()
        found.install()
      },
    },
  }
}
