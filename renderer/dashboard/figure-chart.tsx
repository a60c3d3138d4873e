import { Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconDatabaseOff } from '@tabler/icons-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartCard, ChartNotice } from '#renderer/ui/chart-card.tsx'
import { Definition } from '#renderer/ui/definition.tsx'
import { ExportedTableView } from '#renderer/ui/exported-table.tsx'
import { TableMenu } from '#renderer/ui/table-menu.tsx'
import type { Figure, FigureName } from '#shared/dashboard.ts'
import type { ExportedTable } from '#shared/export.ts'
import { StaleMark } from './figure-card.tsx'
import { FigureError } from './figure-value.tsx'
import { useFigureWords } from './figure-words.ts'

/** How a card is looked at now. */
export interface ChartView {
  /** When its values were read (ms), if a later refresh failed. */
  readonly staleSince: number | null
  readonly asTable: boolean
  readonly onToggle: () => void
}

interface FigureChartProps<T> extends ChartView {
  readonly title: string
  readonly unit: string
  readonly summary: string
  readonly figure: Figure<T>
  /** The figures that it shows, for their definitions. */
  readonly names: readonly FigureName[]
  /** Said when there is nothing to draw: a fact, not an error. */
  readonly empty: string
  readonly table: (value: T) => Omit<ExportedTable, 'title'>
  readonly chart: (value: T) => ReactNode
  readonly legend?: ReactNode
  readonly control?: ReactNode
  readonly readable?: boolean
  readonly dim?: boolean
}

/** One card of a chart: drawn or as a table, to be copied and saved; or why there is none. */
export function FigureChart<T>(props: FigureChartProps<T>) {
  const { title, unit, summary, figure, names, empty, staleSince, asTable, onToggle } = props
  const { legend, control, readable = false, dim = false } = props
  const { t } = useTranslation('dashboard')
  const { definition } = useFigureWords()
  const value = figure.state === 'value' ? figure.value : null
  const table: ExportedTable | null = value === null ? null : { title, ...props.table(value) }
  return (
    <ChartCard
      title={title}
      unit={unit}
      summary={summary}
      state={figure.state}
      tools={
        <>
          {staleSince === null ? null : <StaleMark at={staleSince} />}
          <Definition label={t('card.definition', { name: title })} items={names.map(definition)} />
          {table ? <TableMenu table={table} /> : null}
        </>
      }
      legend={value === null ? null : legend}
      control={control}
      chart={value === null ? null : <Suspense fallback={<Skeleton height="100%" />}>{props.chart(value)}</Suspense>}
      table={
        table ? (
          <ExportedTableView table={table} caption={t('card.table', { title })} />
        ) : (
          <Missing figure={figure} empty={empty} />
        )
      }
      asTable={asTable}
      onToggle={onToggle}
      readable={readable}
      dim={dim}
    />
  )
}

function Missing({ figure, empty }: { readonly figure: Figure<unknown>; readonly empty: string }) {
  const { t } = useTranslation('dashboard')
  const { why } = useFigureWords()
  if (figure.state === 'error') {
    return (
      <ChartNotice>
        <IconAlertTriangle size={22} stroke={1.5} color="var(--mantine-color-error)" aria-hidden />
        <b>{t('state.error')}</b>
        <FigureError error={figure.error} words={t('state.why')} />
      </ChartNotice>
    )
  }
  if (figure.state !== 'unavailable') return <ChartNotice>{empty}</ChartNotice>
  return (
    <ChartNotice>
      <IconDatabaseOff size={22} stroke={1.5} aria-hidden />
      <b>{t('state.unavailable')}</b>
      {why(figure.why)}
    </ChartNotice>
  )
}
