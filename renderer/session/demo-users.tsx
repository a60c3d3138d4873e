import { Stack, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DemoCredential } from '#shared/connection.ts'
import classes from './demo-users.module.css'

interface DemoUsersProps {
  readonly credentials: readonly DemoCredential[]
  readonly onChoose: (credential: DemoCredential) => void
}

/** The invented users of the demo clinic; shown for its profile and nowhere else. */
export function DemoUsers({ credentials, onChoose }: DemoUsersProps) {
  const { t } = useTranslation('session')
  return (
    <Stack gap={6} className={classes.box}>
      <Text size="sm" fw={600}>
        {t('login.demoTitle')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('login.demoHint')}
      </Text>
      <div>
        {credentials.map((credential) => (
          <UnstyledButton
            key={credential.user}
            className={classes.user}
            aria-label={t('login.demoFill', { user: credential.user, role: credential.role })}
            onClick={() => onChoose(credential)}
          >
            <span className={classes.name}>{credential.user}</span>
            <Text span size="xs" c="dimmed">
              {credential.role}
            </Text>
          </UnstyledButton>
        ))}
      </div>
    </Stack>
  )
}
