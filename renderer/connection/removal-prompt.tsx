import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { EnvironmentBadge } from '#renderer/ui/environment-badge.tsx'
import type { Profile } from '#shared/connection.ts'

interface RemovalPromptProps {
  readonly profile: Profile | null
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** Asks before a connection is forgotten; Cancel is where the focus is. */
export function RemovalPrompt({ profile, onConfirm, onClose }: RemovalPromptProps) {
  const { t } = useTranslation('connection')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened={profile !== null}
      onClose={onClose}
      title={t('removal.title')}
      closeButtonProps={{ 'aria-label': common('action.close') }}
      centered
    >
      {profile ? (
        <Stack>
          <EnvironmentBadge environment={profile.environment} />
          <Text size="sm">
            {t('removal.body', { name: profile.name, place: common('link.place', { ...profile }) })}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button color="red.9" onClick={onConfirm}>
              {t('removal.confirm')}
            </Button>
          </Group>
        </Stack>
      ) : null}
    </Modal>
  )
}
