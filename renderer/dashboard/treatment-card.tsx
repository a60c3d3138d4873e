import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BarList } from '#renderer/ui/bar-list.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { DashboardFigures } from '#shared/dashboard.ts'
import classes from './chart-grid.module.css'
import { type ChartView, FigureChart } from './figure-chart.tsx'

interface TreatmentCardProps extends ChartView {
  readonly figures: Pick<DashboardFigures, 'topTreatments' | 'bestServices'>
  /** The chosen period in words, which is the one of the services. */
  readonly period: string
  readonly dim: boolean
}

const views = ['treatments', 'services'] as const

/** What is done most, and what brings most. */
export function TreatmentCard({ figures, period, dim, ...view }: TreatmentCardProps) {
  const { t } = useTranslation('dashboard')
  const [shown, setShown] = useState<(typeof views)[number]>('treatments')
  const control = (
    <SegmentedControl
      size="xs"
      fullWidth
      className={classes.switch}
      aria-label={t('chart.switch.label')}
      value={shown}
      onChange={(value) => setShown(value === 'services' ? 'services' : 'treatments')}
      data={views.map((name) => ({ value: name, label: t(`chart.switch.${name}`) }))}
    />
  )
  if (shown === 'treatments') return <Treatments {...view} figure={figures.topTreatments} control={control} />
  return <Services {...view} figure={figures.bestServices} period={period} dim={dim} control={control} />
}

interface TreatmentsProps extends ChartView {
  readonly figure: DashboardFigures['topTreatments']
  readonly control: ReactNode
}

function Treatments({ figure, ...view }: TreatmentsProps) {
  const { t } = useTranslation('dashboard')
  const { integer } = useFormat()
  const first = figure.state === 'value' ? figure.value[0] : undefined
  return (
    <FigureChart
      {...view}
      title={t('chart.treatments.title')}
      unit={t('chart.treatments.unit')}
      summary={first ? t('chart.treatments.summary', { name: first.name, count: integer(first.count) }) : ''}
      figure={figure}
      names={['topTreatments']}
      empty={t('chart.treatments.empty')}
      readable
      table={(value) => ({
        columns: [
          { title: t('chart.treatments.treatment'), kind: 'text' },
          { title: t('chart.treatments.count'), kind: 'integer' },
        ],
        rows: value.map(({ name, count }) => [name, count]),
      })}
      chart={(value) => (
        <BarList
          label={t('card.list', { title: t('chart.treatments.title') })}
          names="above"
          bars={value.map(({ name, count }) => ({
            ...{ name, label: integer(count), ink: inks.total },
            share: count / (first?.count ?? 1),
          }))}
        />
      )}
    />
  )
}

interface ServicesProps extends ChartView {
  readonly figure: DashboardFigures['bestServices']
  readonly period: string
  readonly dim: boolean
  readonly control: ReactNode
}

function Services({ figure, period, ...view }: ServicesProps) {
  const { t } = useTranslation('dashboard')
  const { money } = useFormat()
  const first = figure.state === 'value' ? figure.value[0] : undefined
  return (
    <FigureChart
      {...view}
      title={t('chart.services.title')}
      unit={period}
      summary={first ? t('chart.services.summary', { name: first.name, amount: money(first.amount) }) : ''}
      figure={figure}
      names={['bestServices']}
      empty={t('chart.services.empty')}
      readable
      table={(value) => ({
        columns: [
          { title: t('chart.services.service'), kind: 'text' },
          { title: t('chart.services.count'), kind: 'integer' },
          { title: t('chart.services.amount'), kind: 'money' },
        ],
        rows: value.map(({ name, count, amount }) => [name, count, amount]),
      })}
      chart={(value) => (
        <BarList
          label={t('card.list', { title: t('chart.services.title') })}
          names="above"
          bars={value.map(({ name, amount }) => ({
            ...{ name, label: money(amount), ink: inks.total },
            share: Number(first?.amount) > 0 ? Number(amount) / Number(first?.amount) : 0,
          }))}
        />
      )}
    />
  )
}
