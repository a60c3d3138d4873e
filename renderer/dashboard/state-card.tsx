import { useTranslation } from 'react-i18next'
import { ChartCard } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { Figure, StateCount } from '#shared/dashboard.ts'
import { ChartBody } from './chart-body.tsx'
import { ChartTools, type ChartView } from './chart-tools.tsx'
import { BarsChart } from './lazy-charts.ts'

interface StateCardProps extends ChartView {
  readonly figure: Figure<readonly StateCount[]>
}

/** This month's appointments by their state, with counts and parts of the whole. */
export function StateCard({ figure, staleSince, asTable, onToggle }: StateCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer, percent } = useFormat()
  const list = figure.state === 'value' ? figure.value : []
  const total = list.reduce((sum, { count }) => sum + count, 0)
  const share = (count: number) => percent(total === 0 ? 0 : count / total)
  const most = list.reduce<StateCount | null>((best, entry) => (best && best.count >= entry.count ? best : entry), null)
  const summary = most
    ? t('chart.byState.summary', { total: integer(total), state: t(`states.${most.state}`), share: share(most.count) })
    : ''
  const missed = (state: StateCount['state']) => state === 'cancelada' || state === 'no_asistio'
  const body = (asText: boolean) => (
    <ChartBody figure={figure} empty={t('chart.byState.empty')}>
      {(value) =>
        asText ? (
          <DataTable
            caption={t('chart.byState.title')}
            columns={[t('chart.byState.state'), t('chart.byState.count'), t('chart.byState.share')]}
            rows={value.map(({ state, count }) => [t(`states.${state}`), integer(count), share(count)])}
          />
        ) : (
          <BarsChart
            names={92}
            bars={value.map(({ state, count }) => ({
              name: t(`states.${state}`),
              count,
              label: `${integer(count)} · ${share(count)}`,
              ink: missed(state) ? inks.cancelled : inks.total,
            }))}
          />
        )
      }
    </ChartBody>
  )
  return (
    <ChartCard
      title={t('chart.byState.title')}
      unit={t('chart.byState.unit')}
      summary={summary}
      state={figure.state}
      tools={<ChartTools name="appointmentsByState" staleSince={staleSince} />}
      chart={body(false)}
      table={body(true)}
      asTable={asTable}
      onToggle={onToggle}
    />
  )
}
