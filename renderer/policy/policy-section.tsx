import { List, Paper, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePolicy } from './data.ts'
import { PolicyProblem } from './policy-problem.tsx'

/** What the clinic's IT has fixed on this workstation; nothing where there is no policy. */
export function PolicySection() {
  const { t } = useTranslation('policy')
  const policy = usePolicy()
  if (!policy?.managed) return null
  const said = [
    policy.language !== null ? t('language') : null,
    policy.connection === 'fixed' ? t('fixed') : policy.connection === 'locked' ? t('locked') : null,
    policy.cleanup === 'disabled' ? t('cleanup') : null,
    policy.updates === 'off' ? t('updates') : null,
  ].filter((text) => text !== null)
  return (
    <Paper component="section" p="md" aria-label={t('title')}>
      <Stack gap="xs">
        <Title order={2} size="h5">
          {t('title')}
        </Title>
        <PolicyProblem />
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('body', { file: policy.file })}
        </Text>
        <List size="sm" spacing={4}>
          {said.map((text) => (
            <List.Item key={text}>{text}</List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  )
}
