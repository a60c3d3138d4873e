import { ActionIcon, Group, Paper, Text, Tooltip } from '@mantine/core'
import { IconChartHistogram, IconTable } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './chart-card.module.css'

interface ChartCardProps {
  readonly title: string
  readonly unit: string
  /** What the chart shows, in one sentence; also what a screen reader hears instead of the drawing. */
  readonly summary: string
  readonly legend?: ReactNode
  readonly tools?: ReactNode
  readonly chart: ReactNode
  readonly table: ReactNode
  readonly asTable: boolean
  readonly onToggle: () => void
  /** Only a chart with values is drawn, has a summary and a table. */
  readonly state: 'value' | 'zero' | 'unavailable' | 'error'
  /** Still shows another period than the one chosen. */
  readonly dim?: boolean
}

/** A chart with its title, unit and summary, and its table one key away. */
export function ChartCard(props: ChartCardProps) {
  const { title, unit, summary, legend, tools, chart, table, asTable, onToggle, state, dim = false } = props
  const drawn = state === 'value'
  const { t } = useTranslation()
  const id = useId()
  const label = asTable ? t('action.showChart') : t('action.showTable')
  return (
    <Paper
      component="section"
      className={classes.card}
      aria-labelledby={id}
      data-state={state}
      data-view={asTable ? 'table' : 'chart'}
    >
      <div className={classes.head}>
        <div>
          <Text component="h2" id={id} className={classes.title}>
            {title}{' '}
            <Text span size="xs" c="dimmed" fw={400}>
              {unit}
            </Text>
          </Text>
          {drawn ? (
            <Text size="xs" c="dimmed" className="numbers">
              {summary}
            </Text>
          ) : null}
        </div>
        <Group gap={2} wrap="nowrap" className={classes.tools}>
          {tools}
          {drawn ? (
            <Tooltip label={label}>
              <ActionIcon size={26} aria-label={`${label}: ${title}`} aria-pressed={asTable} onClick={onToggle}>
                {asTable ? (
                  <IconChartHistogram size={16} stroke={1.6} aria-hidden />
                ) : (
                  <IconTable size={16} stroke={1.6} aria-hidden />
                )}
              </ActionIcon>
            </Tooltip>
          ) : null}
        </Group>
      </div>
      {legend && !asTable ? <div className={classes.legend}>{legend}</div> : null}
      <div className={classes.body} data-dim={dim}>
        {drawn && !asTable ? (
          <div className={classes.drawing} role="img" aria-label={`${title}. ${summary}`}>
            {chart}
          </div>
        ) : (
          <div className={classes.drawing}>{table}</div>
        )}
      </div>
    </Paper>
  )
}

/** What takes the place of a chart without values: a fact, not an error. */
export function ChartNotice({ children }: { readonly children: ReactNode }) {
  return <div className={classes.notice}>{children}</div>
}

interface LegendItemProps {
  readonly label: string
  readonly ink: string
  readonly kind: 'area' | 'line' | 'dash'
}

/** One entry of a legend; the stroke differs, not only the colour. */
export function LegendItem({ label, ink, kind }: LegendItemProps) {
  return (
    <span className={classes.entry}>
      <svg width="22" height="10" aria-hidden="true">
        {kind === 'area' ? <rect y="5" width="22" height="5" fill={ink} opacity="0.2" /> : null}
        <line
          x1="0"
          x2="22"
          y1="5"
          y2="5"
          stroke={ink}
          strokeWidth="2"
          strokeDasharray={kind === 'dash' ? '5 3' : undefined}
        />
      </svg>
      {label}
    </span>
  )
}
