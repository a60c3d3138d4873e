import { ActionIcon, Popover, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'

interface DefinitionProps {
  /** What the button is called for those who cannot see it. */
  readonly label: string
  readonly items: readonly { readonly name: string; readonly text: string }[]
}

/** How a figure is calculated, on demand. */
export function Definition({ label, items }: DefinitionProps) {
  return (
    <Popover width={300} position="bottom-end" withArrow shadow="md" trapFocus={false}>
      <Popover.Target>
        <ActionIcon size={22} aria-label={label}>
          <IconInfoCircle size={15} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap={8}>
          {items.map(({ name, text }) => (
            <div key={name}>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Text size="sm">{text}</Text>
            </div>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
