import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '#renderer/api.ts'
import { dismissEnded, takeJob, useJob } from '#renderer/jobs/data.ts'
import type { CleanupPlan, Decisions } from '#shared/cleanup.ts'
import { changeDraft, useDraft } from './draft.ts'

const cleanupKeys = {
  plan: (decisions: Decisions) => ['cleanup', 'plan', decisions] as const,
  users: ['cleanup', 'users'] as const,
  patients: (text: string) => ['cleanup', 'patients', text] as const,
  result: (id: string | null) => ['cleanup', 'result', id] as const,
}

export interface PlanView {
  /** The last plan there is; it stays on the screen while another one is calculated. */
  readonly plan: CleanupPlan | null
  /** Whether it is not (or not yet) the plan of the present decisions. */
  readonly stale: boolean
  readonly fetching: boolean
  readonly error: unknown
  refetch(): void
}

/** The plan of the present decisions. A burst of them asks once. */
export function usePlan(decisions: Decisions): PlanView {
  const [settled] = useDebouncedValue(decisions, 300)
  const plan = useQuery({
    queryKey: cleanupKeys.plan(settled),
    queryFn: () => call('cleanup.plan', { decisions: settled }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const [last, setLast] = useState<CleanupPlan | null>(null)
  const { data } = plan
  useEffect(() => {
    if (data) setLast(data)
  }, [data])
  const waiting = decisions !== settled || plan.isPlaceholderData || plan.isFetching
  return {
    plan: data ?? last,
    stale: waiting || plan.isError,
    fetching: waiting,
    error: plan.error,
    refetch: () => void plan.refetch(),
  }
}

/** Every user of the clinic, for the keep list. */
export function useCleanupUsers() {
  return useQuery({ queryKey: cleanupKeys.users, queryFn: () => call('cleanup.users') })
}

/** Whether a text is enough to look for: two letters, or any number. */
export function searchable(text: string): boolean {
  return text.trim().length >= 2 || /^\d+$/.test(text.trim())
}

/** Patients that match a text. */
export function usePatientSearch(text: string) {
  const [settled] = useDebouncedValue(text.trim(), 350)
  return useQuery({
    queryKey: cleanupKeys.patients(settled),
    queryFn: () => call('cleanup.searchPatients', { text: settled }),
    enabled: searchable(settled),
    placeholderData: (previous) => (searchable(settled) ? previous : undefined),
    gcTime: 0,
  })
}

/** Starts the rehearsal and remembers its job. */
export function useRehearse() {
  return useMutation({
    mutationFn: (input: { decisions: Decisions; owner: { user: string; password: string } | null }) =>
      call('cleanup.rehearse', input),
    onSuccess: (job) => {
      takeJob(job)
      changeDraft({ rehearsal: job.id })
    },
    // What was typed as a password is not kept longer than the call.
    gcTime: 0,
  })
}

/** The rehearsal of this draft, or one that still runs from before the page was loaded again. */
export function useRehearsal() {
  const { rehearsal } = useDraft()
  const job = useJob(rehearsal, 'cleanup.rehearse')
  useEffect(() => {
    if (rehearsal === null && job) changeDraft({ rehearsal: job.id })
    // Its result is before the person's eyes: the line at the foot has nothing to add.
    if (job && job.state !== 'running' && job.state !== 'cancelling') dismissEnded()
  }, [rehearsal, job])
  const result = useQuery({
    queryKey: cleanupKeys.result(rehearsal),
    queryFn: () => call('cleanup.result', { id: rehearsal ?? '' }),
    enabled: job?.state === 'done',
    staleTime: Infinity,
  })
  return { job, result }
}

/** Puts the plan on the clipboard as Spanish text. */
export function useCopyPlan() {
  return useMutation({
    mutationFn: async (decisions: Decisions) => {
      const exported = await call('cleanup.exportPlan', { decisions })
      await call('shell.copy', { text: exported.text })
    },
  })
}
