import { useTranslation } from 'react-i18next'
import { ChartCard } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { Figure, TopTreatment } from '#shared/dashboard.ts'
import { ChartBody } from './chart-body.tsx'
import { ChartTools, type ChartView } from './chart-tools.tsx'
import { BarsChart } from './lazy-charts.ts'

interface TreatmentCardProps extends ChartView {
  readonly figure: Figure<readonly TopTreatment[]>
}

/** The treatments recorded most this month. */
export function TreatmentCard({ figure, staleSince, asTable, onToggle }: TreatmentCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer } = useFormat()
  const first = figure.state === 'value' ? figure.value[0] : undefined
  const summary = first ? t('chart.treatments.summary', { name: first.name, count: integer(first.count) }) : ''
  const body = (asText: boolean) => (
    <ChartBody figure={figure} empty={t('chart.treatments.empty')}>
      {(value) =>
        asText ? (
          <DataTable
            caption={t('chart.treatments.title')}
            columns={[t('chart.treatments.treatment'), t('chart.treatments.count')]}
            rows={value.map(({ name, count }) => [name, integer(count)])}
          />
        ) : (
          <BarsChart
            names="above"
            bars={value.map(({ name, count }) => ({ name, count, label: integer(count), ink: inks.total }))}
          />
        )
      }
    </ChartBody>
  )
  return (
    <ChartCard
      title={t('chart.treatments.title')}
      unit={t('chart.treatments.unit')}
      summary={summary}
      state={figure.state}
      tools={<ChartTools name="topTreatments" staleSince={staleSince} />}
      chart={body(false)}
      table={body(true)}
      asTable={asTable}
      onToggle={onToggle}
    />
  )
}
