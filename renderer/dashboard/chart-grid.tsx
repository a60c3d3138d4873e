import { useState } from 'react'
import { usePlainKeys } from '#renderer/ui/use-plain-keys.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import { CategoryCard } from './category-card.tsx'
import classes from './chart-grid.module.css'
import { MoneyCard } from './money-card.tsx'
import { StateCard } from './state-card.tsx'
import { StockCard } from './stock-card.tsx'
import { TreatmentCard } from './treatment-card.tsx'
import { TrendCard } from './trend-card.tsx'
import { usePeriodWords } from './use-period-words.ts'

const charts = ['trend', 'byState', 'stock', 'money', 'treatments', 'categories'] as const
type ChartName = (typeof charts)[number]

interface ChartGridProps {
  readonly dashboard: Dashboard
  readonly staleSince: number | null
  /** Still shows another period than the one chosen. */
  readonly dim: boolean
}

/** The charts under the figures; `T` turns all of them into tables and back. */
export function ChartGrid({ dashboard, staleSince, dim }: ChartGridProps) {
  const [tables, setTables] = useState<readonly ChartName[]>([])
  usePlainKeys([['T', () => setTables((shown) => (shown.length === charts.length ? [] : charts))]])
  const view = (name: ChartName) => ({
    staleSince,
    asTable: tables.includes(name),
    onToggle: () =>
      setTables((shown) => (shown.includes(name) ? shown.filter((other) => other !== name) : [...shown, name])),
  })
  const { figures, today } = dashboard
  const period = usePeriodWords()(dashboard)
  return (
    <div className={classes.grid}>
      <TrendCard figure={figures.trend} period={period} today={today} dim={dim} {...view('trend')} />
      <StateCard figure={figures.appointmentsByState} {...view('byState')} />
      <StockCard figure={figures.criticalStock} {...view('stock')} />
      <MoneyCard figures={figures} today={today} {...view('money')} />
      <TreatmentCard figures={figures} period={period} dim={dim} {...view('treatments')} />
      <CategoryCard figure={figures.expensesByCategory} period={period} dim={dim} {...view('categories')} />
    </div>
  )
}
