import { SeriesChart } from '#renderer/ui/series-chart.tsx'
import type { Day, TrendDay } from '#shared/dashboard.ts'

interface TrendChartProps {
  readonly days: readonly TrendDay[]
  readonly names: { readonly total: string; readonly completed: string; readonly cancelled: string }
  readonly tick: (day: Day) => string
  readonly heading: (day: Day) => string
  readonly amount: (count: number) => string
}

/** Appointments per day: the total as an area, completed as a line, cancelled as a broken line. */
export function TrendChart({ days, names, tick, heading, amount }: TrendChartProps) {
  return (
    <SeriesChart
      points={days.map((day) => ({ ...day }))}
      across="day"
      kind="linear"
      amount={amount}
      tick={(day) => tick(String(day))}
      heading={(day) => heading(String(day))}
      series={[
        { key: 'total', name: names.total, kind: 'area' },
        { key: 'completed', name: names.completed, kind: 'line' },
        { key: 'cancelled', name: names.cancelled, kind: 'dash' },
      ]}
    />
  )
}
