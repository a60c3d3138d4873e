import { Button, Group, Popover, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import {
  type DashboardRange,
  type Day,
  mostRangeDays,
  rangeProblem,
  type TrendDays,
  trendDaysSchema,
} from '#shared/dashboard.ts'

interface RangePickerProps {
  readonly range: DashboardRange
  readonly onRange: (range: DashboardRange) => void
  /** The clinic's today; without it there is no range to offer yet. */
  readonly today: Day | undefined
}

const choices: readonly TrendDays[] = [7, 30, 90, 365]

/** The period of the charts: one of four up to today, or any two days. */
export function RangePicker({ range, onRange, today }: RangePickerProps) {
  const { t } = useTranslation('dashboard')
  const { day } = useFormat()
  const [opened, setOpened] = useState(false)
  const chosen = 'days' in range ? null : range
  const choose = (next: DashboardRange) => {
    onRange(next)
    setOpened(false)
  }
  return (
    <Group gap={6} data-print="no">
      <SegmentedControl
        size="xs"
        aria-label={t('range.label')}
        value={'days' in range ? String(range.days) : ''}
        onChange={(value) => onRange({ days: trendDaysSchema.parse(Number(value)) })}
        data={choices.map((choice) => ({ value: String(choice), label: t(`range.${choice}`) }))}
      />
      <Popover opened={opened} onChange={setOpened} position="bottom-end" withArrow shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button
            size="compact-sm"
            variant={chosen ? 'light' : 'default'}
            fw={500}
            className="numbers"
            leftSection={<IconCalendar size={15} stroke={1.7} aria-hidden />}
            title={t('range.choose')}
            disabled={today === undefined}
            onClick={() => setOpened((shown) => !shown)}
          >
            {chosen ? t('range.dates', { from: day(chosen.from), to: day(chosen.to) }) : t('range.custom')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('range.choose')}>
          {today === undefined ? null : <RangeForm today={today} chosen={chosen} onChoose={choose} />}
        </Popover.Dropdown>
      </Popover>
    </Group>
  )
}

interface RangeFormProps {
  readonly today: Day
  readonly chosen: { readonly from: Day; readonly to: Day } | null
  readonly onChoose: (range: { from: Day; to: Day }) => void
}

function RangeForm({ today, chosen, onChoose }: RangeFormProps) {
  const { t } = useTranslation('dashboard')
  const [from, setFrom] = useState(chosen?.from ?? `${today.slice(0, 7)}-01`)
  const [to, setTo] = useState(chosen?.to ?? today)
  const [problem, setProblem] = useState<ReturnType<typeof rangeProblem>>(null)
  const apply = (event: FormEvent) => {
    event.preventDefault()
    const wrong = rangeProblem({ from, to })
    setProblem(wrong)
    if (wrong === null) onChoose({ from, to })
  }
  const shortcuts = {
    lastMonth: lastMonth(today),
    thisYear: { from: `${today.slice(0, 4)}-01-01`, to: today },
    lastYear: lastYear(today),
  }
  return (
    <form onSubmit={apply} noValidate>
      <Stack gap="xs">
        <Group gap={6}>
          {(['lastMonth', 'thisYear', 'lastYear'] as const).map((name) => (
            <Button key={name} size="compact-sm" variant="default" onClick={() => onChoose(shortcuts[name])}>
              {t(`range.${name}`)}
            </Button>
          ))}
        </Group>
        <Group gap="xs" align="flex-start">
          <TextInput
            type="date"
            label={t('range.from')}
            value={from}
            data-autofocus
            error={problem === 'day'}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('range.to')}
            value={to}
            error={problem !== null}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        </Group>
        {problem ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t(`range.${problem}`, { years: Math.floor(mostRangeDays / 366) })}
          </Text>
        ) : null}
        <Button type="submit" size="compact-md">
          {t('range.apply')}
        </Button>
      </Stack>
    </form>
  )
}

function lastMonth(today: Day): { from: Day; to: Day } {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return { from: civil(Date.UTC(year, month - 2, 1)), to: civil(Date.UTC(year, month - 1, 0)) }
}

function lastYear(today: Day): { from: Day; to: Day } {
  const year = Number(today.slice(0, 4)) - 1
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

function civil(midnight: number): Day {
  return new Date(midnight).toISOString().slice(0, 10)
}
