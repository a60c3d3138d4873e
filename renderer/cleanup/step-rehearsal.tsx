import { Alert, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiError, wireError } from '#renderer/api.ts'
import { isRunning } from '#renderer/jobs/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { WireError } from '#shared/errors.ts'
import { BeforePart } from './before-part.tsx'
import type { StepProps } from './cleanup-page.tsx'
import { useRehearsal, useRehearse } from './data.ts'
import { useDraft } from './draft.ts'
import { OutcomePart } from './outcome-part.tsx'
import { ProgressPart } from './progress-part.tsx'
import { StartPart } from './start-part.tsx'

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
        <ProgressPart job={job} />
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

/** Why it could not be rehearsed: in the words of the refusal, or with who holds the tables. */
function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('cleanup')
  return <ErrorNotice error={error} note={noteOf(wireError(error), t)} />
}

function noteOf({ code, params }: WireError, t: ReturnType<typeof useTranslation<'cleanup'>>['t']): string | undefined {
  if (code === 'CLEANUP_REFUSED' && typeof params.reason === 'string') {
    const reasons = t('refusal', { returnObjects: true }) as Readonly<Record<string, string>>
    return params.reason in reasons ? t(`refusal.${params.reason as 'NOT_OWNER'}`, params) : undefined
  }
  if (code !== 'LOCK_TIMEOUT') return undefined
  return typeof params.holders === 'string'
    ? t('rehearsal.holders', { holders: params.holders })
    : t('rehearsal.gaveWay')
}
