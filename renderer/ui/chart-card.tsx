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
  /** Stays above chart and table, such as a choice of what they show. */
  readonly control?: ReactNode
  readonly tools?: ReactNode
  readonly chart: ReactNode
  readonly table: ReactNode
  readonly asTable: boolean
  readonly onToggle: () => void
  /** Only a chart with values is drawn, has a summary and a table. */
  readonly state: 'value' | 'zero' | 'unavailable' | 'error'
  /** Drawn with words that can be read, so that nobody needs the summary instead of them. */
  readonly readable?: boolean
  /** Still shows another period than the one chosen. */
  readonly dim?: boolean
}

/** A chart with its title, unit and summary, and its table one key away. */
export function ChartCard(props: ChartCardProps) {
  const { title, unit, summary, legend, control, tools, chart, table, asTable, onToggle, state } = props
  const { dim = false, readable = false } = props
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
        <Text component="h2" id={id} className={classes.title}>
          {title}
        </Text>
        <Group gap={0} wrap="nowrap" className={classes.tools}>
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
      <Text size="xs" c="dimmed" className={classes.summary}>
        {drawn && summary !== '' ? `${unit} · ${summary.replaceAll(' %', '\u00a0%')}` : unit}
      </Text>
      {control ? <div className={classes.control}>{control}</div> : null}
      {legend && !asTable ? <div className={classes.legend}>{legend}</div> : null}
      <div className={classes.body} data-dim={dim}>
        {drawn && !asTable && !readable ? (
          <div className={classes.drawing} role="img" aria-label={`${title}. ${summary}`}>
            {chart}
          </div>
        ) : (
          <div className={classes.drawing}>{drawn && !asTable ? chart : table}</div>
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
  readonly kind: 'area' | 'line' | 'dash' | 'full' | 'hatched'
}

/** One entry of a legend; the stroke differs, not only the colour. */
export function LegendItem({ label, ink, kind }: LegendItemProps) {
  return (
    <span className={classes.entry}>
      {kind === 'full' || kind === 'hatched' ? <Swatch ink={ink} hatched={kind === 'hatched'} /> : null}
      {kind === 'area' || kind === 'line' || kind === 'dash' ? <Stroke ink={ink} kind={kind} /> : null}
      {label}
    </span>
  )
}

function Stroke({ ink, kind }: { readonly ink: string; readonly kind: 'area' | 'line' | 'dash' }) {
  return (
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
  )
}

function Swatch({ ink, hatched }: { readonly ink: string; readonly hatched: boolean }) {
  return (
    <svg width="14" height="12" aria-hidden="true">
      <rect x="0.5" y="0.5" width="13" height="11" rx="2" fill={ink} fillOpacity={hatched ? 0.25 : 1} stroke={ink} />
      {hatched ? <path d="M1 8 8 1M3 11 13 1M9 11 13 7" stroke={ink} strokeWidth="1.5" /> : null}
    </svg>
  )
}
