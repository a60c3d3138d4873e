import { PasswordInput, Text } from '@mantine/core'
import type { GetInputPropsReturnType } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { type BackupFile, type UnlockChoice, unlockSchema } from '#shared/cleanup-backup.ts'

interface UnlockFieldsProps {
  readonly protection: BackupFile['protection']
  readonly secret: GetInputPropsReturnType
}

/** What opens the backup, by how it was protected. */
export function UnlockFields({ protection, secret }: UnlockFieldsProps) {
  const { t } = useTranslation('cleanup')
  const { t: session } = useTranslation('session')
  if (protection === 'none') return <Text size="sm">{t('restore.noSecret')}</Text>
  return (
    <PasswordInput
      maw={520}
      label={t(protection === 'passphrase' ? 'backup.passphrase' : 'restore.identity')}
      description={t(protection === 'passphrase' ? 'restore.passphraseHint' : 'restore.identityHint')}
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': session('login.showPassword'), tabIndex: 0 }}
      data-unlock={protection}
      {...secret}
    />
  )
}

/** The typed secret as main takes it; null while it cannot open anything. */
export function unlockOf(protection: BackupFile['protection'], secret: string): UnlockChoice | null {
  const parsed = unlockSchema.safeParse(
    protection === 'none'
      ? { kind: 'none' }
      : protection === 'passphrase'
        ? { kind: 'passphrase', passphrase: secret }
        : { kind: 'identity', identity: secret },
  )
  return parsed.success ? parsed.data : null
}
