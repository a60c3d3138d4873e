import { Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { useAbout } from '#renderer/settings/data.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { useFormat } from '#renderer/words.ts'
import type { About, Trouble } from '#shared/shell.ts'

/** Explains once that the last run, or this page before its reload, ended out of order. It stays until it is closed. */
export function useTroubleNotice(): void {
  const { t } = useTranslation()
  const trouble = useQuery({ queryKey: ['trouble'], queryFn: () => call('shell.trouble'), staleTime: Infinity }).data
  const about = useAbout().data
  const close = t('action.close')

  useEffect(() => {
    if (!trouble || !about) return
    notifications.show({
      id: `trouble-${trouble.what}`,
      title: <TroubleTitle what={trouble.what} />,
      message: <TroubleBody trouble={trouble} about={about} />,
      icon: <IconInfoCircle size={18} aria-hidden />,
      autoClose: false,
      withBorder: true,
    })
  }, [trouble, about])

  useEffect(() => {
    if (!trouble || !about) return
    const message = <TroubleBody trouble={trouble} about={about} />
    notifications.update({ id: `trouble-${trouble.what}`, message, closeButtonProps: { 'aria-label': close } })
  }, [trouble, about, close])
}

/** A component, so that a notice which stays for hours follows the language. */
function TroubleTitle({ what }: Pick<Trouble, 'what'>) {
  const { t } = useTranslation()
  return t(`trouble.${what}Title`)
}

function TroubleBody({ trouble, about }: { readonly trouble: Trouble; readonly about: About }) {
  const { t } = useTranslation()
  const { instant } = useFormat()
  const { what, at, version, reason } = trouble
  const facts = [
    t(`trouble.${what}Title`),
    `${t('trouble.when')}: ${at}`,
    ...(reason ? [`${t('trouble.reason')}: ${reason}`] : []),
    ...(version ? [`${t('trouble.version')}: ${version}`] : []),
    `${t('app')} ${about.app}, Electron ${about.electron}, ${about.platform}`,
    about.logFile,
  ]
  return (
    <Stack gap={4} align="flex-start" data-trouble={what}>
      <Text size="sm" c="var(--mantine-color-text)">
        {t(`trouble.${what}`, { when: instant(Date.parse(at) / 1000) })}
      </Text>
      <Text size="sm" c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}>
        {t('trouble.log', { file: about.logFile })}
      </Text>
      <CopyButton text={facts.join('\n')} label={t('trouble.copy')} />
    </Stack>
  )
}
