import { Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface PageHeaderProps {
  readonly title: string
  readonly note?: string | undefined
  readonly children?: ReactNode
}

/** The one title of a page, which takes the focus when the page changes, and its actions. */
export function PageHeader({ title, note, children }: PageHeaderProps) {
  const { t } = useTranslation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    document.title = `${title} · ${t('app')}`
  }, [title, t])
  return (
    <Group justify="space-between" gap="sm" mb="sm" align="center">
      <Group gap="sm" align="baseline">
        <Title order={1} size="h3" ref={heading} tabIndex={-1}>
          {title}
        </Title>
        {note ? (
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        ) : null}
      </Group>
      {children ? <Group gap="xs">{children}</Group> : null}
    </Group>
  )
}
