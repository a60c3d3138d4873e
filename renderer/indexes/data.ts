import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call, wireError } from '#renderer/api.ts'
import { dismissEnded, isRunning, takeJob, useJobs } from '#renderer/jobs/data.ts'
import { queryClient } from '#renderer/query.ts'
import { forgetReauthentication, reauthenticate } from '#renderer/session/reauthenticate.tsx'
import type { AdviceId } from '#shared/indexes.ts'
import type { Job } from '#shared/jobs.ts'

const indexKeys = { advice: ['indexes', 'advice'], started: ['indexes', 'started'] } as const

export type IndexJobKind = 'indexes.create' | 'indexes.drop'

/** What was started from this page: which index a job works on. */
interface Started {
  readonly job: string
  readonly index: AdviceId
  /** Whether its end has been told. */
  readonly told: boolean
}

/** The advised indexes; read again and again while one of them is being built. */
export function useIndexAdvice() {
  const working = useJobs().some((job) => job.kind.startsWith('indexes.') && isRunning(job))
  return useQuery({
    queryKey: indexKeys.advice,
    queryFn: () => call('indexes.advice'),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      working || state.data?.indexes.some(({ status }) => status.state === 'building') ? 2_500 : false,
  })
}

function remember(started: Started): void {
  queryClient.setQueryData<Started | null>(indexKeys.started, started)
}

function useStarted(): Started | null {
  const started = useQuery<Started | null>({
    queryKey: indexKeys.started,
    queryFn: () => null,
    enabled: false,
    initialData: null,
    gcTime: Infinity,
  })
  return started.data ?? null
}

/** The job that works, or worked last, on one of the indexes, as far as it was started from here. */
export function useIndexJob(): { readonly index: AdviceId; readonly job: Job } | null {
  const started = useStarted()
  const job = useJobs().find(({ id }) => id === started?.job)
  return started && job ? { index: started.index, job } : null
}

/** Whether any job runs: there is room for one. */
export function useBusy(): boolean {
  return useJobs().some(isRunning)
}

/** Tells the end of a job once, reads the advice again, and takes the line at the foot away. */
export function useIndexOutcome(): void {
  const { t } = useTranslation('indexes')
  const started = useStarted()
  const job = useJobs().find(({ id }) => id === started?.job)
  useEffect(() => {
    if (!started || started.told || !job || isRunning(job)) return
    remember({ ...started, told: true })
    void queryClient.invalidateQueries({ queryKey: indexKeys.advice })
    dismissEnded()
    const outcome =
      job.state === 'done' ? (job.kind === 'indexes.create' ? 'created' : 'dropped') : (job.state as 'failed')
    notifications.show({
      id: job.id,
      color: outcome === 'failed' ? 'red' : 'accent',
      title: t(`outcome.${outcome}`, { name: t(`name.${started.index}`) }),
      message: outcome === 'failed' ? t('outcome.failedBody') : null,
    })
  }, [started, job, t])
}

interface Start {
  readonly kind: IndexJobKind
  readonly index: AdviceId
  readonly owner: { readonly user: string; readonly password: string } | null
  /** The person's own password, where main wants it again. */
  readonly own: string | null
}

/** Confirms who is there, then starts the job. */
export function useStartIndexJob() {
  return useMutation({
    mutationFn: async ({ kind, index, owner, own }: Start) => {
      if (own !== null) await reauthenticate(own)
      return call(kind, { index, owner: owner && { ...owner } })
    },
    onSuccess: (job, { index }) => {
      takeJob(job)
      remember({ job: job.id, index, told: false })
    },
    onError: (error) => {
      const { code } = wireError(error)
      if (code === 'REAUTHENTICATION_REQUIRED') forgetReauthentication()
      if (code === 'INDEX_CHANGED') void queryClient.invalidateQueries({ queryKey: indexKeys.advice })
    },
    // What was typed as a password is not kept longer than the call.
    gcTime: 0,
  })
}
