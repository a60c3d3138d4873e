import { Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import { change } from '#shared/format.ts'
import classes from './figure-card.module.css'

interface DeltaProps {
  readonly now: number | string
  readonly before: number | string
  /** `before` as text, and what it is: "last week". */
  readonly beforeText: string
  readonly base: string
  /** Percentages are compared by their difference in points, not by a percentage of a percentage. */
  readonly points?: boolean
}

/** The change since the previous period: an arrow, an amount, and the base on demand. Nothing is a percentage of 0. */
export function Delta({ now, before, beforeText, base, points = false }: DeltaProps) {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const difference = Number(now) - Number(before)
  const ratio = change(now, before)
  if (Number(now) === 0 && Number(before) === 0) return null
  const previous = t('state.previous', { value: beforeText, base })
  const amount = points
    ? t('state.points', { points: format.integer(Math.abs(Math.round(difference))) })
    : ratio === null
      ? null
      : format.percent(Math.abs(ratio))
  const flat = amount !== null && (points ? Math.round(difference) === 0 : Math.abs(ratio ?? 0) < 0.005)
  const direction = flat ? 'same' : difference > 0 ? 'up' : 'down'
  const spoken =
    amount === null
      ? previous
      : `${direction === 'same' ? t('state.same') : t(`state.${direction}`, { percent: amount })}. ${previous}`

  return (
    <Tooltip label={previous}>
      <span
        className={classes.delta}
        data-direction={amount === null ? 'none' : direction}
        role="img"
        aria-label={spoken}
      >
        {amount === null ? (
          t('label.versus', { value: beforeText })
        ) : (
          <>
            {direction === 'up' ? <IconArrowUp size={14} stroke={2.2} aria-hidden /> : null}
            {direction === 'down' ? <IconArrowDown size={14} stroke={2.2} aria-hidden /> : null}
            {direction === 'same' ? t('state.same') : amount}
          </>
        )}
      </span>
    </Tooltip>
  )
}
