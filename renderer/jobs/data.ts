import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, subscribe } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import type { Job, JobKind } from '#shared/jobs.ts'

const jobKeys = { list: ['jobs', 'list'], ended: ['jobs', 'ended'] } as const

/** Takes what main says of a job as the truth; one that was running and ended here is held until it has been seen. */
export function takeJob(job: Job): void {
  queryClient.setQueryData<readonly Job[]>(jobKeys.list, (known) => {
    if (!known) return known
    return known.some(({ id }) => id === job.id)
      ? known.map((each) => (each.id === job.id ? job : each))
      : [...known, job]
  })
  if (!isRunning(job)) queryClient.setQueryData<Job | null>(jobKeys.ended, job)
}

/** Whether the work still goes on, also while it is asked to stop. */
export function isRunning({ state }: Job): boolean {
  return state === 'running' || state === 'cancelling'
}

/** Hears of jobs for as long as the frame stands; only administrators are told. */
export function useJobChanges(hears: boolean): void {
  useEffect(() => (hears ? subscribe('jobs.changed', takeJob) : undefined), [hears])
}

/** The jobs of this start of the app, oldest first. */
export function useJobs(enabled = true): readonly Job[] {
  const jobs = useQuery({
    queryKey: jobKeys.list,
    queryFn: () => call('jobs.list'),
    enabled,
    staleTime: Infinity,
    gcTime: Infinity,
  })
  return jobs.data ?? []
}

/** One job by its id; without an id the one of a kind that is running, if a kind is given. */
export function useJob(id: string | null, kind?: JobKind): Job | null {
  const jobs = useJobs()
  return jobs.find((job) => (id === null ? job.kind === kind && isRunning(job) : job.id === id)) ?? null
}

/** The job that ended last and that nobody has looked at yet. */
export function useEndedJob(): Job | null {
  const ended = useQuery<Job | null>({
    queryKey: jobKeys.ended,
    queryFn: () => null,
    enabled: false,
    initialData: null,
    gcTime: Infinity,
  })
  return ended.data ?? null
}

export function dismissEnded(): void {
  queryClient.setQueryData<Job | null>(jobKeys.ended, null)
}

export function useCancelJob() {
  return useMutation({ mutationFn: (id: string) => call('jobs.cancel', { id }) })
}
