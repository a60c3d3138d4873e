import { useMutation, useQuery } from '@tanstack/react-query'
import { call, wireError } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { forgetReauthentication, reauthenticate } from '#renderer/session/reauthenticate.tsx'
import type { WriteEnvInput } from '#shared/deployment-env.ts'

/** The backend's `.env` without its secrets, read anew each time the editor opens. */
export function useEnvFile() {
  return useQuery({
    queryKey: ['deployment', 'env'],
    queryFn: () => call('deployment.readEnv'),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

interface Writing {
  readonly input: WriteEnvInput
  /** The person's own password, when main wants it again. */
  readonly own: string | null
}

/** Writes the file; what the checklist knew of the old one no longer counts. */
export function useWriteEnv() {
  return useMutation({
    mutationFn: async ({ input, own }: Writing) => {
      if (own !== null) await reauthenticate(own)
      return call('deployment.writeEnv', input)
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['deployment', 'state'] }),
    onError: (error) => {
      if (wireError(error).code === 'REAUTHENTICATION_REQUIRED') forgetReauthentication()
    },
    // What was typed as a password is not kept longer than the call.
    gcTime: 0,
  })
}
