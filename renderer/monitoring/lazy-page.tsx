import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

// The dashboard comes first, and most people never come here.
const Page = lazy(() => import('./monitoring-page.tsx').then((page) => ({ default: page.MonitoringPage })))

/** Monitoreo, loaded when somebody goes there. */
export function MonitoringPage() {
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <Page />
    </Suspense>
  )
}
