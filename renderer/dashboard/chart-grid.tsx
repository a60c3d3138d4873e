import { useState } from 'react'
import { usePlainKeys } from '#renderer/ui/use-plain-keys.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import classes from './chart-grid.module.css'
import { StateCard } from './state-card.tsx'
import { TreatmentCard } from './treatment-card.tsx'
import { TrendCard } from './trend-card.tsx'

const charts = ['trend', 'byState', 'treatments'] as const
type ChartName = (typeof charts)[number]

interface ChartGridProps {
  readonly dashboard: Dashboard
  readonly staleSince: number | null
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
  const { figures, days } = dashboard
  return (
    <div className={classes.grid}>
      <TrendCard figure={figures.trend} days={days} dim={dim} {...view('trend')} />
      <StateCard figure={figures.appointmentsByState} {...view('byState')} />
      <TreatmentCard figure={figures.topTreatments} {...view('treatments')} />
    </div>
  )
}
