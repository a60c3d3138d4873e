import { type OtherSession, ourApplication } from '#shared/cleanup.ts'

/** The sessions of other programs, and how many are of this one, here or on another workstation. */
export function splitSessions(sessions: readonly OtherSession[]) {
  const others = sessions.filter(({ application }) => application !== ourApplication)
  return { others, ours: sessions.length - others.length > 0 }
}

/** How many sessions each program has, most first. */
export function byApplication(sessions: readonly OtherSession[]): readonly { application: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { application, count } of sessions) counts.set(application, (counts.get(application) ?? 0) + count)
  return [...counts].map(([application, count]) => ({ application, count })).sort((a, b) => b.count - a.count)
}

/** The states that have words of their own. */
export function stateWord(state: string): 'active' | 'idle' | 'inTransaction' | 'other' {
  if (state === 'active' || state === 'idle') return state
  return state.startsWith('idle in transaction') ? 'inTransaction' : 'other'
}
