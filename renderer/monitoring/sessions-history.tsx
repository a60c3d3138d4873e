import { Skeleton } from '@mantine/core'
import { Suspense, useState } from 'react'
import { ChartCard, ChartNotice, LegendItem } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { SessionReading } from '#shared/monitoring-sessions.ts'
import { HourChart } from './lazy-hour-chart.ts'
import classes from './pool-card.module.css'
import { useSessionWords } from './session-words.ts'

interface SessionsHistoryProps {
  readonly history: readonly SessionReading[]
  readonly domain: readonly [number, number]
}

/** The last hour of the server's sessions: connected, in a transaction, stuck. */
export function SessionsHistory({ history, domain }: SessionsHistoryProps) {
  const { t } = useSessionWords()
  const { integer, clockOf } = useFormat()
  const [asTable, setAsTable] = useState(false)
  const highest = (key: 'total' | 'overdue') => history.reduce((most, reading) => Math.max(most, reading[key]), 0)
  const empty = history.length === 0
  const names = {
    total: t('history.total'),
    active: t('history.active'),
    inTransaction: t('history.inTransaction'),
    overdue: t('history.overdue'),
  }
  return (
    <div className={classes.frame}>
      <ChartCard
        title={t('history.title')}
        unit={t('history.unit')}
        state={empty ? 'zero' : 'value'}
        summary={t('history.summary', { peak: integer(highest('total')), overdue: integer(highest('overdue')) })}
        legend={
          empty ? null : (
            <>
              <LegendItem label={names.total} ink={inks.total} kind="area" />
              <LegendItem label={names.inTransaction} ink={inks.completed} kind="line" />
              <LegendItem label={names.overdue} ink={inks.cancelled} kind="dash" />
            </>
          )
        }
        asTable={asTable}
        onToggle={() => setAsTable((shown) => !shown)}
        chart={
          <Suspense fallback={<Skeleton height="100%" />}>
            <HourChart
              points={history.map(({ at, total, inTransaction, overdue }) => ({ at, total, inTransaction, overdue }))}
              series={[
                ['total', names.total],
                ['inTransaction', names.inTransaction],
                ['overdue', names.overdue],
              ]}
              tick={clockOf}
              amount={integer}
              domain={domain}
            />
          </Suspense>
        }
        table={
          empty ? (
            <ChartNotice>{t('history.empty')}</ChartNotice>
          ) : (
            <DataTable
              caption={t('history.title')}
              columns={[t('history.time'), names.total, names.active, names.inTransaction, names.overdue]}
              rows={history
                .toReversed()
                .map(({ at, total, active, inTransaction, overdue }) => [
                  clockOf(at, true),
                  integer(total),
                  integer(active),
                  integer(inTransaction),
                  integer(overdue),
                ])}
            />
          )
        }
      />
    </div>
  )
}
