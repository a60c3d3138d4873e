import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '#renderer/api.ts'
import { dismissEnded, isRunning, takeJob, useEndedJob, useJob, useJobs } from '#renderer/jobs/data.ts'
import { queryClient } from '#renderer/query.ts'
import type { Input } from '#shared/contract.ts'
import type { CheckId, DeploymentState } from '#shared/deployment.ts'
import type { Job } from '#shared/jobs.ts'

const deploymentKeys = { state: ['deployment', 'state'], certificate: ['deployment', 'certificate'] } as const

function take(state: DeploymentState): void {
  queryClient.setQueryData(deploymentKeys.state, state)
}

/** The checklist as it stands; asked for again with every step of a run, so that results appear one by one. */
export function useDeployment() {
  const state = useQuery({ queryKey: deploymentKeys.state, queryFn: () => call('deployment.state') })
  const job = useJob(null, 'deployment.verify')
  const ended = useEndedJob()
  const mark = job ? `${job.id} ${job.progress.phase}` : null
  const endedMark = ended?.kind === 'deployment.verify' ? ended.id : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new phase is a new result, an end the last one
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: deploymentKeys.state })
    // Its result is before the person's eyes: the line at the foot has nothing to add, but a failure has.
    if (ended?.kind === 'deployment.verify' && ended.state !== 'failed') dismissEnded()
  }, [mark, endedMark])
  return state
}

/** The run of checks that goes on now, and whether anything else keeps a new one from starting. */
export function useVerification(): { readonly job: Job | null; readonly busy: boolean } {
  const busy = useJobs().some(isRunning)
  return { job: useJob(null, 'deployment.verify'), busy }
}

/** Starts checks; null is all of them. */
export function useRunChecks() {
  return useMutation({
    mutationFn: (checks: CheckId[] | null) => call('deployment.run', { checks }),
    onSuccess: takeJob,
  })
}

/** A person's decision on a check. */
export function useDecide() {
  return useMutation({
    mutationFn: (input: Input<'deployment.decide'>) => call('deployment.decide', input),
    onSuccess: take,
    onError: () => queryClient.invalidateQueries({ queryKey: deploymentKeys.state }),
  })
}

export function useClearDecision() {
  return useMutation({ mutationFn: (check: CheckId) => call('deployment.clear', { check }), onSuccess: take })
}

/** Chooses, or forgets, a place of the backend in the system's dialog. */
export function useBackendPlace() {
  return useMutation({
    mutationFn: ({ forget, place }: Input<'deployment.choosePlace'> & { readonly forget: boolean }) =>
      forget ? call('deployment.forgetPlace', { place }) : call('deployment.choosePlace', { place }),
    onSuccess: take,
  })
}

/** Chooses, or forgets, the backend's log: the one that Monitoreo shows. */
export function useBackendLog() {
  return useMutation({
    mutationFn: (forget: boolean) => call(forget ? 'monitoring.logForget' : 'monitoring.logChooseFiles'),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['monitoring', 'log'] })
      return queryClient.invalidateQueries({ queryKey: deploymentKeys.state })
    },
  })
}

export function useSaveBackend() {
  return useMutation({
    mutationFn: (input: Input<'deployment.saveBackend'>) => call('deployment.saveBackend', input),
    onSuccess: take,
  })
}

export function useCredentials() {
  return useMutation({
    mutationFn: (credentials: Input<'deployment.credentials'>['credentials']) =>
      call('deployment.credentials', { credentials }),
    onSuccess: take,
    // What was typed as a password is not kept longer than the call.
    gcTime: 0,
  })
}

/** A certificate of this moment: it is issued anew each time it is opened. */
export function useCertificate() {
  return useQuery({
    queryKey: deploymentKeys.certificate,
    queryFn: () => call('deployment.certificate'),
    staleTime: Infinity,
    gcTime: 0,
  })
}
