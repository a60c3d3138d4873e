import { useTranslation } from 'react-i18next'
import { wireError } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { WireError } from '#shared/errors.ts'

/** Why it could not be done: in the words of the refusal, or with who holds the tables. */
export function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('cleanup')
  return <ErrorNotice error={error} note={noteOf(wireError(error), t)} />
}

function noteOf({ code, params }: WireError, t: ReturnType<typeof useTranslation<'cleanup'>>['t']): string | undefined {
  if (code === 'CLEANUP_REFUSED' && typeof params.reason === 'string') {
    const reasons = t('refusal', { returnObjects: true }) as Readonly<Record<string, string>>
    return params.reason in reasons ? t(`refusal.${params.reason as 'NOT_OWNER'}`, params) : undefined
  }
  if (code !== 'LOCK_TIMEOUT') return undefined
  return typeof params.holders === 'string'
    ? t('rehearsal.holders', { holders: params.holders })
    : t('rehearsal.gaveWay')
}
