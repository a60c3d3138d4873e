import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { LogEntry } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { LevelSign } from './log-level.tsx'

interface LogRowProps {
  readonly ref: Ref<HTMLDivElement>
  readonly id: string
  readonly index: number
  readonly start: number
  readonly row: number
  readonly total: number
  /** Missing while it is on its way. */
  readonly entry: LogEntry | undefined
  readonly active: boolean
  readonly opened: boolean
  readonly onSelect: () => void
}

/** One message: a line, or all of it with its traceback when it is open. */
export function LogRow({ ref, id, index, start, row, total, entry, active, opened, onSelect }: LogRowProps) {
  const { t } = useTranslation('log')
  const { instant, clockOf } = useFormat()
  const { time = null, level = null, logger = '', message = '', rest = [], cause = null, cut = false } = entry ?? {}
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its active row
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-posinset={row + 1}
      aria-setsize={total}
      className={classes.row}
      data-index={index}
      data-level={level ?? 'unknown'}
      data-cause={cause ?? undefined}
      data-active={active}
      data-opened={opened}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => {
        // Whoever marks text to copy it does not want the row to close.
        if (window.getSelection()?.toString() === '' || event.detail > 1) onSelect()
      }}
    >
      <span className={classes.time} title={time === null ? undefined : instant(time)}>
        {time === null ? '' : clockOf(time, true)}
      </span>
      {entry ? <LevelSign level={level} /> : <span />}
      <span className={classes.message}>
        {logger === '' ? null : <b className={classes.logger}>{logger}</b>}
        {message}
        {rest.length > 0 && !opened ? (
          <span className={classes.more}>{t('list.more', { count: rest.length })}</span>
        ) : null}
        {opened && rest.length > 0 ? <span className={classes.rest}>{rest.join('\n')}</span> : null}
        {cut ? <span className={classes.more}>{t('list.cut')}</span> : null}
      </span>
    </div>
  )
}
