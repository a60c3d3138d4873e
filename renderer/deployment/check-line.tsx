import { Button, Loader, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconPlayerPlay } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Age } from '#renderer/ui/age.tsx'
import type { CheckState, DecisionKind } from '#shared/deployment.ts'
import { CheckDetails } from './check-details.tsx'
import classes from './check-line.module.css'
import { useRunChecks, useVerification } from './data.ts'
import { StatusSign } from './status-sign.tsx'
import { useCheckWords } from './words.ts'

interface CheckLineProps {
  readonly check: CheckState
  readonly opened: boolean
  readonly onToggle: () => void
  readonly onDecide: (kind: DecisionKind) => void
}

/** One check on one line: how it stands, what it is, what was measured, when; opened, everything about it. */
export function CheckLine({ check, opened, onToggle, onDecide }: CheckLineProps) {
  const { t } = useTranslation('deployment')
  const words = useCheckWords()
  const run = useRunChecks()
  const { job, busy } = useVerification()
  const details = useId()
  const title = words.title(check.id)
  const running = job?.progress.phase === check.id
  const headline = words.headline(check)
  return (
    <li className={classes.check} data-check={check.id} data-status={check.status} id={`check-${check.id}`}>
      <div className={classes.line}>
        <UnstyledButton className={classes.open} aria-expanded={opened} aria-controls={details} onClick={onToggle}>
          <IconChevronRight size={16} aria-hidden className={classes.chevron} data-opened={opened} />
          <span className={classes.status}>
            {running ? (
              <span className={classes.running}>
                <Loader size={15} aria-hidden />
                {t('run.running')}
              </span>
            ) : (
              <StatusSign status={check.status} />
            )}
          </span>
          <span className={classes.title}>
            {title}
            {check.severity === 'advised' ? <span className={classes.advised}>{t('advised')}</span> : null}
          </span>
          <span className={`${classes.value} numbers`}>{headline}</span>
          <span className={classes.when}>{check.result ? <Age at={check.result.at * 1000} /> : null}</span>
        </UnstyledButton>
        <Button
          size="compact-sm"
          variant="default"
          className={classes.run}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          aria-label={t('run.oneOf', { check: title })}
          disabled={busy || run.isPending}
          title={busy ? t('run.busy') : undefined}
          onClick={() => run.mutate([check.id])}
        >
          {t('run.one')}
        </Button>
      </div>
      <div id={details} hidden={!opened}>
        {opened ? (
          <>
            <Text size="sm" className={classes.about}>
              {words.about(check.id)}
            </Text>
            <CheckDetails check={check} onDecide={onDecide} />
          </>
        ) : null}
      </div>
    </li>
  )
}
