import { ActionIcon, Button, Group, SegmentedControl, Text, TextInput, Tooltip } from '@mantine/core'
import {
  IconChevronDown,
  IconChevronUp,
  IconCopy,
  IconDeviceFloppy,
  IconPlayerPause,
  IconPlayerPlay,
  IconSearch,
} from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { usePlainKeys } from '#renderer/ui/use-plain-keys.ts'
import { useSave } from '#renderer/ui/use-save.ts'
import { useFormat } from '#renderer/words.ts'
import type { LogFilter, LogState } from '#shared/monitoring-log.ts'
import classes from './log.module.css'
import { useRowCount } from './log-data.ts'
import { type ListHandle, LogRows } from './log-rows.tsx'

interface LogListProps {
  readonly state: LogState
  readonly filter: LogFilter
  readonly onFilter: (filter: LogFilter) => void
}

const shows = ['all', 'problems', 'errors'] as const

/** The messages themselves: followed or held, filtered, searched, and walked from problem to problem. */
export function LogList({ state, filter, onFilter }: LogListProps) {
  const { t } = useTranslation('log')
  const { integer } = useFormat()
  const save = useSave()
  const search = useRef<HTMLInputElement>(null)
  const list = useRef<ListHandle>(null)
  const [following, setFollowing] = useState(true)
  const [said, setSaid] = useState('')
  const { total, searched, capped } = useRowCount(filter, state)

  async function goToProblem(backwards: boolean): Promise<void> {
    const { row } = await call('monitoring.logNext', { filter, row: list.current?.active() ?? -1, backwards })
    setSaid(row === null ? t('list.noNext') : '')
    if (row === null) return
    setFollowing(false)
    list.current?.goTo(row)
  }

  function copy(): void {
    const text = list.current?.text() ?? null
    if (text !== null) save.copy(text)
    else setSaid(t('list.choose'))
  }

  usePlainKeys([
    ['N', () => void goToProblem(false)],
    ['shift+N', () => void goToProblem(true)],
    ['C', copy],
    ['F', () => setFollowing((now) => !now)],
    ['/', () => search.current?.focus()],
  ])

  return (
    <section className={classes.list} aria-label={t('list.label')}>
      <Group gap="xs" className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('list.show')}
          value={filter.show}
          onChange={(value) =>
            onFilter({ ...filter, group: null, show: shows.find((each) => each === value) ?? 'all' })
          }
          data={shows.map((value) => ({ value, label: t(`list.${value}`) }))}
        />
        <TextInput
          ref={search}
          size="xs"
          className={classes.search}
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={filter.text}
          onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value.slice(0, 200) })}
          spellCheck={false}
        />
        <Group gap={2}>
          <Tool label={t('list.previous')} onClick={() => void goToProblem(true)} Icon={IconChevronUp} />
          <Tool label={t('list.next')} onClick={() => void goToProblem(false)} Icon={IconChevronDown} />
          <Tool label={t('list.copy')} onClick={copy} Icon={IconCopy} />
          <Tool
            label={`${t('list.export')}. ${t('list.exportHint')}`}
            onClick={() => save.file(() => call('monitoring.logExport', { filter }))}
            Icon={IconDeviceFloppy}
          />
        </Group>
        <Button
          size="compact-sm"
          variant={following ? 'light' : 'default'}
          aria-pressed={following}
          leftSection={following ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
          onClick={() => setFollowing(!following)}
        >
          {following ? t('list.pause') : t('list.resume')}
        </Button>
      </Group>
      <LogRows
        ref={list}
        state={state}
        filter={filter}
        total={total}
        following={following}
        onLeave={() => setFollowing(false)}
      />
      <Group gap="sm" justify="space-between" className={classes.foot}>
        <Text size="xs" c="dimmed" role="status" className="numbers" data-part="log-count">
          {searched < 1
            ? t('list.searching', { percent: integer(Math.floor(searched * 100)) })
            : t('list.found', { count: total })}
          {capped ? ` · ${t('list.capped', { count: total })}` : ''}
          {said === '' ? '' : ` · ${said}`}
        </Text>
        <Text size="xs" c="dimmed">
          {t('list.keys')}
        </Text>
      </Group>
    </section>
  )
}

interface ToolProps {
  readonly label: string
  readonly onClick: () => void
  readonly Icon: typeof IconChevronUp
}

function Tool({ label, onClick, Icon }: ToolProps) {
  return (
    <Tooltip label={label} multiline maw={320}>
      <ActionIcon size={30} aria-label={label} onClick={onClick}>
        <Icon size={17} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
