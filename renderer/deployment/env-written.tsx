import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type EnvFile, gentleFlaws } from '#shared/deployment-env.ts'

interface EnvWrittenProps {
  readonly file: EnvFile
  readonly onClose: () => void
}

/** What was written, what is still to be corrected, where the old text is, and what to do now. */
export function EnvWritten({ file, onClose }: EnvWrittenProps) {
  const { t } = useTranslation('env')
  const { t: common } = useTranslation()
  const left = file.variables.filter(({ flaws }) => flaws.some((flaw) => !gentleFlaws.includes(flaw)))
  return (
    <Stack gap="sm" data-part="envWritten">
      <Alert
        color={left.length > 0 ? 'yellow' : 'teal'}
        title={t(left.length > 0 ? 'written.partly' : 'written.title')}
        role="status"
      >
        <Stack gap="xs">
          {left.map(({ name, flaws }) => (
            <Text key={name} size="sm">
              {`${name}: ${flaws.map((flaw) => t(`flaw.${flaw}`)).join(' · ')}`}
            </Text>
          ))}
          <Text size="sm">{t('written.restart')}</Text>
        </Stack>
      </Alert>
      {file.copy === null ? null : (
        <Text size="sm">
          {t('written.copy')} <Code>{file.copy}</Code>
        </Text>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {common('action.close')}
        </Button>
      </Group>
    </Stack>
  )
}
