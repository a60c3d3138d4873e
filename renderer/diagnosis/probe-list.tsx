import { Loader, Paper, Text, Title } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconHelpCircle,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/words.ts'
import type { ProbeResult } from '#shared/diagnosis.ts'
import classes from './diagnosis.module.css'

const icons: Readonly<Record<Exclude<ProbeResult['status'], 'running'>, typeof IconCircleX>> = {
  waiting: IconCircleDashed,
  passed: IconCircleCheck,
  failed: IconCircleX,
  warning: IconAlertTriangle,
  notVerifiable: IconHelpCircle,
  skipped: IconCircleMinus,
}

/** What is looked at, one after another, with what was found. */
export function ProbeList({ probes }: { readonly probes: readonly ProbeResult[] }) {
  const { t } = useTranslation('diagnosis')
  return (
    <Paper p="sm" component="section" aria-label={t('verdict.probes')}>
      <Title order={2} size="h5" mb={6}>
        {t('verdict.probes')}
      </Title>
      <ol className={classes.probes}>
        {probes.map((probe) => (
          <Probe key={probe.id} probe={probe} />
        ))}
      </ol>
    </Paper>
  )
}

function Probe({ probe }: { readonly probe: ProbeResult }) {
  const { t } = useTranslation('diagnosis')
  const { integer } = useFormat()
  const { id, status, cause, note, facts, milliseconds } = probe
  const Icon = status === 'running' ? null : icons[status]
  const said = cause ? t(`cause.${cause}.title`, facts) : note ? t(`note.${note}`, facts) : null
  return (
    <li className={classes.probe} data-probe={id} data-status={status}>
      <span className={classes.sign}>
        {Icon ? <Icon size={18} stroke={1.8} aria-hidden /> : <Loader size={16} aria-hidden />}
      </span>
      <span className={classes.probeText}>
        <Text span size="sm" fw={550}>
          {t(`probe.${id}`)}
          <Text span size="sm" c="dimmed" fw={400}>{` · ${t(`status.${status}`)}`}</Text>
        </Text>
        {said && status !== 'skipped' ? (
          <Text span size="xs" c="dimmed" display="block">
            {said}
          </Text>
        ) : null}
      </span>
      {milliseconds !== null && status !== 'skipped' ? (
        <Text span size="xs" c="dimmed" className="numbers">
          {t('verdict.milliseconds', { value: integer(milliseconds) })}
        </Text>
      ) : null}
    </li>
  )
}
