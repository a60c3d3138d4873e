import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconHistory } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ReauthenticateField, refusesPerson } from '#renderer/session/reauthenticate.tsx'
import { useWait } from '#renderer/session/use-wait.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import type { BackupFile, UnlockChoice } from '#shared/cleanup-backup.ts'
import type { Job } from '#shared/jobs.ts'
import { useRestore } from './data-restore.ts'
import { Failed } from './failed.tsx'
import { Part } from './part.tsx'

interface RestoreConfirmProps {
  readonly file: BackupFile
  readonly unlock: UnlockChoice
  readonly owner: { readonly user: string; readonly password: string } | null
  readonly onStarted: (job: Job) => void
}

/** Puts the backup back: the database's name and the person's password are typed for it. */
export function RestoreConfirm({ file, unlock, owner, onStarted }: RestoreConfirmProps) {
  const { t } = useTranslation('cleanup')
  const profile = useCurrentProfile()
  const restore = useRestore(onStarted)
  const wait = useWait(restore.error)
  const ownField = useRef<HTMLInputElement>(null)
  const form = useForm({ initialValues: { databaseName: '', own: '' } })
  const { databaseName, own } = form.values
  return (
    <Part title={t('restore.confirm')} note={t('restore.confirmNote')}>
      <Stack gap="sm" component="form" onSubmit={(event: React.FormEvent) => event.preventDefault()}>
        {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
        <TextInput
          maw={520}
          label={t('confirm.typeDatabase')}
          description={profile?.database}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-confirm="database"
          {...form.getInputProps('databaseName')}
        />
        <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={restore.error} />
        {restore.error && !refusesPerson(restore.error) ? <Failed error={restore.error} /> : null}
        <Group justify="flex-end">
          <Button
            type="button"
            leftSection={<IconHistory size={16} aria-hidden />}
            disabled={databaseName !== profile?.database || own === '' || wait > 0}
            loading={restore.isPending}
            onClick={() =>
              restore.mutate(
                { backup: file.id, unlock, owner, databaseName, own },
                { onSettled: () => form.setFieldValue('own', '') },
              )
            }
            data-action="restore"
          >
            {t('restore.run')}
          </Button>
        </Group>
      </Stack>
    </Part>
  )
}
