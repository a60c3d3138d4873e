import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call } from '#renderer/api.ts'
import type { TrendDays } from '#shared/dashboard.ts'

export const dashboardKeys = {
  all: ['dashboard'] as const,
  load: (days: TrendDays) => ['dashboard', days] as const,
}

/** The clinic's figures; refreshed every `seconds` while the window is visible, 0 never. */
export function useDashboard(days: TrendDays, seconds: number) {
  return useQuery({
    queryKey: dashboardKeys.load(days),
    queryFn: () => call('dashboard.load', { days }),
    placeholderData: keepPreviousData,
    refetchInterval: seconds > 0 ? seconds * 1000 : false,
    refetchIntervalInBackground: false,
  })
}
