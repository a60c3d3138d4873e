import { Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { BundleSection } from './bundle-section.tsx'
import { DiagnosisPanel } from './diagnosis-panel.tsx'

/** Diagnóstico: from what happens to the next step, and what support needs when there is none. */
export function DiagnosisPage() {
  const { t } = useTranslation('diagnosis')
  const [, navigate] = useLocation()
  const [choosing, setChoosing] = useState(true)
  return (
    <Stack gap="sm">
      <PageHeader title={t('title')} note={t('intro')} />
      <DiagnosisPanel
        onPage={(page) => navigate(page === 'monitoring' ? '/monitoring' : '/settings')}
        onChoosing={setChoosing}
      />
      {choosing ? <BundleSection /> : null}
    </Stack>
  )
}
