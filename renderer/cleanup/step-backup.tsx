import { Stack, Switch, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { changeDraft, useDraft } from './draft.ts'
import { FolderPart } from './folder-part.tsx'
import { Part } from './part.tsx'
import { ProtectionPart } from './protection-part.tsx'
import type { StepProps } from './wizard.tsx'

/** Step 5: where the backup will lie and with what it is locked. Nothing runs yet. */
export function BackupStep({ backup }: StepProps) {
  const { t } = useTranslation('cleanup')
  const { proof, record } = useDraft()
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('backup.intro')}
      </Text>
      <FolderPart />
      <ProtectionPart form={backup} />
      <Part title={t('backup.checks')}>
        <Stack gap="sm">
          <Switch
            label={t('backup.proof')}
            description={t('backup.proofMeans')}
            checked={proof}
            onChange={(event) => changeDraft({ proof: event.currentTarget.checked })}
            data-option="proof"
          />
          <Switch
            label={t('backup.record')}
            description={t('backup.recordMeans')}
            checked={record}
            onChange={(event) => changeDraft({ record: event.currentTarget.checked })}
            data-option="record"
          />
        </Stack>
      </Part>
    </>
  )
}
