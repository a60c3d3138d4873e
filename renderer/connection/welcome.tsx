import { Stack, Text, Title, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconFlask, IconServer2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ConnectionState } from '#shared/connection.ts'
import { useOpenConnection } from './data.ts'
import classes from './welcome.module.css'

interface WelcomeProps {
  readonly state: ConnectionState
  readonly onNew: () => void
}

/** The first run: one's own server or, from source, the demo. */
export function Welcome({ state, onNew }: WelcomeProps) {
  const { t } = useTranslation('connection')
  const open = useOpenConnection()
  const { demo } = state
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <Title order={1} size="h3">
          {t('welcome.title')}
        </Title>
        <Text c="dimmed">{t('welcome.body')}</Text>
      </Stack>
      <Stack gap="sm">
        <Choice title={t('welcome.own')} body={t('welcome.ownBody')} icon={IconServer2} onClick={onNew} />
        {demo ? (
          <Choice
            title={t('welcome.demo')}
            body={t('welcome.demoBody')}
            icon={IconFlask}
            busy={open.isPending}
            onClick={() => open.mutate({ id: demo.profileId, password: null })}
          />
        ) : null}
      </Stack>
      {open.error ? <ErrorNotice error={open.error} /> : null}
    </Stack>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly body: string
  readonly icon: typeof IconFlask
  readonly busy?: boolean
  readonly onClick: () => void
}

function Choice({ title, body, icon: Icon, busy = false, onClick }: ChoiceProps) {
  return (
    <UnstyledButton className={classes.choice} onClick={onClick} disabled={busy} aria-busy={busy}>
      <span className={classes.icon}>
        <Icon size={22} stroke={1.6} aria-hidden />
      </span>
      <span className={classes.words}>
        <Text fw={600} span>
          {title}
        </Text>
        <Text size="sm" c="dimmed" span>
          {body}
        </Text>
      </span>
      <IconChevronRight size={18} aria-hidden />
    </UnstyledButton>
  )
}
