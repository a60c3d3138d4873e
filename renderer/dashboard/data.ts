import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import type { Dashboard, TrendDays } from '#shared/dashboard.ts'

const dashboardKeys = {
  all: ['dashboard'] as const,
  load: (days: TrendDays) => ['dashboard', days] as const,
}

/**
 * The clinic's figures; refreshed every `seconds` while the window is visible, 0 never. When a load
 * fails the newest figures that are known stay, `stale` and with the time they were read.
 */
export function useDashboard(days: TrendDays, seconds: number) {
  const query = useQuery({
    queryKey: dashboardKeys.load(days),
    queryFn: () => call('dashboard.load', { days }),
    placeholderData: keepPreviousData,
    refetchInterval: seconds > 0 ? seconds * 1000 : false,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: seconds > 0,
  })
  const newest = useQueryClient()
    .getQueryCache()
    .findAll({ queryKey: dashboardKeys.all })
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0]
  const own = query.data !== undefined && !query.isPlaceholderData
  return {
    data: query.data ?? (newest?.state.data as Dashboard | undefined),
    readAt: own ? query.dataUpdatedAt : (newest?.state.dataUpdatedAt ?? 0),
    stale: query.isError,
    error: query.error,
    fetching: query.isFetching,
    /** The charts still show another period than the one chosen. */
    changing: query.isPlaceholderData,
    refetch: () => void query.refetch(),
  }
}
