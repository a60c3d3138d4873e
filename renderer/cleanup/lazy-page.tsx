import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

// A page that is opened once in a clinic's life need not be read before the first paint.
const Page = lazy(() => import('./cleanup-page.tsx').then((page) => ({ default: page.CleanupPage })))

/** Limpieza, loaded when somebody goes there. */
export function CleanupPage() {
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <Page />
    </Suspense>
  )
}
