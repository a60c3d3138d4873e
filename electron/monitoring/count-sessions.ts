import {
  type ApplicationSessions,
  mostSessions,
  type ServerSession,
  type SessionLevel,
  type SessionReading,
  type SessionsStatus,
  type SessionsView,
} from '#shared/monitoring-sessions.ts'
import type { Look } from './read-sessions.ts'

const levels: Readonly<Record<SessionLevel, number>> = { ok: 0, warning: 1, critical: 2 }

const inTransaction = ({ state }: ServerSession) => state === 'inTransaction' || state === 'aborted'
const count = (sessions: readonly ServerSession[], which: (session: ServerSession) => boolean) =>
  sessions.filter(which).length

/** The counts of one look, for the time axis: numbers only. */
export function readingOf({ sessions, slots }: Look, at: number): SessionReading {
  return {
    at,
    total: sessions.length,
    active: count(sessions, ({ state }) => state === 'active'),
    inTransaction: count(sessions, inTransaction),
    unseen: count(sessions, ({ state }) => state === 'unseen'),
    overdue: count(sessions, ({ level }) => level !== 'ok'),
    blocked: count(sessions, ({ blockedBy }) => blockedBy.length > 0),
    own: count(sessions, ({ own }) => own),
    used: slots.used,
  }
}

/** The worst of all sessions; without anything bad, clean only where everything was seen. */
export function statusOf(sessions: readonly ServerSession[]): SessionsStatus {
  const worst = worstOf(sessions)
  if (worst !== 'ok') return worst
  return sessions.some(({ state, own }) => state === 'unseen' && !own) ? 'notVerifiable' : 'clean'
}

/** One look as the page gets it. */
export function viewOf(look: Look, at: number, history: readonly SessionReading[]): SessionsView {
  const { sessions, role, mayEndOthers, slots } = look
  const unseen = count(sessions, ({ state, own }) => state === 'unseen' && !own)
  return {
    ...{ at, role, mayEndOthers, unseen, slots, history },
    status: statusOf(sessions),
    grant: unseen > 0 ? look.grant : null,
    applications: byApplication(sessions),
    sessions: [...sessions].sort(moreUrgent).slice(0, mostSessions),
    total: sessions.length,
  }
}

function byApplication(sessions: readonly ServerSession[]): ApplicationSessions[] {
  const groups = new Map<string, ServerSession[]>()
  for (const session of sessions) {
    groups.set(session.application, [...(groups.get(session.application) ?? []), session])
  }
  return [...groups]
    .map(([application, group]) => ({
      application,
      own: group.every(({ own }) => own),
      total: group.length,
      active: count(group, ({ state }) => state === 'active'),
      idle: count(group, ({ state }) => state === 'idle'),
      inTransaction: count(group, inTransaction),
      unseen: count(group, ({ state }) => state === 'unseen'),
      level: worstOf(group),
    }))
    .sort((a, b) => levels[b.level] - levels[a.level] || b.total - a.total || (a.application < b.application ? -1 : 1))
}

function worstOf(sessions: readonly ServerSession[]): SessionLevel {
  return sessions.reduce<SessionLevel>((worst, { level }) => (levels[level] > levels[worst] ? level : worst), 'ok')
}

const ranks: Readonly<Record<ServerSession['state'], number>> = {
  inTransaction: 3,
  aborted: 3,
  active: 2,
  unseen: 1,
  idle: 0,
}

/** Overdue first, then who holds others up or waits, then by what they do; the oldest first. */
function moreUrgent(a: ServerSession, b: ServerSession): number {
  const tangled = ({ blocks, blockedBy }: ServerSession) => (blocks.length > 0 ? 2 : blockedBy.length > 0 ? 1 : 0)
  return (
    levels[b.level] - levels[a.level] ||
    tangled(b) - tangled(a) ||
    ranks[b.state] - ranks[a.state] ||
    (b.seconds ?? 0) - (a.seconds ?? 0) ||
    a.pid - b.pid
  )
}
