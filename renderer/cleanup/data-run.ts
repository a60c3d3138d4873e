import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '#renderer/api.ts'
import { dismissEnded, isRunning, takeJob, useJob } from '#renderer/jobs/data.ts'
import { queryClient } from '#renderer/query.ts'
import { forgetReauthentication, reauthenticate } from '#renderer/session/reauthenticate.tsx'
import type { BackupFolder } from '#shared/cleanup-backup.ts'
import type { Input } from '#shared/contract.ts'
import type { Job } from '#shared/jobs.ts'
import { changeDraft, goToStep, useDraft } from './draft.ts'

const runKeys = {
  folders: ['cleanup', 'folders'] as const,
  outcome: (id: string | null) => ['cleanup', 'outcome', id] as const,
}

/** Folders that a person chose for backups on this workstation, as they are now. */
export function useFolders() {
  return useQuery({ queryKey: runKeys.folders, queryFn: () => call('cleanup.folders') })
}

/** Asks for another folder with the system's own dialog; nothing happens when the person changes their mind. */
export function useChooseFolder(onChosen: (folder: BackupFolder) => void) {
  return useMutation({
    mutationFn: () => call('cleanup.chooseFolder'),
    onSuccess: (folder) => {
      if (!folder) return
      queryClient.setQueryData<readonly BackupFolder[]>(runKeys.folders, (known = []) => [
        folder,
        ...known.filter(({ id }) => id !== folder.id),
      ])
      onChosen(folder)
    },
  })
}

/** The run of this draft, or one that still runs from before the page was loaded again. */
export function useRunJob(): Job | null {
  const { run } = useDraft()
  const job = useJob(run, 'cleanup.run')
  useEffect(() => {
    if (run === null && job) changeDraft({ run: job.id })
  }, [run, job])
  useEnded(job)
  return job
}

/** When a job of this page has ended: the line at the foot has nothing to add, and the clinic is no longer as it was. */
export function useEnded(job: Job | null): void {
  const ended = job !== null && !isRunning(job)
  useEffect(() => {
    if (!ended) return
    dismissEnded()
    const changed = ['plan', 'users', 'backups', 'history', 'seal'].map((each) => ['cleanup', each])
    for (const queryKey of [...changed, ['dashboard'], ['users']]) void queryClient.invalidateQueries({ queryKey })
  }, [ended])
}

/** What a job of the cleanup ended with. */
export function useOutcome(job: Job | null) {
  return useQuery({
    queryKey: runKeys.outcome(job?.id ?? null),
    queryFn: () => call('cleanup.outcome', { id: job?.id ?? '' }),
    enabled: job?.state === 'done',
    staleTime: Infinity,
  })
}

/** The last confirmation: the person's own password first where main wants it again, then the run. */
export function useStartRun() {
  return useMutation({
    mutationFn: async ({ own, ...input }: Input<'cleanup.run'> & { readonly own: string }) => {
      await reauthenticate(own)
      return call('cleanup.run', input)
    },
    onSuccess: (job) => {
      takeJob(job)
      changeDraft({ run: job.id })
      goToStep('result')
    },
    // Whoever deletes twice is asked twice.
    onSettled: forgetReauthentication,
    // What was typed as a password is not kept longer than the call.
    gcTime: 0,
  })
}
