import { SegmentedControl, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { BackupsView } from './backups-view.tsx'
import { changeDraft, useDraft, type View, views } from './draft.ts'
import { HistoryView } from './history-view.tsx'
import { RestartButton } from './restart-button.tsx'
import { Wizard } from './wizard.tsx'

const contents: Readonly<Record<View, () => React.ReactNode>> = {
  wizard: () => <Wizard />,
  backups: () => <BackupsView />,
  history: () => <HistoryView />,
}

/** Limpieza: the guided cleanup, the backups it left, and what was done. */
export function CleanupPage() {
  const { t } = useTranslation('cleanup')
  const { view } = useDraft()
  return (
    <Stack gap="sm">
      <PageHeader title={t('wizard.title')} note={t(`views.${view}Note`)}>
        {view === 'wizard' ? <RestartButton /> : null}
        <SegmentedControl
          size="sm"
          style={{ flexWrap: 'wrap' }}
          aria-label={t('views.label')}
          data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
          value={view}
          onChange={(value) => changeDraft({ view: views.find((each) => each === value) ?? 'wizard' })}
        />
      </PageHeader>
      {contents[view]()}
    </Stack>
  )
}
