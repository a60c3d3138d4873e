import type { Database } from '#electron/database/database.ts'
import type { HandlersOf } from '#shared/contract.ts'
import type { SessionState } from '#shared/session.ts'
import type { Settings } from '#shared/settings.ts'
import { type BackendLog, type BackendLogParts, createBackendLog } from './log.ts'
import { createSessionAlarm } from './session-alarm.ts'
import { createSessions, type Sessions, type SessionsOptions } from './sessions.ts'

export interface MonitoringParts
  extends Omit<BackendLogParts, 'language'>,
    Pick<SessionsOptions, 'database' | 'openOwner' | 'limits'> {
  readonly settings: () => Settings
  readonly session: () => SessionState
  /** Shows a notice of the system; called only while the person wants any. */
  readonly notify: (notice: { readonly title: string; readonly body: string }) => void
}

export interface Monitoring {
  readonly handlers: HandlersOf<'monitoring'>
  readonly log: Pick<BackendLog, 'source' | 'runs' | 'newest' | 'onChange'>
  /** One look at the sessions of any database. */
  readonly lookAtSessions: (database: Database) => ReturnType<Sessions['lookAt']>
  /** Somebody logged in or out: the log is followed for administrators, also behind the lock screen. */
  follow(session: SessionState): Promise<void>
  /** Another database took the place of the one that was looked at. */
  forgetSessions(): void
  close(): Promise<void>
}

/** Our own pool (`NOT_CONNECTED` while no profile is open), the server's sessions and the backend's log. */
export function createMonitoring(parts: MonitoringParts): Monitoring {
  const { database, openOwner, settings, session, notify, log, limits } = parts
  const alarm = createSessionAlarm()
  const sessions = createSessions({
    ...{ database, openOwner, log, ...(limits && { limits }) },
    watch() {
      const now = session()
      return settings().notifications && now.status === 'in' && now.user.role === 'admin'
    },
    onLook(view) {
      const notice = alarm(view, settings().language)
      if (notice) tell(notice)
    },
    who() {
      const now = session()
      return now.status === 'out' ? '' : now.user.id
    },
  })
  const backendLog = createBackendLog({ ...parts, language: () => settings().language })
  backendLog.onNotice(tell)

  function tell(notice: { readonly title: string; readonly body: string }): void {
    if (settings().notifications) notify(notice)
  }

  return {
    handlers: { 'monitoring.pool': () => database().figures(), ...backendLog.handlers, ...sessions.handlers },
    log: backendLog,
    lookAtSessions: sessions.lookAt,
    follow: (now) => backendLog.follow(now.status !== 'out' && now.user.role === 'admin'),
    forgetSessions: sessions.forget,
    async close() {
      sessions.close()
      await backendLog.close()
    },
  }
}
