import { Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CleanupPlan, CleanupUser } from '#shared/cleanup.ts'
import { decide, useDraft } from './draft.ts'
import classes from './guide-part.module.css'
import { guideUsers, keptIds } from './keep-list.ts'
import { missingOf } from './missing.ts'
import { Part } from './part.tsx'

interface GuidePartProps {
  readonly users: readonly CleanupUser[]
  readonly plan: CleanupPlan
  readonly self: string | null
}

/** The four people whom the guide keeps: who is here and who is not. An incomplete list wants a confirmation. */
export function GuidePart({ users, plan, self }: GuidePartProps) {
  const { t } = useTranslation('cleanup')
  const { decisions } = useDraft()
  const open = decisions.keepUsers === null && missingOf(plan).some(({ kind }) => kind === 'staff')
  return (
    <Part
      title={t('staffStep.guide')}
      tone={open ? 'open' : 'plain'}
      icon={open ? <IconAlertTriangle size={18} aria-hidden /> : <IconCircleCheck size={18} aria-hidden />}
    >
      <ul className={classes.people}>
        {guideUsers(users).map(({ name, user }) => (
          <li key={name} data-guide={name} data-found={user !== null}>
            {user ? <IconCheck size={16} stroke={2.2} aria-hidden /> : <IconX size={16} stroke={2.2} aria-hidden />}
            <span>
              <b>{user?.fullName ?? name}</b>{' '}
              <Text span size="sm" c="dimmed">
                {user ? `${name} · ${t('staffStep.found')}` : t('staffStep.absent')}
              </Text>
            </span>
          </li>
        ))}
      </ul>
      {open ? (
        <Text size="sm">
          <b>{t('staffStep.confirmTitle')}</b>
          {'. '}
          {t('staffStep.confirmBody')}
        </Text>
      ) : null}
      <Group gap="xs">
        {open ? (
          <Button size="sm" onClick={() => decide((now) => ({ keepUsers: [...keptIds(users, now, self)].sort() }))}>
            {t('staffStep.confirm')}
          </Button>
        ) : null}
        {decisions.keepUsers !== null ? (
          <Button size="compact-sm" variant="default" onClick={() => decide(() => ({ keepUsers: null }))}>
            {t('staffStep.backToGuide')}
          </Button>
        ) : null}
      </Group>
    </Part>
  )
}
