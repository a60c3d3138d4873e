import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { useSealState } from './data-restore.ts'
import { Part } from './part.tsx'
import { PlaceFacts } from './place-facts.tsx'
import { RightsPart } from './rights-part.tsx'
import { SessionsTable } from './sessions-table.tsx'
import type { StepProps } from './wizard.tsx'

/** Step 1: which database this is, who else is there, and whether this role may. */
export function DatabaseStep({ plan, stale, refetch }: StepProps) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const seal = useSealState().data
  const facts = [
    [t('base.server'), profile ? `${profile.host}:${profile.port}` : common('unit.dash')],
    [t('base.database'), plan.database],
    [t('base.role'), plan.role],
    [t('base.version'), `PostgreSQL ${plan.serverVersion}`],
  ] as const
  return (
    <>
      {profile?.environment === 'production' ? (
        <Alert
          color="red"
          icon={<IconAlertTriangle size={22} aria-hidden />}
          title={t('base.productionTitle')}
          data-warning="production"
        >
          {t('base.productionBody')}
        </Alert>
      ) : null}
      {seal && seal.state !== 'open' ? (
        <Alert
          color="red"
          icon={<IconLock size={22} aria-hidden />}
          title={t(`seal.${seal.state}`)}
          data-warning="sealed"
        >
          {t(`seal.${seal.state}Note`)}
        </Alert>
      ) : null}
      <Part title={t('base.where')} note={t('base.intro')}>
        <PlaceFacts facts={facts} />
      </Part>
      <Part title={t('base.sessions')}>
        <SessionsTable sessions={plan.sessions} />
        <div>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={15} aria-hidden />}
            loading={stale}
            onClick={refetch}
          >
            {t('base.again')}
          </Button>
        </div>
      </Part>
      <RightsPart plan={plan} />
    </>
  )
}
