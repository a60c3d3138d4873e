import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  LabelList,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Day, TrendDay } from '#shared/dashboard.ts'
import classes from './charts.module.css'
import { inks } from './inks.ts'

interface TrendChartProps {
  readonly days: readonly TrendDay[]
  readonly names: { readonly total: string; readonly completed: string; readonly cancelled: string }
  readonly tick: (day: Day) => string
  readonly heading: (day: Day) => string
}

const axis = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' }
const margin = { top: 8, right: 6, bottom: 0, left: 0 }

/** Appointments per day: the total as an area, completed as a line, cancelled as a broken line. */
export function TrendChart({ days, names, tick, heading }: TrendChartProps) {
  const plain = { isAnimationActive: false, dot: days.length === 1, activeDot: { r: 3.5 } }
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={[...days]} margin={margin} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--chart-rule)" />
        <XAxis
          dataKey="day"
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
            active && payload.length > 0 ? (
              <div className={classes.tip}>
                <b>{heading(String(label))}</b>
                {payload.map((entry) => (
                  <span key={String(entry.dataKey)} className={classes.tipLine}>
                    <i style={{ background: entry.color }} />
                    {entry.name}
                    <b>{String(entry.value)}</b>
                  </span>
                ))}
              </div>
            ) : null
          }
        />
        <Area
          {...plain}
          type="monotone"
          dataKey="total"
          name={names.total}
          stroke={inks.total}
          strokeWidth={2}
          fill={inks.total}
          fillOpacity={0.16}
        />
        <Area
          {...plain}
          type="monotone"
          dataKey="completed"
          name={names.completed}
          stroke={inks.completed}
          strokeWidth={1.5}
          fill="none"
        />
        <Area
          {...plain}
          type="monotone"
          dataKey="cancelled"
          name={names.cancelled}
          stroke={inks.cancelled}
          strokeWidth={1.5}
          strokeDasharray="5 3"
          fill="none"
        />
      </AreaChart>
    </ResponsiveContainer>
  )
}

interface BarsProps {
  readonly bars: readonly {
    readonly name: string
    readonly count: number
    readonly label: string
    readonly ink: string
  }[]
  /** Pixels for the names. */
  readonly nameWidth: number
}

/** Horizontal bars with their name at the left and their value at the right, in words. */
export function Bars({ bars, nameWidth }: BarsProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...bars]}
        layout="vertical"
        margin={{ top: 0, right: 84, bottom: 0, left: 0 }}
        barCategoryGap="26%"
        accessibilityLayer={false}
      >
        <XAxis type="number" hide domain={[0, 'dataMax']} />
        <YAxis
          type="category"
          dataKey="name"
          width={nameWidth}
          tick={{ ...axis, fill: 'var(--mantine-color-text)' }}
          tickLine={false}
          axisLine={{ stroke: 'var(--chart-rule)' }}
          interval={0}
        />
        <Bar dataKey="count" isAnimationActive={false} radius={[0, 3, 3, 0]} maxBarSize={22} minPointSize={2}>
          {bars.map((bar) => (
            <Cell key={bar.name} fill={bar.ink} />
          ))}
          <LabelList dataKey="label" position="right" fontSize={12} fill="var(--mantine-color-text)" offset={7} />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  )
}
