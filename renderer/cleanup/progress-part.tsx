import { Button, Group, Text } from '@mantine/core'
import { IconCheck, IconCircle, IconLoader2, IconPlayerStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCancelJob } from '#renderer/jobs/data.ts'
import { JobProgressBar } from '#renderer/jobs/job-progress.tsx'
import { useJobWords } from '#renderer/jobs/words.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useFormat } from '#renderer/words.ts'
import type { CleanupPhase } from '#shared/cleanup.ts'
import type { Job } from '#shared/jobs.ts'
import { Part } from './part.tsx'
import classes from './progress-part.module.css'
import { WaitingPart } from './waiting-part.tsx'

interface ProgressPartProps {
  readonly job: Job
  /** The phases in their order; a job may leave some out. */
  readonly phases: readonly (CleanupPhase | 'start')[]
  readonly title: string
  readonly note: string
  readonly cancel: string
}

/** A long work while it runs: its phases, how far it is, and the way out. */
export function ProgressPart({ job, phases, title, note, cancel: cancelName }: ProgressPartProps) {
  const { t } = useTranslation('cleanup')
  const { t: jobs } = useTranslation('jobs')
  const { integer } = useFormat()
  const cancel = useCancelJob()
  const { phase, left } = useJobWords()(job)
  const { done, total, cancellable } = job.progress
  const now = (phases as readonly string[]).indexOf(job.progress.phase)
  return (
    <Part title={title} note={note}>
      <ol className={classes.phases}>
        {phases.map((each, index) => {
          const place = index < now ? 'phaseDone' : index === now ? 'phaseNow' : 'phaseLater'
          const Icon = { phaseDone: IconCheck, phaseNow: IconLoader2, phaseLater: IconCircle }[place]
          return (
            <li
              key={each}
              className={classes.phase}
              data-place={place}
              data-phase={each}
              aria-current={index === now ? 'step' : undefined}
            >
              <Icon size={17} stroke={2} aria-hidden />
              <span>{t(`phase.${each}`)}</span>
              <Text span size="sm" c="dimmed">
                {t(`rehearsal.${place}`)}
                {index === now && total !== null && total > 0
                  ? ` · ${t('rehearsal.progress', { done: integer(done), total: integer(total) })}`
                  : null}
              </Text>
            </li>
          )
        })}
      </ol>
      <JobProgressBar job={job} size="md" />
      {job.progress.waiting ? <WaitingPart waiting={job.progress.waiting} /> : null}
      {cancel.error ? <ErrorNotice error={cancel.error} /> : null}
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {left ?? (job.state === 'cancelling' ? phase : null)}
        </Text>
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={16} aria-hidden />}
          disabled={!cancellable || job.state === 'cancelling'}
          title={cancellable ? undefined : jobs('tooLate')}
          onClick={() => cancel.mutate(job.id)}
        >
          {cancelName}
        </Button>
      </Group>
    </Part>
  )
}
