import { Button, Group, Popover, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRotate2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { restartDraft } from './draft.ts'

/** Forgets what was decided, after asking. */
export function RestartButton() {
  const { t } = useTranslation('cleanup')
  const [opened, { close, toggle }] = useDisclosure(false)
  return (
    <Popover opened={opened} onChange={close} width={300} position="bottom-end" withArrow shadow="md" trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          c="var(--mantine-color-text)"
          leftSection={<IconRotate2 size={16} aria-hidden />}
          onClick={toggle}
        >
          {t('wizard.restart')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('wizard.restart')}>
        <Stack gap="sm">
          <Text size="sm">{t('wizard.restartAsk')}</Text>
          <Group gap="xs" justify="flex-end">
            <Button variant="default" size="compact-sm" data-autofocus onClick={close}>
              {t('wizard.restartNo')}
            </Button>
            <Button
              size="compact-sm"
              onClick={() => {
                close()
                restartDraft()
              }}
            >
              {t('wizard.restartYes')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
