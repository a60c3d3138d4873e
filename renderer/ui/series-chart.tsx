import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { inks } from './inks.ts'
import classes from './series-chart.module.css'

type Kind = 'area' | 'line' | 'dash'

interface SeriesChartProps {
  readonly points: readonly Readonly<Record<string, string | number>>[]
  /** The key of what runs along the bottom. */
  readonly across: string
  readonly tick: (value: string | number) => string
  readonly amount: (value: number) => string
  readonly heading: (value: string | number) => string
  readonly series: readonly { readonly key: string; readonly name: string; readonly kind: Kind }[]
  /** Values that hold until the next reading are drawn as steps, counts of a day as straight lines. */
  readonly kind: 'linear' | 'step'
  /** From and to, where several charts stand on one axis; else the points decide. */
  readonly domain?: readonly [number, number] | undefined
}

const axis = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' }
const strokes = {
  area: { stroke: inks.total, strokeWidth: 2, fill: inks.total, fillOpacity: 0.16 },
  line: { stroke: inks.completed, strokeWidth: 1.5, fill: 'none' },
  dash: { stroke: inks.cancelled, strokeWidth: 1.5, strokeDasharray: '5 3', fill: 'none' },
} as const

/** Counts over time: an area, a line and a broken line, which also differ without their colours. */
export function SeriesChart({ points, across, tick, heading, amount, series, kind, domain }: SeriesChartProps) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 240 }}>
      <AreaChart data={[...points]} margin={{ top: 8, right: 6, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--chart-rule)" />
        <XAxis
          dataKey={across}
          {...(domain ? { type: 'number' as const, domain: [...domain], allowDataOverflow: true } : {})}
          tickFormatter={tick}
          tick={axis}
          tickLine={false}
          axisLine={{ stroke: 'var(--chart-rule)' }}
          minTickGap={36}
          tickMargin={6}
          height={28}
        />
        <YAxis allowDecimals={false} tick={axis} tickLine={false} axisLine={false} width={34} />
        <Tooltip
          cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeWidth: 1 }}
          isAnimationActive={false}
          content={({ active, payload, label }) =>
            active && payload.length > 0 && label !== undefined ? (
              <div className={classes.tip}>
                <b>{heading(label)}</b>
                {payload.map((entry) => (
                  <span key={String(entry.dataKey)} className={classes.tipLine}>
                    <i style={{ background: entry.color }} />
                    {entry.name}
                    <b>{amount(Number(entry.value))}</b>
                  </span>
                ))}
              </div>
            ) : null
          }
        />
        {series.map(({ key, name, kind: stroke }) => (
          <Area
            key={key}
            {...strokes[stroke]}
            type={kind === 'step' ? 'stepAfter' : 'linear'}
            dataKey={key}
            name={name}
            isAnimationActive={false}
            dot={points.length === 1}
            activeDot={{ r: 3.5 }}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  )
}
