import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconFileTypePdf, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import { useSave } from '#renderer/ui/use-save.ts'
import { useFormat } from '#renderer/words.ts'
import type { Dashboard } from '#shared/dashboard.ts'
import { chartsDrawn } from './lazy-charts.ts'
import { usePeriodWords } from './use-period-words.ts'

interface DashboardToolsProps {
  readonly dashboard: Dashboard | undefined
  readonly readAt: number
  readonly fetching: boolean
  readonly onRefresh: () => void
  /** Whether it refreshes by itself: off on this workstation, or pointless for days that are over. */
  readonly automatic: 'on' | 'off' | 'past'
  readonly paused: boolean
  readonly onPause: (paused: boolean) => void
  /** Whether every figure on the page is what was asked for and could be read. */
  readonly complete: boolean
}

/** Age of the data, refresh, pause, and the page as a document. */
export function DashboardTools(props: DashboardToolsProps) {
  const { dashboard, readAt, fetching, onRefresh, automatic, paused, onPause, complete } = props
  const { t } = useTranslation('dashboard')
  const { day, clock, integer } = useFormat()
  const pause = paused ? t('refresh.resume') : t('refresh.pause')
  const still = { on: paused ? t('refresh.paused') : null, off: t('refresh.off'), past: t('refresh.past') }[automatic]
  const takenAt = dashboard
    ? t('refresh.takenAt', {
        day: day(dashboard.today),
        time: clock(dashboard.takenAt),
        zone: dashboard.zone,
        milliseconds: integer(dashboard.milliseconds),
      })
    : ''
  return (
    <Group gap={2}>
      {dashboard ? (
        <Tooltip label={takenAt} multiline maw={320}>
          <Text
            size="sm"
            c="dimmed"
            miw={78}
            ta="right"
            pr={4}
            data-print="no"
            data-refresh={paused ? 'paused' : automatic}
          >
            <Age at={readAt} />
            {still === null ? null : ` · ${still}`}
          </Text>
        </Tooltip>
      ) : null}
      <Tooltip label={t('refresh.now')}>
        <ActionIcon size="lg" aria-label={t('refresh.now')} loading={fetching} onClick={onRefresh}>
          <IconRefresh size={18} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {automatic === 'on' ? (
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
      <PrintButton dashboard={complete ? dashboard : undefined} />
    </Group>
  )
}

/** The width at which the whole page fits a landscape sheet without becoming hard to read. */
function sheetWidth(): number {
  return Math.min(1280, Math.max(1160, document.documentElement.clientWidth - 200))
}

function PrintButton({ dashboard }: { readonly dashboard: Dashboard | undefined }) {
  const { t } = useTranslation('dashboard')
  const { t: exported } = useTranslation('export')
  const { pdf, busy } = useSave()
  const words = usePeriodWords()
  const label = dashboard ? exported('action.pdf') : exported('action.waiting')
  const print = () => {
    if (!dashboard) return
    const page = { title: t('title'), range: words(dashboard), takenAt: dashboard.takenAt, width: sheetWidth() }
    pdf({ ...page, orientation: 'landscape' }, chartsDrawn)
  }
  return (
    <Tooltip label={label}>
      <ActionIcon
        size="lg"
        aria-label={label}
        loading={busy}
        // Not the attribute `disabled`: it would take away the words that say why.
        aria-disabled={dashboard === undefined}
        {...(dashboard ? {} : { 'data-disabled': true })}
        onClick={print}
      >
        <IconFileTypePdf size={18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
