import { lazy } from 'react'

// The drawing library is the heaviest part of the page: it comes after the first paint.
export const TrendChart = lazy(() => import('./trend-chart.tsx').then((chart) => ({ default: chart.TrendChart })))
export const BarsChart = lazy(() =>
  import('#renderer/ui/bars-chart.tsx').then((chart) => ({ default: chart.BarsChart })),
)
