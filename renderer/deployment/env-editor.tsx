import { Button, Modal, Skeleton, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { EnvFile } from '#shared/deployment-env.ts'
import { useEnvFile } from './env-data.ts'
import { EnvForm } from './env-form.tsx'
import { EnvWritten } from './env-written.tsx'

/** Opens the editor of the backend's `.env`. */
export function EnvEditor() {
  const { t } = useTranslation('env')
  const { t: common } = useTranslation()
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <>
      <Button size="compact-sm" variant="default" data-action="editEnv" onClick={() => setOpened(true)}>
        {t('edit')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('title')}
        closeButtonProps={{ 'aria-label': common('action.close') }}
        size="lg"
        centered
      >
        {opened ? <Editing onClose={close} /> : null}
      </Modal>
    </>
  )
}

/** Lives only while the dialog is open: with it goes whatever was typed. */
function Editing({ onClose }: { readonly onClose: () => void }) {
  const file = useEnvFile()
  const [written, setWritten] = useState<EnvFile | null>(null)
  if (written) return <EnvWritten file={written} onClose={onClose} />
  if (file.error) return <ErrorNotice error={file.error} onRetry={() => void file.refetch()} />
  if (!file.data) {
    return (
      <Stack gap="sm" aria-busy>
        <Skeleton h={36} />
        <Skeleton h={36} />
        <Skeleton h={36} />
      </Stack>
    )
  }
  return <EnvForm file={file.data} onWritten={setWritten} onClose={onClose} />
}
