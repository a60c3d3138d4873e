import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { Profile } from '#shared/connection.ts'

interface PasswordPromptProps {
  readonly profile: Profile | null
  readonly error: unknown
  readonly busy: boolean
  readonly onSubmit: (password: string) => void
  readonly onClose: () => void
}

/** Asks for the password of a connection that is not stored on this workstation. */
export function PasswordPrompt({ profile, error, busy, onSubmit, onClose }: PasswordPromptProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  const { t: session } = useTranslation('session')
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? common('validation.required') : null) },
  })
  const close = () => {
    form.reset()
    onClose()
  }
  const shown = error && wireError(error).code !== 'PASSWORD_REQUIRED' ? error : null
  return (
    <Modal
      opened={profile !== null}
      onClose={close}
      title={t('password.title')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      centered
    >
      {profile ? (
        <form onSubmit={form.onSubmit(({ password }) => onSubmit(password))} noValidate>
          <Stack>
            <Text size="sm">{t('password.body', { ...profile })}</Text>
            <PasswordInput
              label={t('password.label')}
              autoComplete="off"
              data-autofocus
              visibilityToggleButtonProps={{ 'aria-label': session('login.showPassword'), tabIndex: 0 }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            {shown ? <ErrorNotice error={shown} /> : null}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {common('action.cancel')}
              </Button>
              <Button type="submit" loading={busy}>
                {t('password.submit')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
    </Modal>
  )
}
