import { useTranslation } from 'react-i18next'
import { LegendItem } from '#renderer/ui/chart-card.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { Day, Figure, TrendDay } from '#shared/dashboard.ts'
import { weeklyAverage } from './average.ts'
import { type ChartView, FigureChart } from './figure-chart.tsx'
import { TrendChart } from './lazy-charts.ts'

interface TrendCardProps extends ChartView {
  readonly figure: Figure<readonly TrendDay[]>
  /** The period in words. */
  readonly period: string
  readonly today: Day
  readonly dim: boolean
}

/** Appointments per day over the chosen period. */
export function TrendCard({ figure, period, today, dim, ...view }: TrendCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer, decimal, day, shortDay, longDay, fullDay, month } = useFormat()
  const list = figure.state === 'value' ? figure.value : []
  // Beyond a month the closed Sundays would hide the trend; the table keeps every day.
  const averaged = list.length >= 60
  const thisYear = list.every((entry) => entry.day.slice(0, 4) === today.slice(0, 4))
  const heading = thisYear ? longDay : fullDay
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
        peakDay: thisYear ? longDay(peak.day) : day(peak.day),
        peak: integer(peak.total),
      })
    : ''
  return (
    <FigureChart
      {...view}
      title={t('chart.trend.title')}
      unit={averaged && !view.asTable ? t('chart.trend.average', { period }) : t('chart.trend.unit', { period })}
      summary={summary}
      figure={figure}
      names={['trend']}
      empty={t('chart.trend.empty')}
      dim={dim}
      legend={
        <>
          <LegendItem label={names.total} ink={inks.total} kind="area" />
          <LegendItem label={names.completed} ink={inks.completed} kind="line" />
          <LegendItem label={names.cancelled} ink={inks.cancelled} kind="dash" />
        </>
      }
      table={(value) => ({
        columns: [
          { title: t('chart.trend.day'), kind: 'date' },
          { title: names.total, kind: 'integer' },
          { title: names.completed, kind: 'integer' },
          { title: names.cancelled, kind: 'integer' },
        ],
        rows: value.toReversed().map((entry) => [entry.day, entry.total, entry.completed, entry.cancelled]),
      })}
      chart={(value) => (
        <TrendChart
          days={averaged ? weeklyAverage(value) : value}
          names={names}
          tick={list.length > 400 ? month : shortDay}
          heading={heading}
          amount={(count) => decimal(count, 1)}
        />
      )}
    />
  )
}
