import { ActionIcon, Group, SegmentedControl, Text, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import { useFormat } from '#renderer/words.ts'
import { type Dashboard, type TrendDays, trendDaysSchema } from '#shared/dashboard.ts'

interface DashboardToolsProps {
  readonly days: TrendDays
  readonly onDays: (days: TrendDays) => void
  readonly dashboard: Dashboard | undefined
  readonly readAt: number
  readonly fetching: boolean
  readonly onRefresh: () => void
  /** Whether this workstation refreshes by itself at all. */
  readonly automatic: boolean
  readonly paused: boolean
  readonly onPause: (paused: boolean) => void
}

const choices: readonly TrendDays[] = [7, 30, 90, 365]

/** Period of the charts, age of the data, refresh and pause. */
export function DashboardTools(props: DashboardToolsProps) {
  const { days, onDays, dashboard, readAt, fetching, onRefresh, automatic, paused, onPause } = props
  const { t } = useTranslation('dashboard')
  const { day, clock, integer } = useFormat()
  const pause = paused ? t('refresh.resume') : t('refresh.pause')
  const takenAt = dashboard
    ? t('refresh.takenAt', {
        day: day(dashboard.today),
        time: clock(dashboard.takenAt),
        zone: dashboard.zone,
        milliseconds: integer(dashboard.milliseconds),
      })
    : ''
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('range.label')}
        value={String(days)}
        onChange={(value) => onDays(trendDaysSchema.parse(Number(value)))}
        data={choices.map((choice) => ({ value: String(choice), label: t(`range.${choice}`) }))}
      />
      <Group gap={2} wrap="nowrap">
        {dashboard ? (
          <Tooltip label={takenAt} multiline maw={320}>
            <Text size="sm" c="dimmed" miw={86} ta="right" pr={4}>
              <Age at={readAt} />
              {automatic ? null : ` · ${t('refresh.off')}`}
              {automatic && paused ? ` · ${t('refresh.paused')}` : null}
            </Text>
          </Tooltip>
        ) : null}
        <Tooltip label={t('refresh.now')}>
          <ActionIcon size="lg" aria-label={t('refresh.now')} loading={fetching} onClick={onRefresh}>
            <IconRefresh size={18} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Tooltip>
        {automatic ? (
          <Tooltip label={pause}>
            <ActionIcon size="lg" aria-label={pause} aria-pressed={paused} onClick={() => onPause(!paused)}>
              {paused ? (
                <IconPlayerPlay size={18} stroke={1.7} aria-hidden />
              ) : (
                <IconPlayerPause size={18} stroke={1.7} aria-hidden />
              )}
            </ActionIcon>
          </Tooltip>
        ) : null}
      </Group>
    </>
  )
}
