import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'

interface CopyButtonProps {
  readonly text: string
  readonly label?: string
}

/** Copies through main: the page has no permission for the clipboard. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation()
  const copy = useMutation({ mutationFn: () => call('shell.copy', { text }) })
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={copy.isSuccess ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      onClick={() => copy.mutate()}
    >
      {copy.isSuccess ? t('action.copied') : (label ?? t('action.copy'))}
    </Button>
  )
}
