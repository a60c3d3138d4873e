import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import type { ConnectionState, Profile, SaveProfileInput, TestConnectionInput } from '#shared/connection.ts'

const connectionKeys = { state: ['connection'] as const, roles: ['connection', 'roles'] as const }

/** Takes a connection state as the truth. */
export function takeConnection(state: ConnectionState): void {
  queryClient.setQueryData(connectionKeys.state, state)
}

export function useConnection() {
  return useQuery({ queryKey: connectionKeys.state, queryFn: () => call('connection.state'), staleTime: Infinity })
}

/** The profile that is open or being opened. */
export function useCurrentProfile(): Profile | null {
  const state = useConnection().data
  return state?.profiles.find((profile) => profile.id === state.currentId) ?? null
}

/** The roles of the clinic that is open, for administrators. */
export function useRoleAdvice() {
  return useQuery({ queryKey: connectionKeys.roles, queryFn: () => call('connection.roles') })
}

export function useTestConnection() {
  return useMutation({ mutationFn: (input: TestConnectionInput) => call('connection.test', input) })
}

export function useOpenConnection() {
  return useMutation({
    mutationFn: (input: { id: string; password: string | null }) => call('connection.open', input),
    onSuccess: takeConnection,
    onError: refreshConnection,
  })
}

export function useSaveConnection() {
  return useMutation({
    mutationFn: (input: SaveProfileInput) => call('connection.save', input),
    onSettled: refreshConnection,
  })
}

export function useRemoveConnection() {
  return useMutation({ mutationFn: (id: string) => call('connection.remove', { id }), onSettled: refreshConnection })
}

async function refreshConnection(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: connectionKeys.state })
}
