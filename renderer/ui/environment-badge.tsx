import { Badge } from '@mantine/core'
import { IconFlask, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ProfileFields } from '#shared/connection.ts'
import classes from './environment-badge.module.css'

interface EnvironmentBadgeProps {
  readonly environment: ProfileFields['environment']
}

/** Says on every screen whether this is the real clinic: by word, colour, icon and border. */
export function EnvironmentBadge({ environment }: EnvironmentBadgeProps) {
  const { t } = useTranslation()
  const word = t(`environment.${environment}`)
  const Icon = environment === 'production' ? IconShieldCheck : IconFlask
  return (
    <Badge
      className={classes.badge}
      data-environment={environment}
      variant="default"
      size="md"
      leftSection={<Icon size={13} stroke={2} aria-hidden />}
      title={t('environment.label', { environment: word })}
    >
      {word}
    </Badge>
  )
}
