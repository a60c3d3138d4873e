import { Button, Group, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EntryLayout } from '#renderer/ui/entry-layout.tsx'
import { DiagnosisPanel } from './diagnosis-panel.tsx'

interface DiagnosisScreenProps {
  readonly onBack: () => void
  readonly onConnections: () => void
}

/** The diagnosis for who cannot get in: before the login, or without a connection. */
export function DiagnosisScreen({ onBack, onConnections }: DiagnosisScreenProps) {
  const { t } = useTranslation('diagnosis')
  return (
    <EntryLayout width={1080}>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h3">
          {t('title')}
        </Title>
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
          {t('entry.back')}
        </Button>
      </Group>
      <DiagnosisPanel onPage={(page) => (page === 'connection' ? onConnections() : undefined)} />
    </EntryLayout>
  )
}
