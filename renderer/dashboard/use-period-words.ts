import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { Dashboard } from '#shared/dashboard.ts'

/** The chosen period as a person says it. */
export function usePeriodWords() {
  const { t } = useTranslation('dashboard')
  const { day } = useFormat()
  return ({ range, period }: Pick<Dashboard, 'range' | 'period'>): string => {
    if ('days' in range) return t('range.long', { days: range.days })
    return period.from === period.to
      ? day(period.from)
      : t('range.dates', { from: day(period.from), to: day(period.to) })
  }
}
