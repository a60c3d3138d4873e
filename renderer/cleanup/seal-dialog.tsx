import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ReauthenticateField, refusesPerson } from '#renderer/session/reauthenticate.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useSeal } from './data-restore.ts'
import { WhoFields } from './who-fields.tsx'

interface SealDialogProps {
  readonly opened: boolean
  readonly sealed: boolean
  readonly onClose: () => void
}

/** Sealing needs the database's name; opening it again needs a reason in writing too. */
export function SealDialog({ opened, sealed, onClose }: SealDialogProps) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(sealed ? 'seal.reopenTitle' : 'seal.sealTitle')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      size="lg"
      centered
    >
      {opened ? <Request sealed={sealed} onClose={onClose} /> : null}
    </Modal>
  )
}

/** The fewest signs that make a reason. */
const reasonLength = 10

function Request({ sealed, onClose }: Omit<SealDialogProps, 'opened'>) {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const seal = useSeal(onClose)
  const ownField = useRef<HTMLInputElement>(null)
  const form = useForm({
    initialValues: { databaseName: '', reason: '', own: '', who: 'profile', user: '', password: '' },
  })
  const { databaseName, reason, own, who, user, password } = form.values
  const owner = who === 'owner' ? { user: user.trim(), password } : null
  const ready =
    databaseName === profile?.database &&
    own !== '' &&
    (!sealed || reason.trim().length >= reasonLength) &&
    (owner === null || (owner.user !== '' && owner.password !== ''))
  return (
    <Stack gap="sm">
      <Text size="sm">{t(sealed ? 'seal.reopenBody' : 'seal.sealBody')}</Text>
      {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
      {sealed ? (
        <Textarea
          label={t('seal.reason')}
          description={t('seal.reasonHint', { count: reasonLength })}
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps('reason')}
        />
      ) : null}
      <TextInput
        label={t('confirm.typeDatabase')}
        description={profile?.database}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('databaseName')}
      />
      <WhoFields
        owner={who === 'owner'}
        who={form.getInputProps('who')}
        user={form.getInputProps('user')}
        password={form.getInputProps('password')}
      />
      <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={seal.error} />
      {seal.error && !refusesPerson(seal.error) ? <ErrorNotice error={seal.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {common('action.cancel')}
        </Button>
        <Button
          disabled={!ready}
          loading={seal.isPending}
          onClick={() =>
            seal.mutate(
              { databaseName, owner, own, reason: sealed ? reason : null },
              { onError: () => form.setFieldValue('own', '') },
            )
          }
          data-action="confirm-seal"
        >
          {t(sealed ? 'seal.reopen' : 'seal.seal')}
        </Button>
      </Group>
    </Stack>
  )
}
