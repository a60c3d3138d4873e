import { useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'

const monitoringKeys = { pool: ['monitoring', 'pool'] as const }

/** The figures of our own pool, every five seconds while the window is visible. */
export function usePool() {
  return useQuery({
    queryKey: monitoringKeys.pool,
    queryFn: () => call('monitoring.pool'),
    refetchInterval: 5_000,
    refetchIntervalInBackground: false,
  })
}
