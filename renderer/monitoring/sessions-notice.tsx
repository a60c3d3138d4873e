import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconEyeOff } from '@tabler/icons-react'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { idleLimits, type SessionsStatus, type SessionsView } from '#shared/monitoring-sessions.ts'
import { useSessionWords } from './session-words.ts'
import classes from './sessions.module.css'

const looks = {
  clean: { color: 'accent', Icon: IconCircleCheck },
  warning: { color: 'yellow', Icon: IconAlertTriangle },
  critical: { color: 'red', Icon: IconAlertTriangle },
  notVerifiable: { color: 'gray', Icon: IconEyeOff },
} as const satisfies Record<SessionsStatus, unknown>

/** What the sessions prove, in one sentence; grey with the remedy where they prove nothing. */
export function SessionsNotice({ view }: { readonly view: SessionsView }) {
  const { t } = useSessionWords()
  const { status, sessions, unseen, role, grant } = view
  const { color, Icon } = looks[status]
  const count = sessions.filter(({ level }) => level === (status === 'critical' ? 'critical' : 'warning')).length
  const body = {
    clean: () => t('status.cleanBody', { seconds: idleLimits.warning }),
    warning: () => t('status.warningBody', { seconds: idleLimits.warning }),
    critical: () => t('status.criticalBody', { seconds: idleLimits.critical }),
    notVerifiable: () => t('status.notVerifiableBody', { count: unseen, role }),
  }[status]
  const title = status === 'warning' || status === 'critical' ? t(`status.${status}`, { count }) : t(`status.${status}`)
  return (
    <Alert color={color} variant="light" icon={<Icon size={20} aria-hidden />} title={title} data-status={status}>
      <Stack gap={6}>
        <Text size="sm">{body()}</Text>
        {status !== 'notVerifiable' && unseen > 0 ? (
          <Text size="sm">{t('status.hidden', { count: unseen, role })}</Text>
        ) : null}
        {grant === null ? null : (
          <>
            <Text size="sm">{t('grant.hint')}</Text>
            <Group gap="xs">
              <Code className={classes.statement}>{grant}</Code>
              <CopyButton text={grant} label={t('grant.copy')} />
            </Group>
          </>
        )}
        <Text size="xs" c="dimmed">
          {t('logOnly')}
        </Text>
      </Stack>
    </Alert>
  )
}
