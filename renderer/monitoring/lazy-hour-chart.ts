import { lazy } from 'react'

/** The chart of an hour, whose library comes after the page is drawn. */
export const HourChart = lazy(() => import('./hour-chart.tsx').then((chart) => ({ default: chart.HourChart })))
