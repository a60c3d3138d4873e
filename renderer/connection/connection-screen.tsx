import { useTranslation } from 'react-i18next'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'

export function ConnectionScreen({ onDone }: { readonly onDone: (() => void) | null }) {
  const { t } = useTranslation('connection')
  return <EntryLayout>{onDone ? t('list.title') : t('welcome.title')}</EntryLayout>
}
