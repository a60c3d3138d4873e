import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleCheck, IconCopy, IconDownload } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { useSave } from '#renderer/ui/use-save.ts'
import type { CleanupPlan, Decisions, RehearsalResult } from '#shared/cleanup.ts'
import { useAmounts, useDuration } from './amounts.ts'
import { useCopyPlan } from './data.ts'
import classes from './outcome-part.module.css'
import { OutcomeTable } from './outcome-table.tsx'
import { Part } from './part.tsx'
import { PhaseTimes } from './phase-times.tsx'
import { ResiduePart } from './residue-part.tsx'

interface OutcomePartProps {
  readonly result: RehearsalResult
  readonly plan: CleanupPlan
  readonly stale: boolean
}

/** What the rehearsal found: exact counts, the proof, the times, and whether it is still the plan of now. */
export function OutcomePart({ result, plan, stale }: OutcomePartProps) {
  const { t } = useTranslation('cleanup')
  const { of, rowsIn } = useAmounts()
  const time = useDuration()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Whoever waited here with the keyboard is brought to the result; whoever has gone on is left alone.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  const { totals, hash, residue } = result.plan
  const changed = !stale && plan.hash !== hash
  return (
    <>
      {changed ? (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={20} aria-hidden />}
          title={t('outcome.changed')}
          data-outcome="changed"
        >
          {t('outcome.changedBody')}
        </Alert>
      ) : null}
      <section className={classes.outcome} aria-labelledby="cleanup-outcome" data-outcome="done">
        <Title order={3} size="h5" id="cleanup-outcome" ref={heading} tabIndex={-1} className={classes.title}>
          <IconCircleCheck size={22} stroke={1.8} aria-hidden />
          {t('outcome.title')}
        </Title>
        <Text>
          {t('outcome.body', {
            deleted: rowsIn(totals.deletedRows, totals.deletedTables),
            time: time(result.milliseconds),
            locked: time(result.lockedMilliseconds),
          })}
        </Text>
        <Text size="sm">{t('outcome.proven', { tables: of('tables', result.keptFingerprints) })}</Text>
        {result.recreatedKeys > 0 ? (
          <Text size="sm">{t('outcome.recreated', { count: result.recreatedKeys })}</Text>
        ) : null}
        <Text size="sm" className="numbers">
          {t('outcome.hash')} <code title={hash}>{hash.slice(0, 12)}</code>{' '}
          <Text span c="dimmed" size="sm">
            {changed || stale ? null : t('outcome.same')}
          </Text>
        </Text>
        <PhaseTimes phases={result.phases} />
      </section>
      <OutcomeTable title={t('outcome.tables')} tables={result.tables} />
      {result.samples.length > 0 ? (
        <Part title={t('outcome.samples')} note={t('outcome.samplesBody')}>
          <ul className={classes.samples}>
            {result.samples.map(({ id, name, birthYear }) => (
              <li key={id}>{[name, birthYear, `#${id}`].filter((each) => each !== null).join(' · ')}</li>
            ))}
          </ul>
        </Part>
      ) : null}
      <ResiduePart residue={residue} />
      <Part title={t('outcome.export')}>
        <PlanActions decisions={result.plan.decisions} />
      </Part>
    </>
  )
}

/** The plan to keep: as a file, or on the clipboard. */
function PlanActions({ decisions }: { readonly decisions: Decisions }) {
  const { t } = useTranslation('cleanup')
  const copy = useCopyPlan()
  const { file, busy } = useSave()
  const save = (form: 'text' | 'json') => file(() => call('cleanup.savePlan', { decisions, form }))
  const icon = <IconDownload size={15} aria-hidden />
  return (
    <>
      <Group gap="xs">
        <Button variant="default" size="sm" leftSection={icon} disabled={busy} onClick={() => save('text')}>
          {t('outcome.saveText')}
        </Button>
        <Button variant="default" size="sm" leftSection={icon} disabled={busy} onClick={() => save('json')}>
          {t('outcome.saveJson')}
        </Button>
        <Button
          variant="default"
          size="sm"
          leftSection={copy.isSuccess ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
          loading={copy.isPending}
          onClick={() => copy.mutate(decisions)}
        >
          {copy.isSuccess ? t('outcome.copied') : t('outcome.copyText')}
        </Button>
      </Group>
      {copy.error ? <ErrorNotice error={copy.error} /> : null}
    </>
  )
}
