import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { CopyButton } from './copy-button.tsx'
import classes from './error-notice.module.css'
import { useErrorWords } from './error-words.ts'

interface ErrorNoticeProps {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
}

/** A failure in words: what happened, the probable cause, what to do now; the screen below it stays. */
export function ErrorNotice({ error, onRetry, retrying = false }: ErrorNoticeProps) {
  const { t } = useTranslation()
  const wire = wireError(error)
  const words = useErrorWords(wire)
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      className={classes.notice}
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={words.title}
      data-code={wire.code}
    >
      <Stack gap={6}>
        <Text size="sm">
          <b>{t('error.cause')}</b>
          {': '}
          {words.cause}
        </Text>
        <Text size="sm">
          <b>{t('error.action')}</b>
          {': '}
          {words.action}
        </Text>
        <Group gap="xs" mt={4}>
          {onRetry ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={retrying}
              leftSection={<IconRefresh size={15} aria-hidden />}
              onClick={onRetry}
            >
              {t('action.retry')}
            </Button>
          ) : null}
          <CopyButton text={words.details} label={t('action.copyDetails')} />
          <Text size="xs" c="dimmed" className="numbers">
            {t('error.ref', { ref: wire.ref })}
          </Text>
        </Group>
      </Stack>
    </Alert>
  )
}
