import { useTranslation } from 'react-i18next'
import { BarList } from '#renderer/ui/bar-list.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { DashboardFigures, Money } from '#shared/dashboard.ts'
import { addUp } from '#shared/format.ts'
import { type ChartView, FigureChart } from './figure-chart.tsx'

interface CategoryCardProps extends ChartView {
  readonly figure: DashboardFigures['expensesByCategory']
  /** The chosen period in words. */
  readonly period: string
  readonly dim: boolean
}

/** What was spent on what in the chosen period. */
export function CategoryCard({ figure, period, ...view }: CategoryCardProps) {
  const { t } = useTranslation('dashboard')
  const { money, percent } = useFormat()
  const list = figure.state === 'value' ? figure.value : []
  const total = addUp(list.map(({ amount }) => amount))
  // What is given back makes shares that are none.
  const shared = Number(total) > 0 && list.every(({ amount }) => Number(amount) >= 0)
  const share = (amount: Money) => (shared ? Number(amount) / Number(total) : 0)
  const name = (category: string) => category || t('chart.categories.none')
  const first = list[0]
  return (
    <FigureChart
      {...view}
      title={t('chart.categories.title')}
      unit={period}
      summary={
        first
          ? t('chart.categories.summary', {
              total: money(total),
              category: name(first.category),
              share: shared ? percent(share(first.amount)) : money(first.amount),
            })
          : ''
      }
      figure={figure}
      names={['expensesByCategory']}
      empty={t('chart.categories.empty')}
      readable
      table={(value) => ({
        columns: [
          { title: t('chart.categories.category'), kind: 'text' },
          { title: t('chart.categories.amount'), kind: 'money' },
          { title: t('chart.categories.share'), kind: 'percent' },
        ],
        rows: value.map(({ category, amount }) => [
          name(category),
          amount,
          shared ? Math.round(share(amount) * 1000) / 10 : null,
        ]),
      })}
      chart={(value) => (
        <BarList
          label={t('card.list', { title: t('chart.categories.title') })}
          names="above"
          bars={value.map(({ category, amount }) => ({
            ...{ name: name(category), label: money(amount), ink: inks.cancelled },
            share: Number(first?.amount) > 0 ? Number(amount) / Number(first?.amount) : 0,
          }))}
        />
      )}
    />
  )
}
