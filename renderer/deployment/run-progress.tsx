import { Button, Paper, Text } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCancelJob } from '#renderer/jobs/data.ts'
import { JobProgressBar } from '#renderer/jobs/job-progress.tsx'
import { type CheckId, checkIdSchema } from '#shared/deployment.ts'
import type { Job } from '#shared/jobs.ts'
import classes from './run-progress.module.css'
import { useCheckWords } from './words.ts'

/** How far the run is, which check is at work, and the way to stop it; what was found so far stays. */
export function RunProgress({ job }: { readonly job: Job }) {
  const { t } = useTranslation('deployment')
  const { title } = useCheckWords()
  const cancel = useCancelJob()
  const { phase, done, total } = job.progress
  const check: CheckId | null = checkIdSchema.safeParse(phase).data ?? null
  const at = Math.min(Math.floor(done) + 1, total ?? 1)
  return (
    <Paper className={classes.progress} data-part="progress">
      <Text size="sm" className="numbers">
        {check === null || total === null
          ? t('run.running')
          : t('run.progress', { done: at, total, check: title(check) })}
      </Text>
      <div className={classes.bar}>
        <JobProgressBar job={job} size="sm" />
      </div>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        disabled={job.state === 'cancelling'}
        onClick={() => cancel.mutate(job.id)}
      >
        {t('run.cancel')}
      </Button>
    </Paper>
  )
}
