import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ReauthenticateField, refusesPerson } from '#renderer/session/reauthenticate.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { BackupFile } from '#shared/cleanup-backup.ts'
import { useDeleteBackup } from './data-restore.ts'

interface DeleteBackupDialogProps {
  readonly file: BackupFile | null
  readonly onClose: () => void
}

/** Asks for the file's own name before it goes for good; Cancel is where the focus is. */
export function DeleteBackupDialog({ file, onClose }: DeleteBackupDialogProps) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened={file !== null}
      onClose={onClose}
      title={t('backups.deleteTitle')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      size="lg"
      centered
    >
      {file ? <Request file={file} onClose={onClose} /> : null}
    </Modal>
  )
}

function Request({ file, onClose }: { readonly file: BackupFile; readonly onClose: () => void }) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const remove = useDeleteBackup(onClose)
  const ownField = useRef<HTMLInputElement>(null)
  const form = useForm({ initialValues: { fileName: '', own: '' } })
  const { fileName, own } = form.values
  const ready = fileName === file.name && own !== ''
  return (
    <Stack gap="sm">
      <Text size="sm">{t('backups.deleteBody')}</Text>
      {file.rows === 'deleted' ? (
        <Alert color="red" p="sm" icon={<IconAlertTriangle size={20} aria-hidden />} data-warning="only-copy">
          <Text size="sm">{t('backups.onlyCopy')}</Text>
        </Alert>
      ) : null}
      <TextInput
        label={t('backups.typeName')}
        description={file.name}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('fileName')}
      />
      <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={remove.error} />
      {remove.error && !refusesPerson(remove.error) ? <ErrorNotice error={remove.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button data-autofocus onClick={onClose}>
          {common('action.cancel')}
        </Button>
        <Button
          color="red.9"
          variant="outline"
          disabled={!ready}
          loading={remove.isPending}
          onClick={() =>
            remove.mutate({ backup: file.id, fileName, own }, { onError: () => form.setFieldValue('own', '') })
          }
          data-action="confirm-delete"
        >
          {t('backups.deleteConfirm')}
        </Button>
      </Group>
    </Stack>
  )
}
