import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LegendItem } from '#renderer/ui/chart-card.tsx'
import { useErrorWords } from '#renderer/ui/error-words.ts'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { DashboardFigures, Day, Figure, Money } from '#shared/dashboard.ts'
import { addUp, cents, fromCents } from '#shared/format.ts'
import { type ChartView, FigureChart } from './figure-chart.tsx'
import { useFigureWords } from './figure-words.ts'
import { ColumnsChart } from './lazy-charts.ts'
import { type MonthOfMoney, monthsOfMoney } from './months.ts'

interface MoneyCardProps extends ChartView {
  readonly figures: Pick<DashboardFigures, 'revenueByMonth' | 'expensesByMonth'>
  readonly today: Day
}

/** What came in and what went out, month by month. */
export function MoneyCard({ figures, today, ...view }: MoneyCardProps) {
  const { t } = useTranslation('dashboard')
  const { money, roundMoney, month: monthName, shortMonth } = useFormat()
  const { revenueByMonth, expensesByMonth } = figures
  const figure = monthsOfMoney(revenueByMonth, expensesByMonth)
  const list = figure.state === 'value' ? figure.value : []
  const sum = (key: 'revenue' | 'expenses') => addUp(list.flatMap((entry) => entry[key] ?? []))
  const words = { revenue: t('chart.money.revenue'), expenses: t('chart.money.expenses') }
  const difference = t('chart.money.difference')
  const has = { revenue: 'value' in revenueByMonth, expenses: 'value' in expensesByMonth }
  const named = (month: Day) =>
    month.slice(0, 7) === today.slice(0, 7) ? `${monthName(month)} (${t('label.inProgress')})` : monthName(month)
  const totals = {
    revenue: money(sum('revenue')),
    expenses: money(sum('expenses')),
    difference: money(fromCents(cents(sum('revenue')) - cents(sum('expenses')))),
  }
  const summaries = [
    has.revenue && has.expenses && t('chart.money.summary', totals),
    has.revenue && !has.expenses && t('chart.money.summaryRevenue', totals),
    !has.revenue && has.expenses && t('chart.money.summaryExpenses', totals),
  ]
  const series = [
    ...(has.revenue ? [{ key: 'revenue', name: words.revenue, kind: 'full' as const }] : []),
    ...(has.expenses ? [{ key: 'expenses', name: words.expenses, kind: 'hatched' as const }] : []),
  ]
  const lines = (entry: MonthOfMoney): (readonly [string, string])[] => [
    ...(entry.revenue === null ? [] : [[words.revenue, money(entry.revenue)] as const]),
    ...(entry.expenses === null ? [] : [[words.expenses, money(entry.expenses)] as const]),
    ...(balance(entry) === null ? [] : [[difference, money(balance(entry) ?? '0')] as const]),
  ]
  return (
    <FigureChart
      {...view}
      title={t('chart.money.title')}
      unit={t('chart.money.unit')}
      summary={summaries.find((words) => words !== false) || ''}
      figure={figure}
      names={['revenueByMonth', 'expensesByMonth']}
      empty={t('chart.money.empty')}
      legend={
        <>
          {has.revenue ? <LegendItem label={words.revenue} ink={inks.total} kind="full" /> : null}
          {has.expenses ? <LegendItem label={words.expenses} ink={inks.cancelled} kind="hatched" /> : null}
          <Without name={words.revenue} figure={revenueByMonth} />
          <Without name={words.expenses} figure={expensesByMonth} />
        </>
      }
      table={(value) => ({
        columns: [
          { title: t('chart.money.month'), kind: 'text' },
          ...series.map(({ name }) => ({ title: name, kind: 'money' as const })),
          ...(series.length === 2 ? [{ title: difference, kind: 'money' as const }] : []),
        ],
        rows: value
          .toReversed()
          .map((entry) => [
            named(entry.month),
            ...(has.revenue ? [entry.revenue] : []),
            ...(has.expenses ? [entry.expenses] : []),
            ...(series.length === 2 ? [balance(entry)] : []),
          ]),
      })}
      chart={(value) => (
        <ColumnsChart
          points={value.map(({ month, revenue, expenses }) => ({
            month,
            revenue: Number(revenue ?? 0),
            expenses: Number(expenses ?? 0),
          }))}
          across="month"
          tick={shortMonth}
          axis={roundMoney}
          series={series}
          about={(month) => {
            const entry = value.find((candidate) => candidate.month === month)
            return { heading: named(month), lines: entry ? lines(entry) : [] }
          }}
        />
      )}
    />
  )
}

/** What is left of a month; null where one of the two is not known. */
function balance({ revenue, expenses }: MonthOfMoney): Money | null {
  return revenue === null || expenses === null ? null : fromCents(cents(revenue) - cents(expenses))
}

/** Why one of the two is not drawn. */
function Without({ name, figure }: { readonly name: string; readonly figure: Figure<unknown> }) {
  const { why } = useFigureWords()
  const { t } = useTranslation('dashboard')
  if (figure.state === 'unavailable') return <Note text={t('chart.money.without', { name, reason: why(figure.why) })} />
  return figure.state === 'error' ? <Failed name={name} error={figure.error} /> : null
}

function Failed({ name, error }: { readonly name: string; readonly error: Parameters<typeof useErrorWords>[0] }) {
  const { t } = useTranslation('dashboard')
  return <Note text={t('chart.money.without', { name, reason: useErrorWords(error).title })} />
}

function Note({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  )
}
