import { Alert, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import { useRoleAdvice } from './data.ts'

/** The role for every day and the owner: what each is for, and the SQL that makes the first. */
export function RolesSection() {
  const { t } = useTranslation('connection')
  const { list } = useFormat()
  const advice = useRoleAdvice()
  const { data } = advice
  return (
    <Paper component="section" p="md" aria-label={t('roles.title')}>
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t('roles.title')}
        </Title>
        {advice.error ? <ErrorNotice error={advice.error} onRetry={() => void advice.refetch()} /> : null}
        {data ? (
          <>
            <Text size="sm">{t('roles.everyday', { role: data.everyday })}</Text>
            <Text size="sm">{t('roles.owner', { owners: list(data.owners) })}</Text>
            {data.owns ? (
              <Alert
                color="yellow"
                variant="light"
                icon={<IconAlertTriangle size={20} aria-hidden />}
                title={t('roles.ownsTitle', { role: data.role })}
                data-roles="owns"
              >
                {t('roles.owns', { role: data.everyday })}
              </Alert>
            ) : (
              <Text size="sm" data-roles="everyday">
                {t('roles.good', { role: data.role })}
              </Text>
            )}
            <Text size="sm">{t('roles.run')}</Text>
            <Code block tabIndex={0} aria-label={t('roles.sql')} data-roles="sql">
              {data.sql}
            </Code>
            <Group gap="xs">
              <CopyButton text={data.sql} label={t('roles.copy')} />
            </Group>
            <Text size="sm">{t('roles.password')}</Text>
            <Code block tabIndex={0}>
              {data.password}
            </Code>
            <Text size="sm">{t('roles.monitor')}</Text>
            <Code block tabIndex={0}>
              {data.monitor}
            </Code>
          </>
        ) : null}
      </Stack>
    </Paper>
  )
}
