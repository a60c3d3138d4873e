import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '#renderer/settings/data.ts'
import { useAge } from '#renderer/ui/age.tsx'
import { ErrorBoundary } from '#renderer/ui/error-boundary.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { useFormat } from '#renderer/words.ts'
import type { Dashboard, DashboardRange } from '#shared/dashboard.ts'
import { ChartGrid } from './chart-grid.tsx'
import classes from './dashboard-page.module.css'
import { DashboardTools } from './dashboard-tools.tsx'
import { useDashboard } from './data.ts'
import { FigureRow } from './figure-row.tsx'
import { RangePicker } from './range-picker.tsx'

/** The Panel: the state of the clinic at one glance. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard')
  const { longDay } = useFormat()
  const { refreshSeconds } = useSettings()
  const [range, setRange] = useState<DashboardRange>({ days: 30 })
  const [paused, setPaused] = useState(false)
  const load = useDashboard(range, paused ? 0 : refreshSeconds)
  const { data } = load
  const staleSince = load.stale && data ? load.readAt : null

  return (
    <div className={classes.page}>
      <PageHeader title={t('title')} note={data ? t('today', { day: longDay(data.today) }) : undefined}>
        <RangePicker range={range} onRange={setRange} today={data?.today} />
        <DashboardTools
          dashboard={data}
          readAt={load.readAt}
          fetching={load.fetching}
          onRefresh={load.refetch}
          automatic={refreshSeconds === 0 ? 'off' : load.past ? 'past' : 'on'}
          paused={paused}
          onPause={setPaused}
          complete={!load.changing && !load.error && isComplete(data)}
        />
      </PageHeader>
      {load.error ? (
        <LoadError error={load.error} staleSince={staleSince} onRetry={load.refetch} retrying={load.fetching} />
      ) : null}
      {data ? (
        <>
          <ErrorBoundary>
            <FigureRow figures={data.figures} staleSince={staleSince} />
          </ErrorBoundary>
          <ErrorBoundary>
            <ChartGrid dashboard={data} staleSince={staleSince} dim={load.changing} />
          </ErrorBoundary>
        </>
      ) : null}
      {!data && !load.error ? <Loading /> : null}
    </div>
  )
}

/** A document must not say "could not be read" where the next refresh would have read it. */
function isComplete(data: Dashboard | undefined): boolean {
  return data !== undefined && Object.values(data.figures).every(({ state }) => state !== 'error')
}

interface LoadErrorProps {
  readonly error: Error
  readonly staleSince: number | null
  readonly onRetry: () => void
  readonly retrying: boolean
}

/** A load that failed; with figures on the screen it says how old they are. */
function LoadError({ error, staleSince, onRetry, retrying }: LoadErrorProps) {
  const { t } = useTranslation('dashboard')
  const age = useAge(staleSince ?? 0)
  const note = staleSince === null ? undefined : t('state.staleNotice', { age })
  return <ErrorNotice error={error} onRetry={onRetry} retrying={retrying} note={note} />
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={classes.loading} role="status" aria-label={t('unit.loading')}>
      <Skeleton height={128} />
      <Skeleton height={420} />
    </div>
  )
}
