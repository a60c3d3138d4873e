import { SeriesChart } from '#renderer/ui/series-chart.tsx'

interface LogChartProps {
  readonly minutes: readonly { at: number; leaks: number; errors: number; warnings: number }[]
  readonly names: { readonly leaks: string; readonly errors: string; readonly warnings: string }
  readonly amount: (count: number) => string
  readonly tick: (seconds: number) => string
  readonly domain: readonly [number, number]
}

/** Problems of the log by minute. */
export function LogChart({ minutes, names, tick, amount, domain }: LogChartProps) {
  return (
    <SeriesChart
      points={minutes.map(({ at, leaks, errors, warnings }) => ({ at, leaks, errors, warnings }))}
      across="at"
      kind="step"
      domain={domain}
      amount={amount}
      tick={(at) => tick(Number(at))}
      heading={(at) => tick(Number(at))}
      series={[
        { key: 'leaks', name: names.leaks, kind: 'area' },
        { key: 'errors', name: names.errors, kind: 'line' },
        { key: 'warnings', name: names.warnings, kind: 'dash' },
      ]}
    />
  )
}
