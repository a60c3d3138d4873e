import { Anchor, Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { useConnection, useCurrentProfile } from '#renderer/connection/data.ts'
import { DiagnosisLink } from '#renderer/diagnosis/diagnosis-link.tsx'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useLogin } from './data.ts'
import { DemoUsers } from './demo-users.tsx'
import { useWait } from './use-wait.ts'
import { WaitNotice } from './wait-notice.tsx'

interface LoginScreenProps {
  readonly onConnections: () => void
  readonly onDiagnosis: () => void
}

/** Who are you? Nothing typed is lost when the answer is no. */
export function LoginScreen({ onConnections, onDiagnosis }: LoginScreenProps) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const connection = useConnection().data
  const login = useLogin()
  const passwordField = useRef<HTMLInputElement>(null)
  const [capsLock, setCapsLock] = useState(false)
  const required = (value: string) => (value.trim() === '' ? common('validation.required') : null)
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '', password: '' },
    validate: { name: required, password: (value) => (value === '' ? common('validation.required') : null) },
  })
  const wait = useWait(login.error)
  const demo = connection?.demo
  const isDemo = demo !== null && demo !== undefined && demo.profileId === profile?.id

  const submit = form.onSubmit((values) => {
    login.mutate(values, { onError: () => passwordField.current?.select() })
  })
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <EntryLayout>
      <Stack gap="lg">
        <Stack gap={6}>
          <Title order={1} size="h3">
            {t('login.title')}
          </Title>
          {profile ? (
            <Group gap="xs" wrap="nowrap" aria-label={t('login.server')} role="group">
              <EnvironmentBadge environment={profile.environment} />
              <Text size="sm" c="dimmed" truncate title={common('link.place', { ...profile })}>
                <b>{profile.name}</b>
                {' · '}
                {common('link.place', { ...profile })}
              </Text>
            </Group>
          ) : null}
        </Stack>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <TextInput
              label={t('login.name')}
              autoComplete="username"
              autoFocus
              spellCheck={false}
              autoCapitalize="none"
              key={form.key('name')}
              {...form.getInputProps('name')}
            />
            <PasswordInput
              label={t('login.password')}
              autoComplete="current-password"
              ref={passwordField}
              description={capsLock ? t('login.capsLock') : undefined}
              onKeyUp={watchCapsLock}
              visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0 }}
              key={form.key('password')}
              {...form.getInputProps('password')}
            />
            {wait > 0 ? <WaitNotice seconds={wait} /> : null}
            {login.error && wireError(login.error).code !== 'TOO_MANY_TRIES' ? (
              <ErrorNotice error={login.error} />
            ) : null}
            <Button type="submit" fullWidth loading={login.isPending} disabled={wait > 0}>
              {wait > 0 ? t('login.wait', { seconds: wait }) : t('login.submit')}
            </Button>
          </Stack>
        </form>
        {isDemo ? (
          <DemoUsers
            credentials={demo.credentials}
            onChoose={({ user, password }) => {
              form.setValues({ name: user, password })
              form.clearErrors()
            }}
          />
        ) : null}
        <Anchor component="button" type="button" size="sm" onClick={onConnections}>
          {t('login.connections')}
        </Anchor>
        <DiagnosisLink onOpen={onDiagnosis} />
      </Stack>
    </EntryLayout>
  )
}
