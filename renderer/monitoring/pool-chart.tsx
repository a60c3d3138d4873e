import { SeriesChart } from '#renderer/ui/series-chart.tsx'
import type { PoolReading } from '#shared/monitoring.ts'

interface PoolChartProps {
  readonly readings: readonly PoolReading[]
  readonly names: { readonly total: string; readonly used: string; readonly waiting: string }
  readonly amount: (count: number) => string
  readonly tick: (seconds: number) => string
  readonly domain: readonly [number, number]
}

/** The readings of the pool over time; nothing is drawn smoother than it was read. */
export function PoolChart({ readings, names, tick, amount, domain }: PoolChartProps) {
  const points = readings.map(({ at, total, idle, waiting }) => ({ at, total, used: total - idle, waiting }))
  return (
    <SeriesChart
      points={points}
      across="at"
      kind="step"
      domain={domain}
      amount={amount}
      tick={(at) => tick(Number(at))}
      heading={(at) => tick(Number(at))}
      series={[
        { key: 'total', name: names.total, kind: 'area' },
        { key: 'used', name: names.used, kind: 'line' },
        { key: 'waiting', name: names.waiting, kind: 'dash' },
      ]}
    />
  )
}
