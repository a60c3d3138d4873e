import { Button, Skeleton, Stack } from '@mantine/core'
import { IconCertificate, IconChecks } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { PageHeader } from '#renderer/ui/page-header.tsx'
import { ZoneNote } from '#renderer/ui/zone-note.tsx'
import { type CheckId, guideSteps } from '#shared/deployment.ts'
import { BackendPart } from './backend-part.tsx'
import { CertificateView } from './certificate-view.tsx'
import { useDeployment, useRunChecks, useVerification } from './data.ts'
import { DecisionDialog, type Intention } from './decision-dialog.tsx'
import classes from './deployment-page.module.css'
import { RunProgress } from './run-progress.tsx'
import { Score } from './score.tsx'
import { StepSection } from './step-section.tsx'

/** Puesta en producción: the guide's six steps, each check on one line, the eight items as the score. */
export function DeploymentPage() {
  const [certificate, setCertificate] = useState(false)
  return (
    <div className={classes.page}>
      {certificate ? (
        <CertificateView onBack={() => setCertificate(false)} />
      ) : (
        <Checklist onCertificate={() => setCertificate(true)} />
      )}
    </div>
  )
}

function Checklist({ onCertificate }: { readonly onCertificate: () => void }) {
  const { t } = useTranslation('deployment')
  const state = useDeployment()
  const run = useRunChecks()
  const { job, busy } = useVerification()
  const [opened, setOpened] = useState<ReadonlySet<CheckId>>(new Set())
  const [intention, setIntention] = useState<Intention | null>(null)
  const zone = useCurrentProfile()?.zone
  const { data } = state

  const toggle = (check: CheckId) =>
    setOpened((before) =>
      before.has(check) ? new Set([...before].filter((id) => id !== check)) : new Set([...before, check]),
    )
  const go = (check: CheckId) => {
    setOpened((before) => new Set([...before, check]))
    const line = document.getElementById(`check-${check}`)
    line?.scrollIntoView({ block: 'center' })
    line?.querySelector('button')?.focus({ preventScroll: true })
  }

  return (
    <Stack gap="sm">
      <PageHeader title={t('title')} note={t('note')}>
        <Button
          variant="default"
          leftSection={<IconCertificate size={17} aria-hidden />}
          disabled={!data}
          onClick={onCertificate}
        >
          {t('certificate.open')}
        </Button>
        <Button
          leftSection={<IconChecks size={17} aria-hidden />}
          disabled={!data || busy || run.isPending}
          title={busy ? t('run.busy') : undefined}
          onClick={() => run.mutate(null)}
        >
          {t('run.all')}
        </Button>
      </PageHeader>
      {job ? <RunProgress job={job} /> : null}
      {run.error ? <ErrorNotice error={run.error} /> : null}
      {state.error ? (
        <ErrorNotice error={state.error} onRetry={() => void state.refetch()} retrying={state.isFetching} />
      ) : null}
      {data ? (
        <>
          <Score state={data} onGo={go} />
          <BackendPart state={data} />
          {guideSteps.map((step) => (
            <StepSection
              key={step}
              step={step}
              checks={data.checks.filter((check) => check.step === step)}
              opened={opened}
              onToggle={toggle}
              onDecide={setIntention}
            />
          ))}
          <ZoneNote zone={zone} />
          <DecisionDialog
            intention={intention}
            environment={data.profile.environment}
            onClose={() => setIntention(null)}
          />
        </>
      ) : state.error ? null : (
        <Skeleton height={420} />
      )}
    </Stack>
  )
}
