import { ActionIcon, Button, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconPlayerStop, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Job } from '#shared/jobs.ts'
import { dismissEnded, isRunning, useCancelJob, useEndedJob, useJobs } from './data.ts'
import classes from './job-line.module.css'
import { JobProgressBar } from './job-progress.tsx'
import { useJobWords } from './words.ts'

/** Where a job was started, and where its result is shown. */
const homes = { cleanup: '/cleanup', indexes: '/monitoring', deployment: '/deployment' } as const

/** The job to show in the frame: the running one, else the one that has just ended. */
export function useLineJob(enabled: boolean): Job | null {
  const running = useJobs(enabled).find(isRunning)
  const ended = useEndedJob()
  return enabled ? (running ?? ended) : null
}

/** The status line at the foot of every page: what runs, how far it is, and the way to stop it. */
export function JobLine({ job }: { readonly job: Job }) {
  const { t } = useTranslation('jobs')
  const { t: common } = useTranslation()
  const [location, navigate] = useLocation()
  const cancel = useCancelJob()
  const { name, phase, left } = useJobWords()(job)
  const running = isRunning(job)
  const home = homes[job.kind.split('.')[0] as keyof typeof homes] ?? null
  const elsewhere = home !== null && location !== home
  const Icon = running ? IconLoader2 : job.state === 'failed' ? IconAlertTriangle : IconCircleCheck
  return (
    <section className={classes.line} aria-label={t('label')} data-job={job.kind} data-state={job.state}>
      <Icon size={17} stroke={1.8} aria-hidden className={running ? classes.turning : undefined} />
      <Text size="sm" fw={600} className={classes.name}>
        {name}
      </Text>
      <Text size="sm" truncate className={classes.phase}>
        {left === null ? phase : t('phaseLeft', { phase, left })}
      </Text>
      {running ? (
        <div className={classes.bar}>
          <JobProgressBar job={job} size="sm" />
        </div>
      ) : null}
      {elsewhere ? (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            if (!running) dismissEnded()
            navigate(home)
          }}
        >
          {running ? t('show') : t('showResult')}
        </Button>
      ) : null}
      {running ? (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          disabled={!job.progress.cancellable || job.state === 'cancelling'}
          title={job.progress.cancellable ? undefined : t('tooLate')}
          onClick={() => cancel.mutate(job.id)}
        >
          {t('cancel')}
        </Button>
      ) : (
        <ActionIcon size={26} aria-label={t('dismiss')} title={common('action.close')} onClick={dismissEnded}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      )}
    </section>
  )
}

/** Tells who cannot see the line of each phase once, never of each row. */
export function JobVoice({ job }: { readonly job: Job | null }) {
  const words = useJobWords()
  const { t } = useTranslation('jobs')
  const said = job ? words(job) : null
  return (
    <div role="status" className={classes.voice} data-voice="job">
      {said ? t('said', { name: said.name, phase: said.phase }) : ''}
    </div>
  )
}
