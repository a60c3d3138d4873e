import { Alert } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** The countdown after too many tries; announced once, not every second. */
export function WaitNotice({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation('session')
  const { t: errors } = useTranslation('errors')
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      data-code="TOO_MANY_TRIES"
      icon={<IconHourglass size={20} aria-hidden />}
      title={errors('TOO_MANY_TRIES.title')}
    >
      <span className="numbers" aria-live="off">
        {t('login.waitNotice', { seconds })}
      </span>
    </Alert>
  )
}
