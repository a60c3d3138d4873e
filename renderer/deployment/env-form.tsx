import {
  Button,
  Checkbox,
  Code,
  Group,
  NumberInput,
  PasswordInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ReauthenticateField, refusesPerson, useReauthenticationNeeded } from '#renderer/session/reauthenticate.tsx'
import { useWait } from '#renderer/session/use-wait.ts'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { EnvFile, GuideVariable } from '#shared/deployment-env.ts'
import { useWriteEnv } from './env-data.ts'
import { fieldsOf, inputOf, refusedFields } from './env-values.ts'

interface EnvFormProps {
  readonly file: EnvFile
  readonly onWritten: (file: EnvFile) => void
  readonly onClose: () => void
}

/** The nine variables of the guide. A secret is never shown: it is kept, typed anew or made by the program. */
export function EnvForm({ file, onWritten, onClose }: EnvFormProps) {
  const { t } = useTranslation('env')
  const { t: common } = useTranslation()
  const profile = useCurrentProfile()
  const write = useWriteEnv()
  const asks = useReauthenticationNeeded()
  const wait = useWait(write.error)
  const ownField = useRef<HTMLInputElement>(null)
  const key = file.variables.find(({ name }) => name === 'JWT_SECRET_KEY')
  const hasPassword = file.variables.some(({ name, set }) => name === 'DB_PASSWORD' && set)
  const form = useForm({
    initialValues: fieldsOf(file, profile),
    validate: (values) => {
      const refused = refusedFields(inputOf(values, file.stamp))
      const errors = [...refused].map((name) => [name, t(name === 'ALLOWED_ORIGINS' ? 'origins.invalid' : 'invalid')])
      if (refused.has('password')) errors.push(['DB_PASSWORD', t('invalid')])
      if (!hasPassword && values.DB_PASSWORD === '') errors.push(['DB_PASSWORD', common('validation.required')])
      if (asks && values.own === '') errors.push(['own', common('validation.required')])
      return Object.fromEntries(errors)
    },
  })
  const submit = form.onSubmit((values) => {
    if (write.isPending || wait > 0) return
    write.mutate(
      { input: inputOf(values, file.stamp), own: asks ? values.own : null },
      {
        onSuccess: onWritten,
        onError: (error) => {
          if (refusesPerson(error)) return ownField.current?.select()
          form.setFieldValue('own', '')
        },
      },
    )
  })
  /** What is wrong with the value that the file has now. */
  const field = (name: GuideVariable) => {
    const flaws = file.exists ? (file.variables.find((variable) => variable.name === name)?.flaws ?? []) : []
    const said = flaws.map((flaw) => t(`flaw.${flaw}`)).join(' · ')
    return {
      label: t(`field.${name}`),
      description: said === '' ? name : `${name} — ${t('now', { what: said })}`,
      autoComplete: 'off',
      spellCheck: false,
    }
  }
  const keyFlaws = key?.flaws.map((flaw) => t(`flaw.${flaw}`)).join(' · ') ?? ''
  const keyNote = key?.set
    ? [keyFlaws && t('key.now', { what: keyFlaws }), t('key.note')].filter(Boolean).join(' ')
    : t('key.none')
  return (
    <form onSubmit={submit} noValidate data-part="envForm">
      <Stack gap="sm">
        <Text size="sm">
          {file.exists ? t('keeps') : t('creates')} <Code>{file.path}</Code>
        </Text>
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TextInput {...field('DB_HOST')} {...form.getInputProps('DB_HOST')} data-autofocus />
          <NumberInput
            {...field('DB_PORT')}
            {...form.getInputProps('DB_PORT')}
            min={1}
            max={65535}
            hideControls
            allowDecimal={false}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput {...field('DB_NAME')} {...form.getInputProps('DB_NAME')} />
          <TextInput {...field('DB_USER')} {...form.getInputProps('DB_USER')} />
        </Group>
        <PasswordInput
          {...field('DB_PASSWORD')}
          {...form.getInputProps('DB_PASSWORD')}
          autoComplete="new-password"
          placeholder={hasPassword ? t('password.keeps') : ''}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show'), tabIndex: 0 }}
        />
        <Checkbox
          label={t('key.new')}
          description={keyNote}
          disabled={!key?.set}
          {...form.getInputProps('newKey', { type: 'checkbox' })}
        />
        <Group grow align="flex-start">
          <NumberInput
            {...field('PORT')}
            {...form.getInputProps('PORT')}
            min={1}
            max={65535}
            hideControls
            allowDecimal={false}
          />
          <Switch {...field('DEBUG')} mt="xs" {...form.getInputProps('DEBUG', { type: 'checkbox' })} />
        </Group>
        <Textarea
          {...field('ALLOWED_ORIGINS')}
          {...form.getInputProps('ALLOWED_ORIGINS')}
          placeholder={t('origins.example')}
          autosize
          minRows={2}
          maxRows={5}
        />
        {asks ? (
          <ReauthenticateField input={form.getInputProps('own')} inputRef={ownField} error={write.error} />
        ) : null}
        {write.error && !refusesPerson(write.error) ? <ErrorNotice error={write.error} /> : null}
        <Group justify="space-between" gap="sm">
          {profile ? <EnvironmentBadge environment={profile.environment} /> : null}
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" loading={write.isPending} disabled={wait > 0} data-action="writeEnv">
              {t('write')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
