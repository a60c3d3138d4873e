import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import { takeJob } from '#renderer/jobs/data.ts'
import { queryClient } from '#renderer/query.ts'
import { forgetReauthentication, reauthenticate } from '#renderer/session/reauthenticate.tsx'
import type { BackupFile } from '#shared/cleanup-backup.ts'
import type { SealState } from '#shared/cleanup-run.ts'
import type { Input } from '#shared/contract.ts'
import type { Job } from '#shared/jobs.ts'

const restoreKeys = {
  backups: ['cleanup', 'backups'] as const,
  history: ['cleanup', 'history'] as const,
  seal: ['cleanup', 'seal'] as const,
}

/** The whole backups in the folders of this workstation. */
export function useBackups() {
  return useQuery({ queryKey: restoreKeys.backups, queryFn: () => call('cleanup.backups', { folder: null }) })
}

/** Asks for a backup that lies somewhere else. */
export function useChooseBackup(onChosen: (file: BackupFile) => void) {
  return useMutation({
    mutationFn: () => call('cleanup.chooseBackup'),
    onSuccess: (file) => {
      if (file) onChosen(file)
    },
  })
}

export type TrialKind = 'cleanup.verifyBackup' | 'cleanup.restorePlan' | 'cleanup.testRestore'
export type Trial = { readonly kind: TrialKind } & Input<'cleanup.restorePlan'>

/** Reads, plans or rehearses a restore: nothing that stays. */
export function useTrial(onStarted: (job: Job) => void) {
  return useMutation({
    mutationFn: ({ kind, owner, ...opened }: Trial) =>
      kind === 'cleanup.verifyBackup' ? call(kind, opened) : call(kind, { ...opened, owner }),
    onSuccess: (job) => {
      takeJob(job)
      onStarted(job)
    },
    gcTime: 0,
  })
}

/** Puts a backup back, after the person's own password. */
export function useRestore(onStarted: (job: Job) => void) {
  return useMutation({
    mutationFn: async ({ own, ...input }: Input<'cleanup.restore'> & { readonly own: string }) => {
      await reauthenticate(own)
      return call('cleanup.restore', input)
    },
    onSuccess: (job) => {
      takeJob(job)
      onStarted(job)
    },
    onSettled: forgetReauthentication,
    gcTime: 0,
  })
}

export function useDeleteBackup(onDeleted: () => void) {
  return useMutation({
    mutationFn: async ({ own, ...input }: Input<'cleanup.deleteBackup'> & { readonly own: string }) => {
      await reauthenticate(own)
      await call('cleanup.deleteBackup', input)
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: restoreKeys.backups })
      onDeleted()
    },
    onSettled: forgetReauthentication,
    gcTime: 0,
  })
}

/** Cleanups and restores, as this workstation and the database remember them. */
export function useHistory() {
  return useQuery({ queryKey: restoreKeys.history, queryFn: () => call('cleanup.history') })
}

/** Whether the database is closed to cleanups. */
export function useSealState() {
  return useQuery({ queryKey: restoreKeys.seal, queryFn: () => call('cleanup.sealState') })
}

type SealInput = Input<'cleanup.seal'> & { readonly own: string; readonly reason: string | null }

/** Seals the database, or opens it again with a written reason. */
export function useSeal(onDone: () => void) {
  return useMutation({
    mutationFn: async ({ own, reason, ...input }: SealInput): Promise<SealState> => {
      await reauthenticate(own)
      return reason === null ? call('cleanup.seal', input) : call('cleanup.reopen', { ...input, reason })
    },
    onSuccess: (state) => {
      queryClient.setQueryData(restoreKeys.seal, state)
      onDone()
    },
    onSettled: forgetReauthentication,
    gcTime: 0,
  })
}
