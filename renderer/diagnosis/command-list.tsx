import { Code, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import type { Command, System } from '#shared/diagnosis.ts'
import classes from './diagnosis.module.css'

interface CommandListProps {
  readonly commands: readonly Command[]
  /** The system of this workstation: a good guess for the one where the command is typed. */
  readonly system: System
}

/** The command to copy, for the system of the machine that it belongs to. */
export function CommandList({ commands, system }: CommandListProps) {
  const { t } = useTranslation('diagnosis')
  const offered = commands.flatMap((command) => command.system ?? [])
  const [wanted, setWanted] = useState(system)
  const chosen = offered.includes(wanted) ? wanted : (offered[0] ?? null)
  const shown = commands.find((command) => command.system === null || command.system === chosen)
  if (!shown) return null
  return (
    <Stack gap={6}>
      <Group gap="sm" justify="space-between">
        <Text size="sm" fw={550}>
          {t(`command.${shown.place}`)}
        </Text>
        {offered.length > 1 ? (
          <SegmentedControl
            size="xs"
            aria-label={t('command.system')}
            value={chosen ?? ''}
            onChange={(value) => setWanted(value as System)}
            data={offered.map((value) => ({ value, label: t(`command.${value}`) }))}
          />
        ) : null}
      </Group>
      <Code block className={classes.command} tabIndex={0} data-command>
        {shown.text}
      </Code>
      <div>
        <CopyButton key={shown.text} text={shown.text} label={t('command.copy')} />
      </div>
    </Stack>
  )
}
