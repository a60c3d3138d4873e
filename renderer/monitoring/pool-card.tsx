import { Skeleton } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartCard, ChartNotice, LegendItem } from '#renderer/ui/chart-card.tsx'
import { DataTable } from '#renderer/ui/data-table.tsx'
import { inks } from '#renderer/ui/inks.ts'
import { useFormat } from '#renderer/words.ts'
import type { PoolFigures, PoolReading } from '#shared/monitoring.ts'
import { HourChart } from './lazy-hour-chart.ts'
import classes from './pool-card.module.css'

/** The last hour of the pool: open, in use and waiting. */
export function PoolCard({
  figures,
  domain,
}: {
  readonly figures: PoolFigures
  readonly domain: readonly [number, number]
}) {
  const { t } = useTranslation('monitoring')
  const { integer, clockOf } = useFormat()
  const [asTable, setAsTable] = useState(false)
  const history = withNow(figures)
  const highest = (key: 'total' | 'waiting') => history.reduce((most, reading) => Math.max(most, reading[key]), 0)
  const empty = history.length === 0
  const names = { total: t('chart.total'), used: t('chart.used'), waiting: t('chart.waiting') }
  return (
    <div className={classes.frame}>
      <ChartCard
        title={t('chart.title')}
        unit={t('chart.unit')}
        state={empty ? 'zero' : 'value'}
        summary={t('chart.summary', { peak: integer(highest('total')), waiting: integer(highest('waiting')) })}
        legend={
          empty ? null : (
            <>
              <LegendItem label={names.total} ink={inks.total} kind="area" />
              <LegendItem label={names.used} ink={inks.completed} kind="line" />
              <LegendItem label={names.waiting} ink={inks.cancelled} kind="dash" />
            </>
          )
        }
        asTable={asTable}
        onToggle={() => setAsTable((shown) => !shown)}
        chart={
          <Suspense fallback={<Skeleton height="100%" />}>
            <HourChart
              points={history.map(({ at, total, idle, waiting }) => ({ at, total, used: total - idle, waiting }))}
              series={[
                ['total', names.total],
                ['used', names.used],
                ['waiting', names.waiting],
              ]}
              tick={clockOf}
              amount={integer}
              domain={domain}
            />
          </Suspense>
        }
        table={
          empty ? (
            <ChartNotice>{t('chart.empty')}</ChartNotice>
          ) : (
            <DataTable
              caption={t('chart.title')}
              columns={[t('chart.time'), names.total, names.used, names.waiting]}
              rows={history
                .toReversed()
                .map((reading) => [
                  clockOf(reading.at, true),
                  integer(reading.total),
                  integer(reading.total - reading.idle),
                  integer(reading.waiting),
                ])}
            />
          )
        }
      />
    </div>
  )
}

/** The history of main is a reading every ten seconds; what the pool is now belongs to it too. */
function withNow({ history, now, open }: PoolFigures): readonly PoolReading[] {
  const last = history.at(-1)
  return open && (last === undefined || last.at < now.at) ? [...history, now] : history
}
