import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { errorGroup } from '#shared/errors.ts'
import { CopyButton } from './copy-button.tsx'
import { useErrorWords } from './error-words.ts'

interface ErrorNoticeProps {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
  readonly retrying?: boolean
  /** What the failure means for the screen it stands on. */
  readonly note?: string | undefined
}

/** A failure in words: what happened, the probable cause, what to do now; the screen below it stays. */
export function ErrorNotice({ error, onRetry, retrying = false, note }: ErrorNoticeProps) {
  const { t } = useTranslation()
  const wire = wireError(error)
  const words = useErrorWords(wire)
  // A wrong password or a missing right is nothing that support could look up.
  const forSupport = errorGroup(wire.code) !== 'permission'
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      p="sm"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={words.title}
      data-code={wire.code}
    >
      <Stack gap={4}>
        {note ? (
          <Text size="sm" className="numbers">
            {note}
          </Text>
        ) : null}
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
        {onRetry || forSupport ? (
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
            {forSupport ? <CopyButton text={words.details} label={t('action.copyDetails')} /> : null}
            {forSupport && wire.ref ? (
              <Text size="xs" c="dimmed" className="numbers">
                {t('error.ref', { ref: wire.ref })}
              </Text>
            ) : null}
          </Group>
        ) : null}
      </Stack>
    </Alert>
  )
}
