import { Button, Fieldset, Group, PasswordInput, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import classes from './backend-part.module.css'
import { useCredentials } from './data.ts'

/** Who logs in to the backend for the tests: main keeps it in memory, the page forgets it at once. */
export function BackendCredentials({ user }: { readonly user: string | null }) {
  const { t } = useTranslation('deployment')
  const { t: common } = useTranslation()
  const hold = useCredentials()
  const required = (value: string) => (value.trim() === '' ? common('validation.required') : null)
  const form = useForm({ initialValues: { user: '', password: '' }, validate: { user: required, password: required } })
  const submit = form.onSubmit((values) =>
    hold.mutate({ user: values.user.trim(), password: values.password }, { onSettled: () => form.reset() }),
  )
  return (
    <Fieldset legend={t('backend.credentials')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('backend.credentialsNote')}
      </Text>
      {user === null ? (
        <form onSubmit={submit} noValidate>
          <div className={classes.fields}>
            <TextInput label={t('backend.user')} autoComplete="off" maxLength={254} {...form.getInputProps('user')} />
            <PasswordInput
              label={t('backend.password')}
              autoComplete="off"
              maxLength={1024}
              miw={220}
              {...form.getInputProps('password')}
            />
            <Button type="submit" variant="default" loading={hold.isPending}>
              {t('backend.remember')}
            </Button>
          </div>
        </form>
      ) : (
        <Group gap="sm">
          <Text size="sm">{t('backend.held', { user })}</Text>
          <Button size="compact-sm" variant="default" loading={hold.isPending} onClick={() => hold.mutate(null)}>
            {t('backend.forgetCredentials')}
          </Button>
        </Group>
      )}
      {hold.error ? <ErrorNotice error={hold.error} /> : null}
    </Fieldset>
  )
}
