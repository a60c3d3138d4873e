import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConnection } from '#renderer/connection/data.ts'
import classes from './link-status.module.css'

/** The state of the link to the server: a dot and its word. */
export function LinkStatus() {
  const { t } = useTranslation()
  const status = useConnection().data?.status ?? 'closed'
  const word = t(`link.${status}`)
  return (
    <div className={classes.status} data-status={status} role="status">
      <span className={classes.dot} aria-hidden="true" />
      <Text size="sm" span title={t('link.status', { status: word })}>
        {word}
      </Text>
    </div>
  )
}
