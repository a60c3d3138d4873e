import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { useAmounts } from './amounts.ts'
import classes from './list.module.css'
import { Part } from './part.tsx'
import { byApplication, splitSessions } from './sessions.ts'

/** What the rehearsal does to others, told before it starts. */
export function BeforePart({ plan }: { readonly plan: CleanupPlan }) {
  const { t } = useTranslation('cleanup')
  const { list } = useFormat()
  const { of } = useAmounts()
  const { others } = splitSessions(plan.sessions)
  const names = byApplication(others).map(({ application, count }) =>
    t('rehearsal.other', { name: application || t('base.unnamed'), sessions: of('sessions', count) }),
  )
  return (
    <Part title={t('rehearsal.before')} icon={<IconInfoCircle size={18} aria-hidden />}>
      <ul className={classes.plain}>
        <li>{t('rehearsal.locks')}</li>
        <li data-part="sessions">
          {names.length === 0 ? t('rehearsal.alone') : t('rehearsal.others', { names: list(names) })}
        </li>
        <li>{t('rehearsal.undone')}</li>
      </ul>
    </Part>
  )
}
