import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconFileImport, IconInfoCircle, IconPlugConnected } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import type { ConnectionState, ImportedEnv, Profile } from '#shared/connection.ts'
import { ConnectionReport } from './connection-report.tsx'
import { AdvancedFields, SecurityFields, ServerFields, WhatFields } from './form-fields.tsx'
import { useProfileForm } from './use-profile-form.ts'

interface ConnectionFormProps {
  readonly profile: Profile | null
  readonly state: ConnectionState
  readonly onDone: () => void
  readonly onCancel: () => void
  /** 1 where the form is the page, 2 where it stands in a window over one. */
  readonly heading: 1 | 2
}

/** Everything the app needs to reach a clinic's database; nothing typed is lost when it fails. */
export function ConnectionForm({ profile, state, onDone, onCancel, heading }: ConnectionFormProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  const { list } = useFormat()
  const editor = useProfileForm(profile, state, onDone)
  const { imported, report, failure } = editor

  return (
    <form onSubmit={editor.saveAndOpen} noValidate>
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={heading} size="h3">
            {profile ? t('form.editTitle') : t('form.newTitle')}
          </Title>
          <ImportButton onImported={editor.take} />
        </Group>
        {imported ? (
          <Alert color="accent" variant="light" icon={<IconInfoCircle size={18} aria-hidden />} p="xs" role="status">
            {t('form.imported', { variables: list(imported.variables) })}{' '}
            {imported.hasPassword ? t('form.importedPassword') : null}
          </Alert>
        ) : null}
        <WhatFields editor={editor} />
        <ServerFields
          editor={editor}
          keychain={state.keychain}
          keepsPassword={profile !== null || imported?.hasPassword === true}
        />
        <SecurityFields editor={editor} />
        <AdvancedFields editor={editor} />
        {failure ? <ErrorNotice error={failure} /> : null}
        {report ? <ConnectionReport report={report} /> : null}
        <Group justify="space-between" gap="xs">
          <Button variant="subtle" color="gray" c="var(--mantine-color-text)" onClick={onCancel}>
            {common('action.cancel')}
          </Button>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconPlugConnected size={17} aria-hidden />}
              loading={editor.testing}
              onClick={() => editor.runTest()}
            >
              {t('form.test')}
            </Button>
            <Button type="submit" loading={editor.saving}>
              {t('form.save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}

function ImportButton({ onImported }: { readonly onImported: (env: ImportedEnv) => void }) {
  const { t } = useTranslation('connection')
  const read = useMutation({
    mutationFn: async () => {
      const path = await call('shell.chooseFile', { purpose: 'env' })
      return path === null ? null : call('connection.importEnv', { path })
    },
    onSuccess: (env) => {
      if (env) onImported(env)
    },
  })
  return (
    <Stack gap={4}>
      <Button
        variant="default"
        size="xs"
        fz="sm"
        leftSection={<IconFileImport size={16} aria-hidden />}
        loading={read.isPending}
        onClick={() => read.mutate()}
      >
        {t('form.import')}
      </Button>
      {read.error ? (
        <Text size="sm" c="var(--mantine-color-error)" component="div">
          <ErrorNotice error={read.error} />
        </Text>
      ) : null}
    </Stack>
  )
}
