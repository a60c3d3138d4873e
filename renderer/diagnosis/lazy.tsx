import { Skeleton } from '@mantine/core'
import { type ComponentProps, lazy, Suspense } from 'react'
import type { DiagnosisScreen as Screen } from './diagnosis-screen.tsx'

// The dashboard comes first, and who is well never comes here.
const LazyPage = lazy(() => import('./diagnosis-page.tsx').then((page) => ({ default: page.DiagnosisPage })))
const LazyScreen = lazy(() => import('./diagnosis-screen.tsx').then((screen) => ({ default: screen.DiagnosisScreen })))

/** Diagnóstico, loaded when somebody goes there. */
export function DiagnosisPage() {
  return (
    <Suspense fallback={<Skeleton height={420} />}>
      <LazyPage />
    </Suspense>
  )
}

/** The same before the login. */
export function DiagnosisScreen(props: ComponentProps<typeof Screen>) {
  return (
    <Suspense fallback={<Skeleton height="100vh" />}>
      <LazyScreen {...props} />
    </Suspense>
  )
}
