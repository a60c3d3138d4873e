import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFolderPlus, IconFolderSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ZoneNote } from '#renderer/ui/zone-note.tsx'
import type { BackupFile, BackupList } from '#shared/cleanup-backup.ts'
import { BackupTable } from './backup-table.tsx'
import { useBackups, useChooseBackup } from './data-restore.ts'
import { useChooseFolder } from './data-run.ts'
import { DeleteBackupDialog } from './delete-backup-dialog.tsx'
import { changeDraft, useDraft } from './draft.ts'
import { Part } from './part.tsx'
import { RestorePanel } from './restore-panel.tsx'

/** Respaldos: what there is, whether it is good, and putting it back. */
export function BackupsView() {
  const { t } = useTranslation('cleanup')
  const { backup: chosen } = useDraft()
  const [deleting, setDeleting] = useState<BackupFile | null>(null)
  const backups = useBackups()
  const zone = useCurrentProfile()?.zone
  const open = (file: BackupFile | null) => changeDraft({ backup: file, restore: null })
  const chooseFile = useChooseBackup(open)
  const chooseFolder = useChooseFolder(() => void backups.refetch())
  if (chosen) return <RestorePanel key={chosen.id} file={chosen} onBack={() => open(null)} />
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Button
          variant="default"
          size="sm"
          leftSection={<IconFolderSearch size={16} aria-hidden />}
          loading={chooseFile.isPending}
          onClick={() => chooseFile.mutate()}
          data-action="choose-backup"
        >
          {t('backups.chooseFile')}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconFolderPlus size={16} aria-hidden />}
          loading={chooseFolder.isPending}
          onClick={() => chooseFolder.mutate()}
        >
          {t('backups.addFolder')}
        </Button>
      </Group>
      {chooseFile.error ? <ErrorNotice error={chooseFile.error} /> : null}
      {chooseFolder.error ? <ErrorNotice error={chooseFolder.error} /> : null}
      {backups.error ? <ErrorNotice error={backups.error} onRetry={() => void backups.refetch()} /> : null}
      {backups.isPending ? <Skeleton height={160} /> : null}
      {backups.data ? (
        <>
          <Attention list={backups.data} />
          {backups.data.files.length === 0 ? (
            <Part order={2} title={t('backups.none')} note={t('backups.noneBody')} />
          ) : (
            <BackupTable files={backups.data.files} onOpen={open} onDelete={setDeleting} />
          )}
        </>
      ) : null}
      {backups.data && backups.data.files.length > 0 ? <ZoneNote zone={zone} /> : null}
      <DeleteBackupDialog file={deleting} onClose={() => setDeleting(null)} />
    </Stack>
  )
}

/** What somebody should look at: backups that are due, missing or never finished. */
function Attention({ list }: { readonly list: BackupList }) {
  const { t } = useTranslation('cleanup')
  const due = list.files.filter((file) => file.due).length
  const lines = [
    ...(due > 0 ? [t('backups.due', { count: due })] : []),
    ...list.missing.map((name) => t('backups.missing', { name })),
    ...list.unfinished.map((name) => t('backups.unfinished', { name })),
  ]
  if (lines.length === 0) return null
  return (
    <Alert color="yellow" p="sm" icon={<IconAlertTriangle size={20} aria-hidden />} data-part="attention">
      {lines.map((line) => (
        <Text key={line} size="sm">
          {line}
        </Text>
      ))}
    </Alert>
  )
}
