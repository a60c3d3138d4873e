import { Button, Group, Title } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { goToStep, type StepName, stepNames, useDraft } from './draft.ts'
import classes from './step-frame.module.css'

interface StepFrameProps {
  readonly step: StepName
  readonly children: ReactNode
}

/** One step with its heading, which takes the focus when the step changes, and the way on and back. */
export function StepFrame({ step, children }: StepFrameProps) {
  const { t } = useTranslation('cleanup')
  const heading = useRef<HTMLHeadingElement>(null)
  const { visits } = useDraft()
  const shown = useRef(visits)
  useEffect(() => {
    // The page's own title has the focus when the page opens.
    if (shown.current === visits) return
    shown.current = visits
    window.scrollTo({ top: 0 })
    heading.current?.focus({ preventScroll: true })
  }, [visits])
  const index = stepNames.indexOf(step)
  // What deletes has its own buttons, and nothing leads back from what was deleted.
  const before = step === 'result' ? undefined : stepNames[index - 1]
  const after = step === 'confirm' ? undefined : stepNames[index + 1]
  return (
    <section aria-labelledby="cleanup-step" className={classes.frame} data-step={step}>
      <Title order={2} size="h4" id="cleanup-step" ref={heading} tabIndex={-1} className={classes.heading}>
        {t('wizard.heading', { number: index + 1, name: t(`steps.${step}`) })}
      </Title>
      {children}
      <Group justify="flex-end" gap="xs">
        {before ? (
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => goToStep(before)}
          >
            {t('wizard.back')}
          </Button>
        ) : null}
        {after ? (
          <Button rightSection={<IconArrowRight size={16} aria-hidden />} onClick={() => goToStep(after)}>
            {t('wizard.next', { name: t(`steps.${after}`) })}
          </Button>
        ) : null}
      </Group>
    </section>
  )
}
