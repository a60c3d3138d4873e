import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useUpdates } from './data.ts'

/** Says once that a newer version is ready or published; installing it is a choice made in Ajustes. */
export function useUpdateNotice(): void {
  const { t } = useTranslation('updates')
  const state = useUpdates()
  const status = state?.status
  const version = state?.version ?? ''
  useEffect(() => {
    if (status !== 'ready' && status !== 'available') return
    notifications.show({
      id: `update-${version}`,
      title: t('readyTitle'),
      message: status === 'ready' ? t('readyBody', { version }) : t('status.available', { version }),
      autoClose: false,
    })
  }, [status, version, t])
}
