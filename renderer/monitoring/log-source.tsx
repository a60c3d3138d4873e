import { Badge, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconFileText, IconServer } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useLogSourceName } from '#renderer/ui/log-source-name.ts'
import type { LogSource, LogStatus } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { LogCommandDialog } from './log-command-dialog.tsx'
import { useChooseFiles, useForgetLog } from './log-data.ts'

/** Where the log could come from, while nobody has said so. */
export function LogSourceChoice() {
  const { t } = useTranslation('log')
  return (
    <Paper className={classes.choice} data-part="log-choice">
      <Stack gap="xs" align="center">
        <Text fw={600}>{t('source.none')}</Text>
        <Text size="sm" c="dimmed" maw={520} ta="center">
          {t('source.noneBody')}
        </Text>
        <SourceButtons explained />
      </Stack>
    </Paper>
  )
}

/** What is read now, how that goes, and how to read something else. */
export function LogSourceBar({ source, status }: { readonly source: LogSource; readonly status: LogStatus }) {
  const { t } = useTranslation('log')
  const forget = useForgetLog()
  const nameOf = useLogSourceName()
  return (
    <Group gap="xs" className={classes.bar}>
      <Badge
        color={status === 'following' ? 'accent' : 'gray'}
        {...(status === 'following' ? {} : { c: 'var(--mantine-color-text)' })}
        variant="outline"
        data-part="log-status"
        tt="none"
      >
        {t(`status.${status}`)}
      </Badge>
      <Text size="sm" className={classes.sourceName} title={nameOf(source)}>
        {nameOf(source)}
      </Text>
      <SourceButtons />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => forget.mutate(undefined)}>
        {t('source.forget')}
      </Button>
    </Group>
  )
}

function SourceButtons({ explained = false }: { readonly explained?: boolean }) {
  const { t } = useTranslation('log')
  const choose = useChooseFiles()
  const [asking, setAsking] = useState(false)
  const size = explained ? 'sm' : 'compact-sm'
  return (
    <>
      <Group gap="xs" justify="center" align="flex-start">
        <Stack gap={4} maw={explained ? 260 : undefined}>
          <Button
            size={size}
            variant={explained ? 'filled' : 'default'}
            leftSection={<IconFileText size={16} aria-hidden />}
            loading={choose.isPending}
            onClick={() => choose.mutate(undefined)}
          >
            {t('source.file')}
          </Button>
          {explained ? (
            <Text size="xs" c="dimmed">
              {t('source.fileHint')}
            </Text>
          ) : null}
        </Stack>
        <Stack gap={4} maw={explained ? 260 : undefined}>
          <Button
            size={size}
            variant="default"
            leftSection={<IconServer size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('source.command')}
          </Button>
          {explained ? (
            <Text size="xs" c="dimmed">
              {t('source.commandHint')}
            </Text>
          ) : null}
        </Stack>
      </Group>
      {choose.error ? <ErrorNotice error={choose.error} /> : null}
      <LogCommandDialog opened={asking} onClose={() => setAsking(false)} />
    </>
  )
}
