import { lazy } from 'react'

// The drawing library is the heaviest part of the page: it comes after the first paint.
export const TrendChart = lazy(() => import('./charts.tsx').then((charts) => ({ default: charts.TrendChart })))
export const Bars = lazy(() => import('./charts.tsx').then((charts) => ({ default: charts.Bars })))
