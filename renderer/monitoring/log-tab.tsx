import { Alert, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconFileSearch, IconLoader2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import type { LogFilter, LogState } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { LogCauses } from './log-causes.tsx'
import { useLog } from './log-data.ts'
import { LogFacts } from './log-facts.tsx'
import { LogList } from './log-list.tsx'
import { LogSourceBar, LogSourceChoice } from './log-source.tsx'

const everything: LogFilter = { show: 'all', group: null, text: '' }

/** What the backend says of itself. */
export function LogTab() {
  const { t } = useTranslation('log')
  const log = useLog()
  const [filter, setFilter] = useState(everything)
  const state = log.data
  return (
    <Stack gap="sm" data-log={state?.status}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4">
          {t('title')}
        </Title>
        {state?.source ? <LogSourceBar source={state.source} status={state.status} /> : null}
      </Group>
      {log.error ? (
        <ErrorNotice error={log.error} onRetry={() => void log.refetch()} retrying={log.isFetching} />
      ) : null}
      {log.isPending ? <Skeleton height={420} /> : null}
      {state && state.source === null ? <LogSourceChoice /> : null}
      {state?.source ? (
        <>
          <Verdict state={state} />
          {state.read.bytes > 0 ? (
            <>
              <LogFacts state={state} />
              <div className={classes.halves}>
                <LogCauses
                  groups={state.groups}
                  chosen={filter.group}
                  onChoose={(group) => setFilter({ ...filter, show: group === null ? filter.show : 'all', group })}
                />
                <LogList key={JSON.stringify(state.source)} state={state} filter={filter} onFilter={setFilter} />
              </div>
            </>
          ) : null}
        </>
      ) : null}
    </Stack>
  )
}

/** What the log proves, in one sentence; nothing read proves nothing. */
function Verdict({ state }: { readonly state: LogState }) {
  const { t } = useTranslation('log')
  const { integer, bytes } = useFormat()
  const { status, groups, read, size } = state
  if (status === 'gone' || status === 'denied' || status === 'programMissing' || status === 'stopped') {
    return (
      <Notice color="yellow" Icon={IconAlertTriangle} name={status} title={t(`status.${status}`)}>
        {t(`statusBody.${status}`)}
      </Notice>
    )
  }
  if (status === 'reading') {
    const percent = integer(Math.min(99, Math.floor((read.bytes / Math.max(1, size ?? 1)) * 100)))
    return (
      <Notice color="gray" Icon={IconLoader2} name="reading" title={t('verdict.reading', { percent })}>
        {t('verdict.cleanBody', { count: read.entries, entries: integer(read.entries), size: bytes(read.bytes) })}
      </Notice>
    )
  }
  if (read.bytes === 0) {
    return (
      <Notice color="gray" Icon={IconFileSearch} name="nothing" title={t('nothing.title')}>
        {t('nothing.body')}
      </Notice>
    )
  }
  const since = (wanted: (group: LogState['groups'][number]) => boolean) =>
    groups.filter(wanted).reduce((sum, group) => sum + group.sinceStart, 0)
  const bad = since(({ cause, level }) => cause === 'leak' || level !== 'warning')
  const warnings = since(({ cause, level }) => cause !== 'leak' && level === 'warning')
  const body = t('verdict.cleanBody', { count: read.entries, entries: integer(read.entries), size: bytes(read.bytes) })
  const also = warnings > 0 ? ` ${t('verdict.warnings', { count: warnings })}.` : ''
  return bad > 0 ? (
    <Notice color="red" Icon={IconAlertTriangle} name="bad" title={t('verdict.bad', { count: bad })}>
      {body + also}
    </Notice>
  ) : (
    <Notice color="accent" Icon={IconCircleCheck} name="clean" title={t('verdict.clean')}>
      {body + also}
    </Notice>
  )
}

interface NoticeProps {
  readonly color: string
  readonly Icon: typeof IconCircleCheck
  readonly name: string
  readonly title: string
  readonly children: string
}

function Notice({ color, Icon, name, title, children }: NoticeProps) {
  return (
    <Alert color={color} variant="light" p="sm" icon={<Icon size={20} aria-hidden />} title={title} data-verdict={name}>
      <Text size="sm" className="numbers">
        {children}
      </Text>
    </Alert>
  )
}
