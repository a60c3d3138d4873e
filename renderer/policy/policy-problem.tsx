import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { usePolicy } from './data.ts'

/** Says that the machine's policy has a mistake, what that forbids, and who mends it; nothing while it has none. */
export function PolicyProblem() {
  const { t } = useTranslation('policy')
  const policy = usePolicy()
  if (!policy?.problem) return null
  const { kind, fields } = policy.problem
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      mb="md"
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={t('problemTitle')}
      data-policy-problem={kind}
    >
      <Stack gap={4}>
        <Text size="sm">{t(`problem.${kind}`, { file: policy.file, fields: fields || 'JSON' })}</Text>
        <Text size="sm">{t('problemAction')}</Text>
      </Stack>
    </Alert>
  )
}
