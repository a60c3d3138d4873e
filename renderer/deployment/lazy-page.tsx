import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const Page = lazy(() => import('./deployment-page.tsx').then((page) => ({ default: page.DeploymentPage })))

/** Puesta en producción, loaded when somebody goes there. */
export function DeploymentPage() {
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <Page />
    </Suspense>
  )
}
