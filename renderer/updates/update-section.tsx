import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { UpdateState } from '#shared/updates.ts'
import { useCheckUpdates, useInstallUpdate, useUpdates } from './data.ts'

/** Whether there is a newer version; an administrator may look at once, anybody may restart into one that is ready. */
export function UpdateSection({ admin }: { readonly admin: boolean }) {
  const { t } = useTranslation('updates')
  const state = useUpdates()
  const check = useCheckUpdates()
  const install = useInstallUpdate()
  if (!state) return null
  const working = state.status === 'checking' || state.status === 'downloading'
  const say = ({ status, off, failure, version }: UpdateState): string => {
    if (status === 'off') return off === null ? '' : t(`off.${off}`)
    if (status === 'failed') return t(`failed.${failure ?? 'network'}`)
    return t(`status.${status}`, { version: version ?? '' })
  }
  const error = check.error ?? install.error
  return (
    <Paper component="section" p="md" aria-label={t('title')}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('title')}
        </Title>
        {error ? <ErrorNotice error={error} /> : null}
        <Text size="sm" role="status" data-updates={state.status}>
          {say(state)}
        </Text>
        <Group gap="xs">
          {state.status === 'ready' ? (
            <Button
              size="compact-sm"
              leftSection={<IconDownload size={15} aria-hidden />}
              loading={install.isPending}
              onClick={() => install.mutate()}
            >
              {t('install')}
            </Button>
          ) : null}
          {admin && state.status !== 'off' && state.status !== 'ready' ? (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconRefresh size={15} aria-hidden />}
              loading={check.isPending || working}
              onClick={() => check.mutate()}
            >
              {t('check')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Paper>
  )
}
