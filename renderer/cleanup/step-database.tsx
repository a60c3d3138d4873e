import { Alert, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { useSealState } from './data-restore.ts'
import { Part } from './part.tsx'
import { RightsPart } from './rights-part.tsx'
import { SessionsTable } from './sessions-table.tsx'
import classes from './step-database.module.css'
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
        <dl className={classes.facts}>
          {profile ? (
            <div className={classes.wide}>
              <dt>{t('base.environment')}</dt>
              <dd className={classes.environment}>
                <EnvironmentBadge environment={profile.environment} />
                <Text span size="sm">
                  {t(`base.${profile.environment}`)}
                </Text>
              </dd>
            </div>
          ) : null}
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
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
