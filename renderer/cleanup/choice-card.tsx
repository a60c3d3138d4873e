import { Radio } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './choice-card.module.css'

interface ChoiceCardProps {
  /** What the choice is about, for the group's own name in the document. */
  readonly name: string
  readonly title: string
  readonly decided: boolean
  readonly value: string | null
  readonly onChange: (value: string) => void
  readonly about?: ReactNode
  readonly children: ReactNode
}

/** One decision: amber and named so until somebody takes it. Nothing is chosen beforehand. */
export function ChoiceCard({ name, title, decided, value, onChange, about, children }: ChoiceCardProps) {
  const { t } = useTranslation('cleanup')
  return (
    <div className={classes.card} data-decided={decided} data-choice={name}>
      <Radio.Group
        name={`choice ${name}`}
        label={
          <span className={classes.title}>
            <span>{title}</span>
            <span className={classes.sign} data-decided={decided}>
              {decided ? (
                <IconCheck size={14} stroke={2.2} aria-hidden />
              ) : (
                <IconAlertTriangle size={14} stroke={2} aria-hidden />
              )}
              {t(decided ? 'what.decided' : 'what.needed')}
            </span>
          </span>
        }
        classNames={{ label: classes.label ?? '' }}
        value={value}
        onChange={onChange}
      >
        {about ? <div className={classes.about}>{about}</div> : null}
        {children}
      </Radio.Group>
    </div>
  )
}
