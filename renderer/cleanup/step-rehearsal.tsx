import { Alert, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { isRunning } from '#renderer/jobs/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { cleanupPhases } from '#shared/cleanup.ts'
import { BeforePart } from './before-part.tsx'
import { useRehearsal, useRehearse } from './data.ts'
import { useDraft } from './draft.ts'
import { Failed } from './failed.tsx'
import { OutcomePart } from './outcome-part.tsx'
import { ProgressPart } from './progress-part.tsx'
import { StartPart } from './start-part.tsx'
import type { StepProps } from './wizard.tsx'

const phases = ['start', ...cleanupPhases, 'rollback'] as const

/** Step 4: the rehearsal, said beforehand, seen while it runs, and shown with exact counts afterwards. */
export function RehearsalStep({ plan, stale, refetch }: StepProps) {
  const { t } = useTranslation('cleanup')
  const { decisions } = useDraft()
  const { job, result } = useRehearsal()
  const rehearse = useRehearse()
  const running = job !== null && isRunning(job)
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('rehearsal.intro')}
      </Text>
      {running ? (
        <ProgressPart
          job={job}
          phases={phases}
          title={t('rehearsal.running')}
          note={t('rehearsal.runningBody')}
          cancel={t('rehearsal.cancel')}
        />
      ) : (
        <>
          {rehearse.error ? <Failed error={rehearse.error} /> : null}
          {job?.state === 'failed' && job.error ? <Failed error={new ApiError(job.error)} /> : null}
          {job?.state === 'cancelled' ? (
            <Alert
              color="gray"
              icon={<IconCircleCheck size={20} aria-hidden />}
              title={t('rehearsal.cancelled')}
              data-outcome="cancelled"
            >
              {t('rehearsal.cancelledBody')}
            </Alert>
          ) : null}
          {result.error ? <ErrorNotice error={result.error} onRetry={() => void result.refetch()} /> : null}
          {job?.state === 'done' && result.data ? <OutcomePart result={result.data} plan={plan} stale={stale} /> : null}
          <BeforePart plan={plan} />
          <StartPart
            plan={plan}
            stale={stale}
            again={job !== null}
            starting={rehearse.isPending}
            onStart={(owner) => {
              rehearse.mutate({ decisions, owner }, { onError: refetch })
            }}
          />
        </>
      )}
    </>
  )
}
