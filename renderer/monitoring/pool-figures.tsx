import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { PoolFigures } from '#shared/monitoring.ts'
import classes from './pool-figures.module.css'

/** The pool in numbers: now, and since it was opened. */
export function PoolFiguresRow({ figures }: { readonly figures: PoolFigures }) {
  const { t } = useTranslation('monitoring')
  const { integer, decimal } = useFormat()
  const { now, max } = figures
  const milliseconds = (value: number) => t('milliseconds', { value: decimal(value, 1) })
  const since = t('hint.since')
  const items: readonly { readonly name: string; readonly value: string; readonly hint?: string }[] = [
    { name: t('figure.total'), value: integer(now.total), hint: t('hint.total', { max: integer(max) }) },
    { name: t('figure.inUse'), value: integer(now.total - now.idle) },
    { name: t('figure.idle'), value: integer(now.idle) },
    { name: t('figure.waiting'), value: integer(now.waiting) },
    {
      name: t('figure.highWater'),
      value: integer(figures.highWater),
      hint: t('hint.highWater', { max: integer(max) }),
    },
    { name: t('figure.wait50'), value: milliseconds(figures.wait.p50) },
    { name: t('figure.wait95'), value: milliseconds(figures.wait.p95) },
    { name: t('figure.leaks'), value: integer(figures.leaks), hint: since },
    { name: t('figure.timeouts'), value: integer(figures.timeouts), hint: since },
    { name: t('figure.reconnects'), value: integer(figures.reconnects), hint: since },
    { name: t('figure.failures'), value: integer(figures.failures), hint: since },
    { name: t('figure.requests'), value: integer(figures.requests), hint: since },
  ]
  return (
    <Paper component="dl" className={classes.grid}>
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
