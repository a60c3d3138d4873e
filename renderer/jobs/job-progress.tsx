import { Progress } from '@mantine/core'
import type { Job } from '#shared/jobs.ts'
import { useJobWords } from './words.ts'

interface JobProgressProps {
  readonly job: Job
  readonly size: 'sm' | 'md'
}

/** How far a job is: a share where it is known, a moving bar where nobody knows. */
export function JobProgressBar({ job, size }: JobProgressProps) {
  const { name, phase, share } = useJobWords()(job)
  const percent = share === null ? null : Math.round(share * 100)
  return (
    <Progress.Root size={size}>
      <Progress.Section
        value={percent ?? 100}
        animated={percent === null}
        striped={percent === null}
        aria-label={name}
        aria-valuetext={phase}
        {...(percent === null ? { 'aria-valuenow': undefined } : {})}
      />
    </Progress.Root>
  )
}
