import { Alert, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPlugConnectedX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import type { PoolFigures } from '#shared/monitoring.ts'
import { usePool } from './data.ts'
import { PoolFiguresRow } from './pool-figures.tsx'

/** Whether this app gives its connections back. */
export function PoolTab() {
  const { t } = useTranslation('monitoring')
  const pool = usePool()
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('pool')}
        </Title>
        <Group gap="xs">
          {pool.data ? (
            <Text size="sm" c="dimmed">
              <Age at={pool.dataUpdatedAt} />
            </Text>
          ) : null}
          {pool.data ? <CopyButton text={JSON.stringify({ ...pool.data, history: undefined }, null, 2)} /> : null}
        </Group>
      </Group>
      {pool.error ? (
        <ErrorNotice error={pool.error} onRetry={() => void pool.refetch()} retrying={pool.isFetching} />
      ) : null}
      {pool.data ? (
        <>
          <LeakNotice figures={pool.data} />
          <PoolFiguresRow figures={pool.data} />
        </>
      ) : null}
      {pool.isPending ? <Skeleton height={220} /> : null}
    </Stack>
  )
}

function LeakNotice({ figures }: { readonly figures: PoolFigures }) {
  const { t } = useTranslation('monitoring')
  const { integer } = useFormat()
  const { open, leaks, requests } = figures
  if (!open) {
    return (
      <Alert color="gray" icon={<IconPlugConnectedX size={20} aria-hidden />} title={t('leaks.closed')}>
        {t('leaks.closedBody')}
      </Alert>
    )
  }
  return leaks === 0 ? (
    <Alert color="accent" variant="light" icon={<IconCircleCheck size={20} aria-hidden />} title={t('leaks.none')}>
      {t('leaks.noneBody', { count: requests, requests: integer(requests) })}
    </Alert>
  ) : (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={t('leaks.some', { count: leaks })}
    >
      {t('leaks.someBody')}
    </Alert>
  )
}
