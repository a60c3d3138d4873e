import type { Database } from '#electron/database/database.ts'
import type { Log } from '#electron/log.ts'
import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { type IdleLimits, idleLimits, type SessionReading, type SessionsView } from '#shared/monitoring-sessions.ts'
import { readingOf, viewOf } from './count-sessions.ts'
import { endSession } from './end-session.ts'
import { readSessions } from './read-sessions.ts'

/** Milliseconds: a look is shared by whoever asks within that time; in the background one is taken this often. */
const fresh = 3_000
const background = 15_000
/** Seconds that the time axis reaches back, and between two readings kept. */
const hour = 3_600
const apart = 10
/** Milliseconds that a cancelled statement is given to end before its session may be terminated, at most. */
const cancelledFor = 10 * 60_000

export interface SessionsOptions {
  /** The open database. Throws `NOT_CONNECTED`. */
  readonly database: () => Database
  /** The same clinic as a role whose rights reach further. */
  readonly openOwner: (owner: { readonly user: string; readonly password: string }) => Promise<Database>
  /** Whether to look in the background too: an administrator is here and wants to hear of changes. */
  readonly watch: () => boolean
  /** Hears of every look. */
  readonly onLook: (view: SessionsView) => void
  /** Who acts, for the log: a user's id. */
  readonly who: () => string
  readonly log: Log
  /** Shorter ones, for tests. */
  readonly limits?: IdleLimits
}

export interface Sessions {
  /** One look at any database, kept nowhere. */
  lookAt(database: Database): Promise<SessionsView>
  readonly handlers: Pick<HandlersOf<'monitoring'>, 'monitoring.sessions' | 'monitoring.endSession'>
  /** Forgets the last hour: another database took the place of the one that was looked at. */
  forget(): void
  close(): void
}

/** The server's sessions: looked at while somebody watches, counted for an hour, ended one at a time. */
export function createSessions(options: SessionsOptions): Sessions {
  const { database, openOwner, watch, onLook, who, log, limits = idleLimits } = options
  const cancelled = new Map<string, number>()
  let history: SessionReading[] = []
  let last: { readonly view: SessionsView; readonly taken: number } | null = null
  let generation = 0

  async function look(): Promise<SessionsView> {
    if (last !== null && performance.now() - last.taken < fresh) return last.view
    const mine = generation
    const connected = database()
    return connected.share('monitoring.sessions', async () => {
      const found = await connected.read((transaction) => readSessions(transaction, limits), {
        statementTimeout: 5_000,
      })
      const at = Date.now() / 1_000
      if (mine !== generation) return viewOf(found, at, [])
      keep(readingOf(found, at))
      const view = viewOf(found, at, history)
      last = { view, taken: performance.now() }
      onLook(view)
      return view
    })
  }

  function keep(reading: SessionReading): void {
    const previous = history.at(-1)
    const kept = history.filter(({ at }) => at > reading.at - hour)
    // The newest is always there; the one before it stays only when it is ten seconds older than its own predecessor.
    const before = kept.at(-2)
    if (previous && before && previous.at - before.at < apart) kept.pop()
    history = [...kept, reading]
  }

  const timer = setInterval(() => {
    if (!watch()) return
    void look().catch((error: unknown) => {
      const code = error instanceof AppError ? error.code : 'INTERNAL'
      if (code !== 'NOT_CONNECTED') log.warn('monitoring.notLooked', { code })
    })
  }, background)
  timer.unref()

  return {
    async lookAt(other) {
      return viewOf(await other.read((transaction) => readSessions(transaction, limits)), Date.now() / 1_000, [])
    },
    handlers: {
      'monitoring.sessions': look,
      'monitoring.endSession': async ({ owner, ...target }) => {
        const key = `${target.pid} ${target.startedAt}`
        const wasCancelled = Date.now() - (cancelled.get(key) ?? 0) < cancelledFor
        const acting = owner === null ? database() : await openOwner(owner)
        const entry = { pid: target.pid, how: target.how, by: who() }
        try {
          const { outcome, user } = await endSession(acting, target, wasCancelled)
          if (target.how === 'cancel') cancelled.set(key, Date.now())
          else cancelled.delete(key)
          last = null
          log.info('monitoring.sessionEnded', { ...entry, user, outcome })
          return { outcome }
        } catch (error) {
          log.warn('monitoring.sessionNotEnded', {
            ...entry,
            code: error instanceof AppError ? error.code : 'INTERNAL',
          })
          throw error
        } finally {
          if (owner !== null) await acting.close(0).catch(() => undefined)
        }
      },
    },
    forget() {
      generation += 1
      history = []
      last = null
      cancelled.clear()
    },
    close: () => clearInterval(timer),
  }
}
