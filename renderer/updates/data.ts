import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, subscribe } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import type { UpdateState } from '#shared/updates.ts'

const key = ['updates'] as const

/** Whether there is a newer version; undefined until main has answered. Main tells of every change. */
export function useUpdates(): UpdateState | undefined {
  useEffect(() => subscribe('updates.changed', (state) => queryClient.setQueryData(key, state)), [])
  return useQuery({ queryKey: key, queryFn: () => call('updates.state'), staleTime: Infinity }).data
}

export function useCheckUpdates() {
  return useMutation({
    mutationFn: () => call('updates.check'),
    onSuccess: (state) => queryClient.setQueryData(key, state),
  })
}

export function useInstallUpdate() {
  return useMutation({ mutationFn: () => call('updates.install') })
}
