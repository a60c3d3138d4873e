import { Alert, Skeleton, Text } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { isRunning } from '#renderer/jobs/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useOutcome, useRunJob } from './data-run.ts'
import { Failed } from './failed.tsx'
import { ProgressPart } from './progress-part.tsx'
import { RunOutcomePart } from './run-outcome-part.tsx'
import type { StepProps } from './wizard.tsx'

const phases = ['start', 'lock', 'count', 'export', 'reread', 'proof', 'empty', 'verify', 'commit', 'after'] as const

/** Step 7: the run while it goes on, and what it proved when it ended. */
export function ResultStep({ plan }: StepProps) {
  const { t } = useTranslation('cleanup')
  const job = useRunJob()
  const outcome = useOutcome(job)
  if (!job)
    return (
      <Alert color="gray" icon={<IconInfoCircle size={20} aria-hidden />} title={t('result.none')} data-outcome="none">
        <Text size="sm">{t('result.noneBody')}</Text>
      </Alert>
    )
  if (isRunning(job))
    return (
      <ProgressPart
        job={job}
        phases={phases}
        title={t('result.running')}
        note={t(job.progress.cancellable ? 'result.runningBody' : 'result.noReturn')}
        cancel={t('result.cancel')}
      />
    )
  if (job.state === 'cancelled')
    return (
      <Alert
        color="gray"
        icon={<IconCircleCheck size={20} aria-hidden />}
        title={t('result.cancelled')}
        data-outcome="cancelled"
      >
        <Text size="sm">{t('result.cancelledBody')}</Text>
      </Alert>
    )
  if (job.error)
    return (
      <div data-outcome="failed">
        <Failed error={new ApiError(job.error)} />
        {job.error.code === 'COMMIT_UNKNOWN' ? null : <Text size="sm">{t('result.untouched')}</Text>}
      </div>
    )
  if (outcome.error) return <ErrorNotice error={outcome.error} onRetry={() => void outcome.refetch()} />
  return outcome.data?.kind === 'run' ? (
    <RunOutcomePart outcome={outcome.data} staff={plan.staff.kept} />
  ) : (
    <Skeleton height={240} />
  )
}
