import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import type { LoginInput, SessionState } from '#shared/session.ts'

const sessionKeys = { current: ['session'] as const }

/** Takes a session state as the truth and forgets the clinic's data as soon as nobody is logged in. */
export function takeSession(state: SessionState): void {
  queryClient.setQueryData(sessionKeys.current, state)
  if (state.status === 'out') {
    queryClient.removeQueries({ queryKey: ['dashboard'] })
    queryClient.removeQueries({ queryKey: ['monitoring'] })
    queryClient.removeQueries({ queryKey: ['users'] })
    queryClient.removeQueries({ queryKey: ['cleanup'] })
    queryClient.removeQueries({ queryKey: ['indexes'] })
    queryClient.removeQueries({ queryKey: ['jobs'] })
  }
}

export function useSession() {
  return useQuery({ queryKey: sessionKeys.current, queryFn: () => call('session.current'), staleTime: Infinity })
}

export function useLogin() {
  return useMutation({ mutationFn: (input: LoginInput) => call('session.login', input), onSuccess: takeSession })
}

export function useUnlock() {
  return useMutation({ mutationFn: (password: string) => call('session.unlock', { password }), onSuccess: takeSession })
}

export function useLock() {
  return useMutation({ mutationFn: () => call('session.lock'), onSuccess: takeSession })
}

export function useLogout() {
  return useMutation({ mutationFn: () => call('session.logout'), onSuccess: takeSession })
}
