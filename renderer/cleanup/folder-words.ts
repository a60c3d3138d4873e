import { useTranslation } from 'react-i18next'
import type { BackupFolder } from '#shared/cleanup-backup.ts'

/** Why a folder is refused, or what speaks against it, in words; null where nothing does. */
export function useFolderWords() {
  const { t } = useTranslation('cleanup')
  const known = t('folder', { returnObjects: true }) as Readonly<Record<string, string>>
  const say = (code: string | null) => (code === null ? null : (known[code] ?? t('folder.other')))
  return {
    problemOf: ({ problem }: Pick<BackupFolder, 'problem'>) => say(problem),
    warningOf: ({ warning }: Pick<BackupFolder, 'warning'>) => say(warning),
  }
}
