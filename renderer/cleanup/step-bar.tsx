import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { goToStep, type StepName, stepNames } from './draft.ts'
import { missingOf } from './missing.ts'
import classes from './step-bar.module.css'

interface StepBarProps {
  readonly step: StepName
  readonly plan: CleanupPlan | null
}

/** The seven steps, each of which can be gone to at any time; what is open is marked. */
export function StepBar({ step, plan }: StepBarProps) {
  const { t } = useTranslation('cleanup')
  const open = new Set(plan ? missingOf(plan).map((missing) => missing.step) : [])
  const current = stepNames.indexOf(step)
  return (
    <nav aria-label={t('wizard.stepsLabel')}>
      <ol className={classes.bar}>
        {stepNames.map((name, index) => (
          <li key={name} className={classes.item} data-place={index < current ? 'before' : undefined}>
            <UnstyledButton
              className={classes.step}
              data-current={name === step || undefined}
              data-open={open.has(name) || undefined}
              aria-current={name === step ? 'step' : undefined}
              onClick={() => goToStep(name)}
            >
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <span className={classes.name}>
                <span className={classes.said}>{t('wizard.stepNumber', { number: index + 1 })} </span>
                {t(`steps.${name}`)}
              </span>
              {open.has(name) ? (
                <span className={classes.open}>
                  <IconAlertTriangle size={12} stroke={2} aria-hidden />
                  {t('wizard.attention')}
                </span>
              ) : null}
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </nav>
  )
}
