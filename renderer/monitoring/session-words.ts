import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { ServerSession } from '#shared/monitoring-sessions.ts'

/** How sessions are put into words. */
export function useSessionWords() {
  const { t } = useTranslation('sessions')
  const { integer } = useFormat()

  /** A duration as short as a person needs it; empty where it is not known. */
  function duration(seconds: number | null): string {
    if (seconds === null) return ''
    if (seconds < 120) return t('seconds', { value: integer(Math.floor(seconds)) })
    if (seconds < 7_200) return t('minutes', { value: integer(Math.floor(seconds / 60)) })
    return t('hours', { value: integer(Math.floor(seconds / 3_600)) })
  }

  return {
    t,
    duration,
    application: (name: string) => name || t('applications.unnamed'),
    client: ({ client, state }: ServerSession) => client ?? (state === 'unseen' ? t('table.unseen') : t('table.local')),
  }
}
