import { SeriesChart } from '#renderer/ui/series-chart.tsx'
import type { SessionReading } from '#shared/monitoring-sessions.ts'

interface SessionsChartProps {
  readonly readings: readonly SessionReading[]
  readonly names: { readonly total: string; readonly inTransaction: string; readonly overdue: string }
  readonly amount: (count: number) => string
  readonly tick: (seconds: number) => string
  readonly domain: readonly [number, number]
}

/** The readings of the server's sessions over time; nothing is drawn smoother than it was read. */
export function SessionsChart({ readings, names, tick, amount, domain }: SessionsChartProps) {
  return (
    <SeriesChart
      points={readings.map(({ at, total, inTransaction, overdue }) => ({ at, total, inTransaction, overdue }))}
      across="at"
      kind="step"
      domain={domain}
      amount={amount}
      tick={(at) => tick(Number(at))}
      heading={(at) => tick(Number(at))}
      series={[
        { key: 'total', name: names.total, kind: 'area' },
        { key: 'inTransaction', name: names.inTransaction, kind: 'line' },
        { key: 'overdue', name: names.overdue, kind: 'dash' },
      ]}
    />
  )
}
