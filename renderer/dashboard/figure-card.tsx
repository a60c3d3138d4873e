import { Group, Paper, Text, Tooltip } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAge } from '#renderer/ui/age.tsx'
import { Definition } from '#renderer/ui/definition.tsx'
import type { FigureName } from '#shared/dashboard.ts'
import classes from './figure-card.module.css'
import { useFigureWords } from './figure-words.ts'

interface FigureCardProps {
  readonly title: string
  /** The figures on the card, for their definitions. */
  readonly figures: readonly FigureName[]
  /** When its values were read (ms), if a later refresh failed. */
  readonly staleSince: number | null
  readonly children: ReactNode
}

/** One card of the first row: a title, its definition, the figures. */
export function FigureCard({ title, figures, staleSince, children }: FigureCardProps) {
  const { t } = useTranslation('dashboard')
  const { definition } = useFigureWords()
  return (
    <Paper component="section" className={classes.card} aria-label={title} data-stale={staleSince !== null}>
      <div className={classes.head}>
        <Text component="h2" className={classes.title}>
          {title}
        </Text>
        <Group gap={0} wrap="nowrap" className={classes.tools}>
          {staleSince === null ? null : <StaleMark at={staleSince} />}
          <Definition label={t('card.definition', { name: title })} items={figures.map(definition)} />
        </Group>
      </div>
      {children}
    </Paper>
  )
}

/** Says that a value is old, and how old. */
export function StaleMark({ at }: { readonly at: number }) {
  const { t } = useTranslation('dashboard')
  const label = t('state.stale', { age: useAge(at) })
  return (
    <Tooltip label={label}>
      <span className={classes.stale} role="img" aria-label={label}>
        <IconClockExclamation size={15} stroke={1.7} aria-hidden />
      </span>
    </Tooltip>
  )
}
