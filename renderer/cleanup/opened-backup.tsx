import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconFileTime } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { call, subscribe, wireError } from '#renderer/api.ts'
import { queryClient } from '#renderer/query.ts'
import { useErrorWords } from '#renderer/ui/error-words.ts'
import type { WireError } from '#shared/errors.ts'
import type { SessionState } from '#shared/session.ts'
import { changeDraft } from './draft.ts'

const openedKey = ['shell', 'opened'] as const
const [waits, failed] = ['opened-waits', 'opened-failed']

/**
 * A backup that somebody opened with a double click: until an administrator is there, a notice says that it waits; then
 * it stands in Respaldos, ready to be checked or restored.
 */
export function useOpenedBackup(session: SessionState | null): void {
  const { t } = useTranslation('cleanup')
  const { t: common } = useTranslation()
  const [, navigate] = useLocation()
  const waiting = useQuery({ queryKey: openedKey, queryFn: () => call('shell.openedFile'), staleTime: Infinity }).data
  const name = waiting?.name ?? null
  const administrator = session?.status === 'in' && session.user.role === 'admin'

  useEffect(() => subscribe('shell.opened', (file) => queryClient.setQueryData(openedKey, file)), [])

  useEffect(() => {
    if (name === null) return undefined
    const stays = { autoClose: false, withBorder: true, closeButtonProps: { 'aria-label': common('action.close') } }
    notifications.hide(failed)
    if (!administrator) {
      notifications.show({
        ...{ ...stays, id: waits, title: t('opened.title'), icon: <IconFileTime size={18} aria-hidden /> },
        message: <Line text={t('opened.waits', { name })} />,
      })
      return () => void notifications.hide(waits)
    }
    call('cleanup.openedBackup').then(
      (file) => {
        // Another start of this effect was first.
        if (!file) return
        changeDraft({ view: 'backups', backup: file, restore: null })
        navigate('/cleanup')
      },
      (error: unknown) =>
        notifications.show({
          ...{ ...stays, id: failed, title: t('opened.failed', { name }), color: 'red' },
          icon: <IconAlertTriangle size={18} aria-hidden />,
          message: <Failure error={wireError(error)} />,
        }),
    )
    return undefined
  }, [name, administrator, t, common, navigate])
}

function Failure({ error }: { readonly error: WireError }) {
  const words = useErrorWords(error)
  return (
    <Stack gap={4} data-code={error.code}>
      <Line text={`${words.title}.`} />
      <Line text={words.cause} />
      <Line text={words.action} />
    </Stack>
  )
}

function Line({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  )
}
