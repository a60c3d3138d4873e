import { Skeleton } from '@mantine/core'
import { IconDatabaseOff } from '@tabler/icons-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '#renderer/api.ts'
import { ChartNotice } from '#renderer/ui/chart-card.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { Figure } from '#shared/dashboard.ts'
import { useFigureWords } from './figure-words.ts'

interface ChartBodyProps<T> {
  readonly figure: Figure<T>
  readonly empty: string
  readonly children: (value: T) => ReactNode
}

/** A chart, or why there is none. */
export function ChartBody<T>({ figure, empty, children }: ChartBodyProps<T>) {
  const { why } = useFigureWords()
  if (figure.state === 'error') return <ErrorNotice error={new ApiError(figure.error)} />
  if (figure.state === 'unavailable') return <Unavailable reason={why(figure.why)} />
  if (figure.state === 'zero') return <ChartNotice>{empty}</ChartNotice>
  return <Suspense fallback={<Skeleton height="100%" />}>{children(figure.value)}</Suspense>
}

function Unavailable({ reason }: { readonly reason: string }) {
  const { t } = useTranslation('dashboard')
  return (
    <ChartNotice>
      <IconDatabaseOff size={22} stroke={1.5} aria-hidden />
      <b>{t('state.unavailable')}</b>
      {reason}
    </ChartNotice>
  )
}
