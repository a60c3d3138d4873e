import { useId } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { inks } from './inks.ts'
import classes from './series-chart.module.css'

interface ColumnsChartProps {
  readonly points: readonly Readonly<Record<string, string | number>>[]
  /** The key of what runs along the bottom. */
  readonly across: string
  readonly tick: (value: string) => string
  readonly axis: (value: number) => string
  readonly series: readonly { readonly key: string; readonly name: string; readonly kind: 'full' | 'hatched' }[]
  /** What is said of the column under the pointer. */
  readonly about: (value: string) => {
    readonly heading: string
    readonly lines: readonly (readonly [string, string])[]
  }
}

const label = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' }

/** Columns side by side; the second series is hatched, so that it differs without its colour. */
export function ColumnsChart({ points, across, tick, axis, series, about }: ColumnsChartProps) {
  const hatch = useId()
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 420, height: 150 }}>
      <BarChart
        data={[...points]}
        margin={{ top: 8, right: 6, bottom: 0, left: 0 }}
        barGap={1}
        barCategoryGap="22%"
        accessibilityLayer={false}
      >
        <defs>
          <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="4" height="4" fill={inks.cancelled} opacity="0.28" />
            <rect width="1.8" height="4" fill={inks.cancelled} />
          </pattern>
        </defs>
        <CartesianGrid vertical={false} stroke="var(--chart-rule)" />
        <XAxis
          dataKey={across}
          tickFormatter={tick}
          tick={label}
          tickLine={false}
          axisLine={{ stroke: 'var(--chart-rule)' }}
          interval="preserveStartEnd"
          minTickGap={4}
          tickMargin={4}
          height={24}
        />
        <YAxis tickFormatter={axis} tick={label} tickLine={false} axisLine={false} width={52} tickCount={4} />
        <Tooltip
          cursor={{ fill: 'var(--chart-rule)', opacity: 0.6 }}
          isAnimationActive={false}
          content={({ active, label: at }) => {
            if (!active || at === undefined) return null
            const { heading, lines } = about(String(at))
            return (
              <div className={classes.tip}>
                <b>{heading}</b>
                {lines.map(([name, value]) => (
                  <span key={name} className={classes.tipLine}>
                    {name}
                    <b>{value}</b>
                  </span>
                ))}
              </div>
            )
          }}
        />
        {series.map(({ key, name, kind }) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            isAnimationActive={false}
            maxBarSize={22}
            radius={[2, 2, 0, 0]}
            fill={kind === 'full' ? inks.total : `url(#${hatch})`}
            {...(kind === 'full' ? {} : { stroke: inks.cancelled, strokeWidth: 1 })}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
