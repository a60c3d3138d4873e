import { Alert, Group, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Part } from './part.tsx'
import { type BackupForm, protectionOf } from './use-backup-form.ts'

const kinds = ['passphrase', 'recipient', 'none'] as const

/** With what the backup is locked: a passphrase typed twice, a key pair, or nothing, said loudly. */
export function ProtectionPart({ form }: { readonly form: BackupForm }) {
  const { t } = useTranslation('cleanup')
  const { t: session } = useTranslation('session')
  const { kind } = form.values
  const complete = protectionOf(form.values) !== null
  const eye = { 'aria-label': session('login.showPassword'), tabIndex: 0 }
  return (
    <Part title={t('backup.protection')} note={t('backup.protectionNote')} tone={complete ? 'plain' : 'open'}>
      <Radio.Group name="protection" aria-label={t('backup.protection')} {...form.getInputProps('kind')}>
        <Stack gap={8}>
          {kinds.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`backup.kind.${each}`)}
              description={t(`backup.means.${each}`)}
              data-protection={each}
            />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'passphrase' ? (
        <>
          <Group align="flex-start" grow preventGrowOverflow={false} gap="sm">
            <PasswordInput
              label={t('backup.passphrase')}
              autoComplete="new-password"
              visibilityToggleButtonProps={eye}
              {...form.getInputProps('passphrase')}
            />
            <PasswordInput
              label={t('backup.again')}
              autoComplete="new-password"
              visibilityToggleButtonProps={eye}
              {...form.getInputProps('again')}
            />
          </Group>
          <Alert p="xs" color="yellow" icon={<IconInfoCircle size={18} aria-hidden />} role="note">
            <Text size="sm">{t('backup.keepIt')}</Text>
          </Alert>
        </>
      ) : null}
      {kind === 'recipient' ? (
        <TextInput
          label={t('backup.recipient')}
          description={t('backup.recipientHint')}
          placeholder={t('backup.recipientExample')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('recipient')}
        />
      ) : null}
      {kind === 'none' ? (
        <Alert p="xs" color="red" icon={<IconAlertTriangle size={18} aria-hidden />} data-warning="unprotected">
          <Text size="sm">{t('backup.unprotected')}</Text>
        </Alert>
      ) : null}
    </Part>
  )
}
