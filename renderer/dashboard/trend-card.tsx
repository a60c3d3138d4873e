import { useTranslation } from 'react-i18next'
import { ChartCard, LegendItem } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { Figure, TrendDay, TrendDays } from '#shared/dashboard.ts'
import { weeklyAverage } from './average.ts'
import { ChartBody } from './chart-body.tsx'
import { ChartTools, type ChartView } from './chart-tools.tsx'
import { TrendChart } from './lazy-charts.ts'

interface TrendCardProps extends ChartView {
  readonly figure: Figure<readonly TrendDay[]>
  readonly days: TrendDays
  readonly dim: boolean
}

/** Appointments per day over the chosen period. */
export function TrendCard({ figure, days, dim, staleSince, asTable, onToggle }: TrendCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer, decimal, day, shortDay, longDay } = useFormat()
  // Beyond a month the closed Sundays would hide the trend; the table keeps every day.
  const averaged = days >= 90
  const list = figure.state === 'value' ? figure.value : []
  const sum = (key: 'total' | 'completed' | 'cancelled') => list.reduce((total, entry) => total + entry[key], 0)
  const peak = list.reduce<TrendDay | null>((best, entry) => (best && best.total >= entry.total ? best : entry), null)
  const names = {
    total: t('chart.trend.total'),
    completed: t('chart.trend.completed'),
    cancelled: t('chart.trend.cancelled'),
  }
  const summary = peak
    ? t('chart.trend.summary', {
        total: integer(sum('total')),
        completed: integer(sum('completed')),
        cancelled: integer(sum('cancelled')),
        peakDay: longDay(peak.day),
        peak: integer(peak.total),
      })
    : ''
  const body = (asText: boolean) => (
    <ChartBody figure={figure} empty={t('chart.trend.empty')}>
      {(value) =>
        asText ? (
          <DataTable
            caption={t('chart.trend.title')}
            columns={[t('chart.trend.day'), names.total, names.completed, names.cancelled]}
            rows={value
              .toReversed()
              .map((entry) => [
                day(entry.day),
                integer(entry.total),
                integer(entry.completed),
                integer(entry.cancelled),
              ])}
          />
        ) : (
          <TrendChart
            days={averaged ? weeklyAverage(value) : value}
            names={names}
            tick={shortDay}
            heading={longDay}
            amount={(count) => decimal(count, 1)}
          />
        )
      }
    </ChartBody>
  )
  return (
    <ChartCard
      title={t('chart.trend.title')}
      unit={averaged && !asTable ? t('chart.trend.average', { days }) : t('chart.trend.unit', { days })}
      summary={summary}
      state={figure.state}
      tools={<ChartTools name="trend" staleSince={staleSince} />}
      legend={
        figure.state === 'value' ? (
          <>
            <LegendItem label={names.total} ink={inks.total} kind="area" />
            <LegendItem label={names.completed} ink={inks.completed} kind="line" />
            <LegendItem label={names.cancelled} ink={inks.cancelled} kind="dash" />
          </>
        ) : null
      }
      chart={body(false)}
      table={body(true)}
      asTable={asTable}
      onToggle={onToggle}
      dim={dim}
    />
  )
}
