import { useTranslation } from 'react-i18next'
import type { RehearsalResult } from '#shared/cleanup.ts'
import { useDuration } from './amounts.ts'
import list from './list.module.css'

/** How long each phase took, for who wants to know. */
export function PhaseTimes({ phases }: Pick<RehearsalResult, 'phases'>) {
  const { t } = useTranslation('cleanup')
  const time = useDuration()
  return (
    <details className={list.more}>
      <summary>{t('outcome.phases')}</summary>
      <ul className={list.plain}>
        {phases.map(({ phase, milliseconds }) => (
          <li key={phase}>
            {t(`phase.${phase}`)}
            {': '}
            {time(milliseconds)}
          </li>
        ))}
      </ul>
    </details>
  )
}
