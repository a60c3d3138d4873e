import { useTranslation } from 'react-i18next'
import { BarList } from '#renderer/ui/bar-list.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { Figure, StateCount } from '#shared/dashboard.ts'
import { type ChartView, FigureChart } from './figure-chart.tsx'

interface StateCardProps extends ChartView {
  readonly figure: Figure<readonly StateCount[]>
}

/** This month's appointments by their state, with counts and parts of the whole. */
export function StateCard({ figure, ...view }: StateCardProps) {
  const { t } = useTranslation('dashboard')
  const { integer, percent } = useFormat()
  const list = figure.state === 'value' ? figure.value : []
  const total = list.reduce((sum, { count }) => sum + count, 0)
  const most = Math.max(...list.map(({ count }) => count))
  const share = (count: number) => (total === 0 ? 0 : count / total)
  const first = list.find(({ count }) => count === most)
  const missed = (state: StateCount['state']) => state === 'cancelada' || state === 'no_asistio'
  return (
    <FigureChart
      {...view}
      title={t('chart.byState.title')}
      unit={t('chart.byState.unit')}
      summary={
        first
          ? t('chart.byState.summary', {
              total: integer(total),
              state: t(`states.${first.state}`),
              share: percent(share(first.count)),
            })
          : ''
      }
      figure={figure}
      names={['appointmentsByState']}
      empty={t('chart.byState.empty')}
      readable
      table={(value) => ({
        columns: [
          { title: t('chart.byState.state'), kind: 'text' },
          { title: t('chart.byState.count'), kind: 'integer' },
          { title: t('chart.byState.share'), kind: 'percent' },
        ],
        rows: value.map(({ state, count }) => [t(`states.${state}`), count, Math.round(share(count) * 1000) / 10]),
      })}
      chart={(value) => (
        <BarList
          label={t('card.list', { title: t('chart.byState.title') })}
          names="before"
          bars={value.map(({ state, count }) => ({
            name: t(`states.${state}`),
            label: `${integer(count)} · ${percent(share(count))}`,
            share: count / most,
            ink: missed(state) ? inks.cancelled : inks.total,
          }))}
        />
      )}
    />
  )
}
