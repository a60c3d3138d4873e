import { lazy } from 'react'

// The drawing library is the heaviest part of the page: it comes after the first paint.
const trend = () => import('./trend-chart.tsx').then((chart) => ({ default: chart.TrendChart }))
const columns = () => import('#renderer/ui/columns-chart.tsx').then((chart) => ({ default: chart.ColumnsChart }))

export const TrendChart = lazy(trend)
export const ColumnsChart = lazy(columns)

/** Resolves once every chart that the page shows has been drawn. */
export async function chartsDrawn(): Promise<void> {
  await Promise.all([trend(), columns()])
  // React draws what has arrived, then recharts measures it: both before the second frame is over.
  for (let frame = 0; frame < 3; frame++) await new Promise((drawn) => requestAnimationFrame(drawn))
}
