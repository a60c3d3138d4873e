import { Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { LogFilter, LogState } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { useRows } from './log-data.ts'
import { LogRow } from './log-row.tsx'

export interface ListHandle {
  active(): number
  /** The message of the active row, all of it; null without one. */
  text(): string | null
  goTo(row: number): void
}

interface LogRowsProps {
  readonly ref: Ref<ListHandle>
  readonly state: LogState
  readonly filter: LogFilter
  readonly total: number
  readonly following: boolean
  /** The person moved away from the end. */
  readonly onLeave: () => void
}

const rowHeight = 26
/** Chromium draws nothing beyond 33 million pixels: a list of more rows is shown by stretches of this many. */
const stretch = 1_000_000
const step = 250_000

/** Rows that are fetched as they come into sight; millions of them cost what is seen. */
export function LogRows({ ref, state, filter, total, following, onLeave }: LogRowsProps) {
  const { t } = useTranslation('log')
  const { instant } = useFormat()
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const [active, setActive] = useState(-1)
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const latest = Math.max(0, Math.floor((total - stretch) / step + 1) * step)
  const [chosenBase, setChosenBase] = useState<number | null>(null)
  const base = following ? latest : Math.min(chosenBase ?? latest, latest)
  const count = Math.min(total - base, stretch + step)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const rowAt = useRows(filter, base + (items[0]?.index ?? 0), base + (items.at(-1)?.index ?? 0), total, state)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list, seen from its end or its beginning
  useEffect(() => {
    setOpened(new Set())
    setActive(-1)
    setChosenBase(null)
  }, [filter])
  useEffect(() => {
    if (following && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' })
  }, [following, count, virtual])

  function goTo(row: number): void {
    const inside = row >= base && row < base + count
    const next = inside ? base : Math.min(latest, Math.max(0, Math.floor((row - stretch / 2) / step) * step))
    setChosenBase(next)
    setActive(row)
    requestAnimationFrame(() => virtual.scrollToIndex(row - next, { align: 'center' }))
  }
  useImperativeHandle(ref, () => ({
    active: () => active,
    goTo,
    text() {
      const entry = rowAt(active)
      if (!entry) return null
      const head = [entry.time === null ? '' : instant(entry.time), entry.logger, entry.message]
      return [head.filter(Boolean).join(' '), ...entry.rest].join('\n')
    },
  }))

  function toggle(row: number): void {
    const next = new Set(opened)
    if (!next.delete(row)) next.add(row)
    setOpened(next)
  }

  function onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const from = active >= 0 ? active : base + (items[0]?.index ?? 0)
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: active < 0 ? from : from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page },
      ...{ Home: 0, End: total - 1 },
    }
    const target = moves[event.key]
    if (target !== undefined) {
      event.preventDefault()
      onLeave()
      goTo(Math.max(0, Math.min(total - 1, target)))
    } else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) {
      event.preventDefault()
      toggle(active)
    }
  }

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="listbox"
      tabIndex={0}
      aria-label={t('list.label')}
      aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
      onKeyDown={onKey}
      onWheel={onLeave}
      onPointerDown={onLeave}
    >
      {total === 0 ? (
        <Text size="sm" c="dimmed" p="md" ta="center">
          {`${t('list.empty')}. ${t('list.emptyBody')}`}
        </Text>
      ) : null}
      <div className={classes.sizer} style={{ height: virtual.getTotalSize() }} role="presentation">
        {items.map(({ index, key, start }) => {
          const row = base + index
          return (
            <LogRow
              key={key}
              ref={virtual.measureElement}
              id={`${id}-${row}`}
              index={index}
              start={start}
              row={row}
              total={total}
              entry={rowAt(row)}
              active={row === active}
              opened={opened.has(row)}
              onSelect={() => {
                setActive(row)
                toggle(row)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}
