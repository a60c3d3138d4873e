import { SeriesChart } from '#renderer/ui/series-chart.tsx'

interface HourChartProps {
  /** `at` in seconds since the epoch, and the three series by their keys. */
  readonly points: readonly Readonly<Record<string, number>>[]
  /** The key and the name of each series: the whole as an area, then a line, then what is amiss as a dashed one. */
  readonly series: readonly [area: Named, line: Named, dash: Named]
  readonly amount: (count: number) => string
  readonly tick: (seconds: number) => string
  readonly domain: readonly [number, number]
}

type Named = readonly [key: string, name: string]

/** Readings of the last hour on the axis that all panes share; nothing is drawn smoother than it was read. */
export function HourChart({ points, series: [area, line, dash], tick, amount, domain }: HourChartProps) {
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
        { key: area[0], name: area[1], kind: 'area' },
        { key: line[0], name: line[1], kind: 'line' },
        { key: dash[0], name: dash[1], kind: 'dash' },
      ]}
    />
  )
}
