import { useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import type { PolicyState } from '#shared/policy.ts'

/** What the machine's policy fixes; undefined until main has answered. It does not change while the app runs. */
export function usePolicy(): PolicyState | undefined {
  return useQuery({ queryKey: ['policy'], queryFn: () => call('policy.state'), staleTime: Infinity }).data
}
