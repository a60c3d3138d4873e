import { Alert, Button, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconFolderPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import type { BackupFolder } from '#shared/cleanup-backup.ts'
import { useChooseFolder, useFolders } from './data-run.ts'
import { changeDraft, useDraft } from './draft.ts'
import { useFolderWords } from './folder-words.ts'
import { Part } from './part.tsx'

/** Where the backup will lie: one of the folders of this workstation, or another one. */
export function FolderPart() {
  const { t } = useTranslation('cleanup')
  const { folder } = useDraft()
  const folders = useFolders()
  const choose = useChooseFolder(({ id }) => changeDraft({ folder: id }))
  const list = folders.data ?? []
  return (
    <Part title={t('backup.folder')} note={t('backup.folderNote')} tone={folder === null ? 'open' : 'plain'}>
      {folders.error ? <ErrorNotice error={folders.error} onRetry={() => void folders.refetch()} /> : null}
      {folders.isPending ? <Skeleton height={40} /> : null}
      {list.length > 0 ? (
        <Radio.Group
          name="folder"
          aria-label={t('backup.folder')}
          value={folder}
          onChange={(id) => changeDraft({ folder: id })}
        >
          <Stack gap={10}>
            {list.map((each) => (
              <Folder key={each.id} folder={each} />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      {choose.error ? <ErrorNotice error={choose.error} /> : null}
      <div>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconFolderPlus size={16} aria-hidden />}
          loading={choose.isPending}
          onClick={() => choose.mutate()}
          data-action="choose-folder"
        >
          {t(list.length > 0 ? 'backup.otherFolder' : 'backup.chooseFolder')}
        </Button>
      </div>
    </Part>
  )
}

function Folder({ folder }: { readonly folder: BackupFolder }) {
  const { t } = useTranslation('cleanup')
  const { bytes } = useFormat()
  const { problemOf, warningOf } = useFolderWords()
  const problem = problemOf(folder)
  const warning = warningOf(folder)
  return (
    <div data-folder={folder.problem ?? 'fine'}>
      <Radio
        value={folder.id}
        label={folder.path}
        description={folder.freeBytes === null ? undefined : t('backup.free', { size: bytes(folder.freeBytes) })}
        disabled={problem !== null}
      />
      {(problem ?? warning) ? (
        <Alert
          mt={6}
          p="xs"
          color={problem ? 'red' : 'yellow'}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          role="note"
        >
          <Text size="sm">{problem ?? warning}</Text>
        </Alert>
      ) : null}
    </div>
  )
}
