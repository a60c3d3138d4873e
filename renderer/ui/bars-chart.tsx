import { Bar, BarChart, Cell, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts'

interface BarEntry {
  readonly name: string
  readonly count: number
  /** The value in words, drawn at the end of its bar. */
  readonly label: string
  readonly ink: string
}

interface BarsChartProps {
  readonly bars: readonly BarEntry[]
  /** Short names stand before their bars, in so many pixels; long names stand above them. */
  readonly names: number | 'above'
}

const ink = 'var(--mantine-color-text)'

/** Horizontal bars that say their value: reading them needs neither colours nor an axis. */
export function BarsChart({ bars, names }: BarsChartProps) {
  const above = names === 'above'
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 360, height: 180 }}>
      <BarChart
        data={[...bars]}
        layout="vertical"
        margin={{ top: above ? 10 : 0, right: above ? 44 : 84, bottom: 0, left: 0 }}
        barCategoryGap="26%"
        accessibilityLayer={false}
      >
        <XAxis type="number" hide domain={[0, 'dataMax']} />
        <YAxis
          type="category"
          dataKey="name"
          hide={above}
          width={above ? 0 : names}
          tick={{ fontSize: 12, fill: ink }}
          tickLine={false}
          axisLine={{ stroke: 'var(--chart-rule)' }}
          interval={0}
        />
        <Bar
          dataKey="count"
          isAnimationActive={false}
          radius={[0, 3, 3, 0]}
          maxBarSize={above ? 8 : 20}
          minPointSize={(value) => (value ? 2 : 0)}
        >
          {bars.map((bar) => (
            <Cell key={bar.name} fill={bar.ink} />
          ))}
          <LabelList dataKey="label" position="right" fontSize={12} fill={ink} offset={7} />
          {above ? <LabelList dataKey="name" content={NameAbove} /> : null}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  )
}

interface PlacedName {
  readonly x?: number | string | undefined
  readonly y?: number | string | undefined
  readonly value?: unknown
}

function NameAbove({ x, y, value }: PlacedName) {
  return (
    <text x={Number(x)} y={Number(y) - 5} fontSize={12} fill={ink}>
      {String(value)}
    </text>
  )
}
