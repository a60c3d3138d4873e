import { useTranslation } from 'react-i18next'
import { PageHeader } from '#renderer/ui/page-header.tsx'

export function MonitoringPage() {
  const { t } = useTranslation('monitoring')
  return <PageHeader title={t('title')} />
}
