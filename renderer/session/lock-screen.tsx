import { Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconLock } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { SessionState } from '#shared/session.ts'
import { useLogout, useUnlock } from './data.ts'
import { useWait } from './use-wait.ts'
import { WaitNotice } from './wait-notice.tsx'

interface LockScreenProps {
  readonly session: Extract<SessionState, { status: 'locked' }>
}

/** Hides the clinic until the same person is back, or hands the desk over to another. */
export function LockScreen({ session }: LockScreenProps) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const unlock = useUnlock()
  const logout = useLogout()
  const field = useRef<HTMLInputElement>(null)
  const wait = useWait(unlock.error)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? common('validation.required') : null) },
  })
  const submit = form.onSubmit(({ password }) => {
    unlock.mutate(password, { onError: () => field.current?.select() })
  })
  const { fullName, userName, roleName } = session.user

  return (
    <EntryLayout>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Stack gap={6}>
            <Title order={1} size="h3">
              <IconLock size={20} aria-hidden /> {t('lock.title')}
            </Title>
            <Text size="sm">{t(`lock.${session.reason}`)}</Text>
            <Text size="sm" c="dimmed">
              {t('lock.hidden')}
            </Text>
          </Stack>
          <Stack gap={4}>
            <Text fw={600}>{fullName}</Text>
            <Text size="sm" c="dimmed">
              {userName}
              {' · '}
              {roleName}
            </Text>
            {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
          </Stack>
          <PasswordInput
            label={t('login.password')}
            autoComplete="current-password"
            autoFocus
            ref={field}
            visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          {wait > 0 ? <WaitNotice seconds={wait} /> : null}
          {unlock.error && wireError(unlock.error).code !== 'TOO_MANY_TRIES' ? (
            <ErrorNotice error={unlock.error} />
          ) : null}
          <Button type="submit" fullWidth loading={unlock.isPending} disabled={wait > 0}>
            {wait > 0 ? t('login.wait', { seconds: wait }) : t('lock.submit')}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={() => logout.mutate()}>
            {t('lock.other', { name: fullName })}
          </Anchor>
        </Stack>
      </form>
    </EntryLayout>
  )
}
