import en from '#shared/locales/en/sessions.json'
import es from '#shared/locales/es/sessions.json'
import type { SessionsView } from '#shared/monitoring-sessions.ts'
import type { Language } from '#shared/settings.ts'

export interface Notice {
  readonly title: string
  readonly body: string
}

const words: Readonly<Record<Language, typeof es>> = { es, en }

/**
 * Says once that sessions became critical and once that all is clean again, however often it is asked. A warning
 * changes nothing; what cannot be verified is not called clean. Returns what to tell, or null.
 */
export function createSessionAlarm(): (view: SessionsView, language: Language) => Notice | null {
  let critical = false
  return ({ status, sessions }, language) => {
    const { alarm } = words[language]
    if (status === 'critical' && !critical) {
      critical = true
      const overdue = sessions.filter(({ level }) => level === 'critical')
      const names = [...new Set(overdue.map(({ application }) => application || alarm.unnamed))].slice(0, 3)
      return {
        title: alarm.critical,
        body: alarm.criticalBody.replace('{{count}}', String(overdue.length)).replace('{{names}}', names.join(', ')),
      }
    }
    if (critical && (status === 'clean' || status === 'notVerifiable')) {
      critical = false
      return status === 'clean' ? { title: alarm.clean, body: alarm.cleanBody } : null
    }
    return null
  }
}
