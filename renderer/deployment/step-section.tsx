import { Paper, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CheckId, CheckState, GuideStep } from '#shared/deployment.ts'
import lines from './check-line.module.css'
import { CheckLine } from './check-line.tsx'
import type { Intention } from './decision-dialog.tsx'
import classes from './step-section.module.css'

interface StepSectionProps {
  readonly step: GuideStep
  readonly checks: readonly CheckState[]
  readonly opened: ReadonlySet<CheckId>
  readonly onToggle: (check: CheckId) => void
  readonly onDecide: (intention: Intention) => void
}

/** One of the guide's six steps, with its checks. */
export function StepSection({ step, checks, opened, onToggle, onDecide }: StepSectionProps) {
  const { t } = useTranslation('deployment')
  const heading = `step-${step}`
  return (
    <Paper component="section" aria-labelledby={heading} data-step={step}>
      <Title order={2} size="h6" id={heading} className={classes.title}>
        <span className={classes.number}>{t('step.number', { step })}</span>
        {t(`step.${step}`)}
      </Title>
      {checks.length === 0 ? (
        <Text size="sm" c="dimmed" className={classes.empty}>
          {t('stepEmpty')}
        </Text>
      ) : (
        <ul className={lines.checks}>
          {checks.map((check) => (
            <CheckLine
              key={check.id}
              check={check}
              opened={opened.has(check.id)}
              onToggle={() => onToggle(check.id)}
              onDecide={(kind) => onDecide({ check: check.id, kind })}
            />
          ))}
        </ul>
      )}
    </Paper>
  )
}
