import { Alert, Skeleton, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { isRunning } from '#renderer/jobs/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { CleanupPhase } from '#shared/cleanup.ts'
import type { Job, JobKind } from '#shared/jobs.ts'
import { useEnded, useOutcome } from './data-run.ts'
import { Failed } from './failed.tsx'
import { ProgressPart } from './progress-part.tsx'
import { RestoreOutcomePart } from './restore-outcome-part.tsx'

const phases: Partial<Record<JobKind, readonly (CleanupPhase | 'start')[]>> = {
  'cleanup.verifyBackup': ['start', 'read'],
  'cleanup.restorePlan': ['start', 'read', 'lock', 'load'],
  'cleanup.testRestore': ['start', 'read', 'lock', 'load', 'rebuild', 'verify', 'rollback'],
  'cleanup.restore': ['start', 'read', 'lock', 'load', 'rebuild', 'verify', 'commit', 'after'],
}

/** What was asked of the backup last: while it runs, and what came of it. */
export function RestoreJob({ job }: { readonly job: Job | null }) {
  const { t } = useTranslation('cleanup')
  const { t: jobs } = useTranslation('jobs')
  const outcome = useOutcome(job)
  useEnded(job)
  if (!job) return null
  const name = jobs(`kind.${job.kind.replace('.', '-') as 'cleanup-restore'}`)
  if (isRunning(job))
    return (
      <ProgressPart
        job={job}
        phases={phases[job.kind] ?? ['start']}
        title={name}
        note={t(job.progress.cancellable ? 'restore.running' : 'result.noReturn')}
        cancel={t('restore.cancel')}
      />
    )
  if (job.state === 'cancelled')
    return (
      <Alert color="gray" icon={<IconCircleCheck size={20} aria-hidden />} title={t('restore.cancelled')}>
        <Text size="sm">{t('restore.untouched')}</Text>
      </Alert>
    )
  if (job.error)
    return (
      <div data-outcome="failed">
        <Failed error={new ApiError(job.error)} />
        {job.error.code === 'COMMIT_UNKNOWN' ? null : <Text size="sm">{t('restore.untouched')}</Text>}
      </div>
    )
  if (outcome.error) return <ErrorNotice error={outcome.error} onRetry={() => void outcome.refetch()} />
  return outcome.data && outcome.data.kind !== 'run' ? (
    <RestoreOutcomePart outcome={outcome.data} />
  ) : (
    <Skeleton height={140} />
  )
}
