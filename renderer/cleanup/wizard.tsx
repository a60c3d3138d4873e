import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { CleanupPlan } from '#shared/cleanup.ts'
import { usePlan } from './data.ts'
import { type StepName, useDraft } from './draft.ts'
import { PlanAside } from './plan-aside.tsx'
import { BackupStep } from './step-backup.tsx'
import { StepBar } from './step-bar.tsx'
import { ConfirmStep } from './step-confirm.tsx'
import { DatabaseStep } from './step-database.tsx'
import { StepFrame } from './step-frame.tsx'
import { RehearsalStep } from './step-rehearsal.tsx'
import { ResultStep } from './step-result.tsx'
import { StaffStep } from './step-staff.tsx'
import { WhatStep } from './step-what.tsx'
import { type BackupForm, useBackupForm } from './use-backup-form.ts'
import classes from './wizard.module.css'

/** What every step is handed: the plan on the screen, and whether it is still that of the present decisions. */
export interface StepProps {
  readonly plan: CleanupPlan
  readonly stale: boolean
  readonly refetch: () => void
  /** How the backup will be protected, kept while the page is open. */
  readonly backup: BackupForm
}

const contents: Readonly<Record<StepName, (props: StepProps) => React.ReactNode>> = {
  database: (props) => <DatabaseStep {...props} />,
  what: (props) => <WhatStep {...props} />,
  staff: (props) => <StaffStep {...props} />,
  rehearsal: (props) => <RehearsalStep {...props} />,
  backup: (props) => <BackupStep {...props} />,
  confirm: (props) => <ConfirmStep {...props} />,
  result: (props) => <ResultStep {...props} />,
}

/** Seven steps, one question each, with the consequences always beside them. */
export function Wizard() {
  const { t } = useTranslation('cleanup')
  const { step, decisions } = useDraft()
  const view = usePlan(decisions)
  const { plan, stale, refetch } = view
  const backup = useBackupForm()
  return (
    <>
      <StepBar step={step} plan={plan} />
      <div className={classes.columns}>
        <div className={classes.step}>
          {view.error ? (
            <ErrorNotice error={view.error} note={t('wizard.noPlan')} onRetry={refetch} retrying={view.fetching} />
          ) : null}
          <StepFrame step={step}>
            {plan ? contents[step]({ plan, stale, refetch, backup }) : view.error ? null : <Skeleton height={320} />}
          </StepFrame>
        </div>
        <PlanAside view={view} />
      </div>
    </>
  )
}
