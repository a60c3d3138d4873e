import { ActionIcon, Group, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useBusy, useIndexAdvice, useIndexJob, useIndexOutcome } from './data.ts'
import { IndexDialog, type Intention } from './index-dialog.tsx'
import { IndexRow } from './index-row.tsx'
import classes from './indexes.module.css'

/** Which indexes would make the dashboard faster, and the way to have them or be rid of them. */
export function IndexSection() {
  const { t } = useTranslation('indexes')
  const { t: common } = useTranslation()
  const list = useIndexAdvice()
  const current = useIndexJob()
  const busy = useBusy()
  const [intention, setIntention] = useState<Intention | null>(null)
  useIndexOutcome()
  return (
    <Stack component="section" gap="sm" aria-labelledby="indexes-title" mt="sm">
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <div>
          <Title order={2} size="h5" id="indexes-title">
            {t('title')}
          </Title>
          <Text size="sm" c="dimmed">
            {`${t('intro')} ${t('note')}`}
          </Text>
        </div>
        <Tooltip label={t('refresh')}>
          <ActionIcon size="lg" aria-label={t('refresh')} loading={list.isFetching} onClick={() => void list.refetch()}>
            <IconRefresh size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      {list.error ? (
        <ErrorNotice error={list.error} onRetry={() => void list.refetch()} retrying={list.isFetching} />
      ) : null}
      {list.isPending ? <Skeleton height={300} aria-label={common('unit.loading')} role="status" /> : null}
      {list.data ? (
        <ul className={classes.rows}>
          {list.data.indexes.map((advice) => (
            <IndexRow
              key={advice.id}
              advice={advice}
              job={current?.index === advice.id ? current.job : null}
              busy={busy}
              onAct={(kind) => setIntention({ kind, advice })}
            />
          ))}
        </ul>
      ) : null}
      <IndexDialog intention={intention} role={list.data?.role ?? ''} onClose={() => setIntention(null)} />
    </Stack>
  )
}
