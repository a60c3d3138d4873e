import { Button, Group, Paper, Stack, Title } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useAbout } from './data.ts'
import classes from './settings.module.css'

/** What really runs, for whoever helps. */
export function AboutSection() {
  const { t } = useTranslation('settings')
  const about = useAbout()
  const logs = useMutation({ mutationFn: () => call('shell.openExternal', { place: 'log-folder' }) })
  const { data } = about
  const facts: readonly (readonly [string, string])[] = data
    ? [
        [t('about.app'), data.app],
        [t('about.packaged'), data.packaged ? t('about.packagedYes') : t('about.packagedNo')],
        [t('about.runtime'), data.runtime === 'official' ? t('about.official') : t('about.standIn')],
        [t('about.electron'), data.electron],
        [t('about.chromium'), data.chromium],
        [t('about.node'), data.node],
        [t('about.platform'), data.platform],
        [t('about.logFile'), data.logFile],
      ]
    : []
  return (
    <Paper component="section" p="md" aria-label={t('section.about')}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t('section.about')}
        </Title>
        {about.error ? <ErrorNotice error={about.error} onRetry={() => void about.refetch()} /> : null}
        {logs.error ? <ErrorNotice error={logs.error} /> : null}
        <dl className={classes.facts}>
          {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
        </dl>
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFolderOpen size={15} aria-hidden />}
            onClick={() => logs.mutate()}
          >
            {t('about.openLogs')}
          </Button>
          <CopyButton text={facts.map((fact) => fact.join(': ')).join('\n')} label={t('about.copy')} />
        </Group>
      </Stack>
    </Paper>
  )
}
