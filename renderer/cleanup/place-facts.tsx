import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import classes from './place-facts.module.css'

/** Where it happens: the environment in words, then each fact by its name. */
export function PlaceFacts({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }) {
  const { t } = useTranslation('cleanup')
  const profile = useCurrentProfile()
  return (
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
  )
}
