import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNow } from '#renderer/ui/use-now.ts'
import { usePool } from './data.ts'
import { LogCard } from './log-card.tsx'
import classes from './monitoring-page.module.css'
import { PoolCard } from './pool-card.tsx'
import { useSessions } from './sessions-data.ts'
import { SessionsHistory } from './sessions-history.tsx'

const hour = 3_600

/** Sessions, our own pool and the log over the same last hour, so that what happened together stands together. */
export function HourPanes() {
  const { t } = useTranslation('monitoring')
  const sessions = useSessions()
  const pool = usePool()
  const now = Math.floor(useNow(10_000) / 10_000) * 10 + 10
  const domain = [now - hour, now] as const
  return (
    <section className={classes.panes} aria-label={t('hour')}>
      {sessions.data ? (
        <SessionsHistory history={sessions.data.history} domain={domain} />
      ) : (
        <Skeleton animate={sessions.isPending} />
      )}
      {pool.data ? <PoolCard figures={pool.data} domain={domain} /> : <Skeleton animate={pool.isPending} />}
      <LogCard domain={domain} />
    </section>
  )
}
