import { type UseFormReturnType, useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { type ProtectionChoice, passphraseLength, protectionSchema } from '#shared/cleanup-backup.ts'

export interface BackupValues {
  readonly kind: ProtectionChoice['kind']
  readonly passphrase: string
  readonly again: string
  readonly recipient: string
}

export type BackupForm = UseFormReturnType<BackupValues>

const empty: BackupValues = { kind: 'passphrase', passphrase: '', again: '', recipient: '' }

/**
 * How the backup will be protected. It lives in the page's own memory, not in its cache: whoever leaves the page
 * types the passphrase anew.
 */
export function useBackupForm(): BackupForm {
  const { t } = useTranslation('cleanup')
  return useForm<BackupValues>({
    initialValues: empty,
    validateInputOnBlur: true,
    validate: {
      passphrase: (value, { kind }) =>
        kind === 'passphrase' && value.length < passphraseLength
          ? t('backup.passphraseShort', { count: passphraseLength })
          : null,
      again: (value, { kind, passphrase }) =>
        kind === 'passphrase' && value !== passphrase ? t('backup.passphraseDiffers') : null,
      recipient: (_value, values) =>
        values.kind === 'recipient' && protectionOf(values) === null ? t('backup.recipientWrong') : null,
    },
  })
}

/** The protection as main takes it; null while it is not complete. */
export function protectionOf({ kind, passphrase, again, recipient }: BackupValues): ProtectionChoice | null {
  const parsed = protectionSchema.safeParse(
    kind === 'passphrase' ? { kind, passphrase, again } : kind === 'recipient' ? { kind, recipient } : { kind },
  )
  return parsed.success ? parsed.data : null
}
