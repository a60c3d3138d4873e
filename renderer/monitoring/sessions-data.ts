import { useMutation, useQuery } from '@tanstack/react-query'
import { call, wireError } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { forgetReauthentication, reauthenticate } from '#renderer/session/reauthenticate.tsx'
import type { Input } from '#shared/contract.ts'

const sessionsKey = ['monitoring', 'sessions'] as const

/** The sessions on the server, every five seconds while the window is visible. */
export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: () => call('monitoring.sessions'),
    refetchInterval: 5_000,
    refetchIntervalInBackground: false,
  })
}

interface EndRequest extends Input<'monitoring.endSession'> {
  /** The person's own password, where it is asked for again. */
  readonly own: string | null
}

/** Cancels or ends a session; the list is asked anew whatever came of it. */
export function useEndSession() {
  return useMutation({
    mutationFn: async ({ own, ...target }: EndRequest) => {
      if (own !== null) await reauthenticate(own)
      return call('monitoring.endSession', target)
    },
    onError: (error) => {
      if (wireError(error).code === 'REAUTHENTICATION_REQUIRED') forgetReauthentication()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  })
}
