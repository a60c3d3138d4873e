import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { LogRequests, LogState } from '#shared/monitoring-log.ts'
import classes from './pool-figures.module.css'

/** The guide's measures of success as far as a log shows them. */
export function LogFacts({ state }: { readonly state: LogState }) {
  const { t } = useTranslation('log')
  const { integer, decimal, instant, bytes } = useFormat()
  const { starts, latestStart, poolReady, requests, read, reloader } = state
  const percent = ({ total, failed }: LogRequests) => `${decimal(total === 0 ? 0 : (failed / total) * 100, 1)} %`
  const items: readonly { readonly name: string; readonly value: string; readonly hint?: string }[] = [
    {
      name: t('facts.start'),
      value: starts === 0 ? t('facts.noStart') : latestStart === null ? t('facts.startUnknown') : instant(latestStart),
      hint: reloader ? t('facts.reloader') : t('facts.starts', { count: starts }),
    },
    {
      name: t('facts.ready'),
      value: poolReady > 0 ? t('facts.readyYes', { count: poolReady }) : t('facts.readyNo'),
    },
    {
      name: t('facts.failed'),
      value: requests.after.total === 0 ? '—' : percent(requests.after),
      hint: [
        t('facts.failedValue', { failed: integer(requests.after.failed), total: integer(requests.after.total) }),
        ...(requests.before.total > 0 ? [t('facts.failedBefore', { percent: percent(requests.before) })] : []),
      ].join(' · '),
    },
    {
      name: t('facts.read'),
      value: bytes(read.bytes),
      ...(read.first !== null && read.last !== null ? { hint: `${instant(read.first)} – ${instant(read.last)}` } : {}),
    },
  ]
  return (
    <Paper component="dl" className={classes.grid} data-part="log-facts">
      {items.map(({ name, value, hint }) => (
        <div key={name} className={classes.item}>
          <dt>{name}</dt>
          <dd>
            <span className={classes.value}>{value}</span>
            {hint ? (
              <Text span size="xs" c="dimmed">
                {hint}
              </Text>
            ) : null}
          </dd>
        </div>
      ))}
    </Paper>
  )
}
