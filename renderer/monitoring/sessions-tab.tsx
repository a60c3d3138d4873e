import { ActionIcon, Group, Skeleton, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { ServerSession } from '#shared/monitoring-sessions.ts'
import { EndSessionDialog } from './end-session-dialog.tsx'
import { useSessionWords } from './session-words.ts'
import { useSessions } from './sessions-data.ts'
import { SessionsNotice } from './sessions-notice.tsx'
import { SessionsSummary } from './sessions-summary.tsx'
import { SessionsTable } from './sessions-table.tsx'

/** Who is connected to the clinic's database, and which connections never come back. */
export function SessionsTab() {
  const { t } = useSessionWords()
  const { t: common } = useTranslation()
  const sessions = useSessions()
  const [ending, setEnding] = useState<ServerSession | null>(null)
  const view = sessions.data
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('title')}
        </Title>
        <Group gap="xs">
          {view ? (
            <Text size="sm" c="dimmed">
              <Age at={view.at * 1_000} />
            </Text>
          ) : null}
          <Tooltip label={t('refresh')}>
            <ActionIcon size="lg" aria-label={t('refresh')} onClick={() => void sessions.refetch()}>
              <IconRefresh size={18} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {sessions.error ? (
        <ErrorNotice
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
          retrying={sessions.isFetching && sessions.isError}
        />
      ) : null}
      {view ? (
        <>
          <SessionsNotice view={view} />
          <SessionsSummary view={view} />
          <SessionsTable view={view} onEnd={setEnding} />
          <EndSessionDialog
            session={ending}
            role={view.role}
            mayEndOthers={view.mayEndOthers}
            onClose={() => setEnding(null)}
          />
        </>
      ) : null}
      {sessions.isPending ? <Skeleton height={420} aria-label={common('unit.loading')} role="status" /> : null}
    </Stack>
  )
}
