import { describe, expect, it } from 'vitest'
import { createSessionAlarm } from '#electron/monitoring/session-alarm.ts'
import type { SessionsView } from '#shared/monitoring-sessions.ts'

const view = (status: SessionsView['status'], names: readonly string[] = []) =>
  ({ status, sessions: names.map((application) => ({ application, level: 'critical' })) }) as unknown as SessionsView

describe('the alarm for sessions', () => {
  it('tells once that sessions are stuck and once that they are not, however often it is asked', () => {
    const alarm = createSessionAlarm()
    const told = (['clean', 'warning', 'critical', 'critical', 'warning', 'critical', 'clean', 'clean'] as const).map(
      (status) => alarm(view(status, ['backend']), 'es')?.title ?? null,
    )
    expect(told).toEqual([
      ...[null, null],
      'Conexiones atoradas en la base de datos',
      ...[null, null, null],
      'Las conexiones se soltaron',
      null,
    ])
  })

  it('names the programs and how many, in the language of the person', () => {
    const told = createSessionAlarm()(view('critical', ['backend', 'backend', '']), 'en')
    expect(told?.body).toBe('Not given back for more than a minute: 3. Programs: backend, no name.')
  })

  it('does not call clean what it can no longer see, and speaks again when it gets worse', () => {
    const alarm = createSessionAlarm()
    alarm(view('critical'), 'es')
    expect(alarm(view('notVerifiable'), 'es')).toBeNull()
    expect(alarm(view('critical'), 'es')?.title).toBe('Conexiones atoradas en la base de datos')
  })
})
