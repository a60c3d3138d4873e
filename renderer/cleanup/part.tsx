import { Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './part.module.css'

interface PartProps {
  readonly title: string
  readonly note?: string
  /** Amber for what a person must decide, red for what stands in the way. */
  readonly tone?: 'plain' | 'open' | 'blocked'
  readonly icon?: ReactNode
  /** Of the heading: a part of a step stands under the step's own, a part of a view under the page's. */
  readonly order?: 2 | 3
  readonly children?: ReactNode
}

/** One part of a step: a titled sheet. */
export function Part({ title, note, tone = 'plain', icon, order = 3, children }: PartProps) {
  return (
    <Paper component="section" className={classes.part} data-tone={tone}>
      <Title order={order} size="h6" className={classes.title}>
        {icon}
        {title}
      </Title>
      {note ? (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      ) : null}
      {children}
    </Paper>
  )
}
