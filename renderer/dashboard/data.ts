import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import type { Dashboard, DashboardRange } from '#shared/dashboard.ts'

const dashboardKeys = {
  all: ['dashboard'] as const,
  load: (range: DashboardRange) => ['dashboard', range] as const,
}

/**
 * The clinic's figures; refreshed every `seconds` while the window is visible, 0 never, and not by itself where the
 * chosen days are over. When a load fails the newest figures that are known stay, `stale` and with the time they were read.
 */
export function useDashboard(range: DashboardRange, seconds: number) {
  const query = useQuery({
    queryKey: dashboardKeys.load(range),
    queryFn: () => call('dashboard.load', range),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (seconds > 0 && !isPast(range, state.data) ? seconds * 1000 : false),
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: ({ state }) => seconds > 0 && !isPast(range, state.data),
  })
  const newest = useQueryClient()
    .getQueryCache()
    .findAll({ queryKey: dashboardKeys.all })
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)[0]
  const own = query.data !== undefined && !query.isPlaceholderData
  const data = query.data ?? (newest?.state.data as Dashboard | undefined)
  return {
    data,
    /** The chosen days are over. */
    past: isPast(range, data),
    readAt: own ? query.dataUpdatedAt : (newest?.state.dataUpdatedAt ?? 0),
    stale: query.isError,
    error: query.error,
    fetching: query.isFetching,
    /** The charts still show another period than the one chosen. */
    changing: query.isPlaceholderData,
    refetch: () => void query.refetch(),
  }
}

function isPast(range: DashboardRange, dashboard: Dashboard | undefined): boolean {
  return 'to' in range && dashboard !== undefined && range.to < dashboard.today
}
