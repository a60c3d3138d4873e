import type { LogGroup, LogState } from '#shared/monitoring-log.ts'

/**
 * Tells of the first bad message since the backend's latest start, once: a warning that leaks, an error, anything
 * worse. What stood in the log before it was opened is no news, and a restart begins anew. Returns the group to tell
 * of, or null.
 */
export function createLogAlarm(): (state: LogState) => LogGroup | null {
  let source = ''
  let known = true
  return (state) => {
    const name = JSON.stringify(state.source)
    const bad = state.groups.filter(
      ({ cause, level, sinceStart }) => sinceStart > 0 && (cause === 'leak' || level !== 'warning'),
    )
    if (name !== source || state.status === 'reading') {
      source = name
      known = state.status === 'reading' || bad.length > 0
      return null
    }
    if (bad.length === 0) {
      known = false
      return null
    }
    if (known) return null
    known = true
    return bad[0] ?? null
  }
}
