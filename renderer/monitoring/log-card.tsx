import { Skeleton } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartCard, ChartNotice, LegendItem } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { LogMinute } from '#shared/monitoring-log.ts'
import { HourChart } from './lazy-hour-chart.ts'
import { useLog } from './log-data.ts'
import classes from './pool-card.module.css'

interface Minute {
  readonly at: number
  readonly leaks: number
  readonly errors: number
  readonly warnings: number
}

/** The last hour of the backend's log by minute: leaks, errors, warnings. */
export function LogCard({ domain }: { readonly domain: readonly [number, number] }) {
  const { t } = useTranslation('log')
  const { integer, clockOf } = useFormat()
  const [asTable, setAsTable] = useState(false)
  const log = useLog()
  const known = (log.data?.minutes ?? []).filter(({ at }) => at > domain[0] - 60).map(inThree)
  const sum = (key: 'leaks' | 'errors' | 'warnings') => integer(known.reduce((all, minute) => all + minute[key], 0))
  const names = { leaks: t('chart.leak'), errors: t('chart.errors'), warnings: t('chart.warnings') }
  const empty = known.length === 0
  const none = !log.data || log.data.status === 'none'
  return (
    <div className={classes.frame}>
      <ChartCard
        title={t('chart.title')}
        unit={t('chart.unit')}
        state={none ? 'unavailable' : empty ? 'zero' : 'value'}
        summary={t('chart.summary', { leaks: sum('leaks'), errors: sum('errors'), warnings: sum('warnings') })}
        legend={
          empty || none ? null : (
            <>
              <LegendItem label={names.leaks} ink={inks.total} kind="area" />
              <LegendItem label={names.errors} ink={inks.completed} kind="line" />
              <LegendItem label={names.warnings} ink={inks.cancelled} kind="dash" />
            </>
          )
        }
        asTable={asTable}
        onToggle={() => setAsTable((shown) => !shown)}
        chart={
          <Suspense fallback={<Skeleton height="100%" />}>
            <HourChart
              points={everyMinute(known, domain).map(({ at, leaks, errors, warnings }) => ({
                at,
                leaks,
                errors,
                warnings,
              }))}
              series={[
                ['leaks', names.leaks],
                ['errors', names.errors],
                ['warnings', names.warnings],
              ]}
              tick={clockOf}
              amount={integer}
              domain={domain}
            />
          </Suspense>
        }
        table={
          empty || none ? (
            <ChartNotice>{none ? t('chart.noSource') : t('chart.empty')}</ChartNotice>
          ) : (
            <DataTable
              caption={t('chart.title')}
              columns={[t('chart.time'), names.leaks, names.errors, names.warnings]}
              rows={known
                .toReversed()
                .map(({ at, leaks, errors, warnings }) => [
                  clockOf(at),
                  integer(leaks),
                  integer(errors),
                  integer(warnings),
                ])}
            />
          )
        }
      />
    </div>
  )
}

function inThree({ at, causes }: LogMinute): Minute {
  const { leak = 0, warning = 0, ...rest } = causes
  return { at, leaks: leak, warnings: warning, errors: Object.values(rest).reduce((all, count) => all + count, 0) }
}

/** A minute without problems is a minute with none: the line goes down to it. */
function everyMinute(known: readonly Minute[], [from, to]: readonly [number, number]): Minute[] {
  const minutes = new Map(known.map((minute) => [minute.at, minute]))
  const all: Minute[] = []
  for (let at = Math.ceil(from / 60) * 60; at <= to; at += 60) {
    all.push(minutes.get(at) ?? { at, leaks: 0, errors: 0, warnings: 0 })
  }
  return all
}
