import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconShieldCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '#renderer/api.ts'
import { CopyButton } from '#renderer/ui/copy-button.tsx'
import { useSave } from '#renderer/ui/use-save.ts'
import { useFormat } from '#renderer/words.ts'
import type { CleanupUser } from '#shared/cleanup.ts'
import type { RunOutcome } from '#shared/cleanup-run.ts'
import { useAmounts, useDuration } from './amounts.ts'
import list from './list.module.css'
import classes from './outcome-part.module.css'
import { OutcomeTable } from './outcome-table.tsx'
import { Part } from './part.tsx'
import { PhaseTimes } from './phase-times.tsx'

interface RunOutcomePartProps {
  readonly outcome: RunOutcome
  /** Who is still there. */
  readonly staff: readonly CleanupUser[]
}

/** What the run proved: before and after, table by table; the backup, and how to put it back; the report to keep. */
export function RunOutcomePart({ outcome, staff }: RunOutcomePartProps) {
  const { t } = useTranslation('cleanup')
  const { of, rowsIn } = useAmounts()
  const { bytes } = useFormat()
  const time = useDuration()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  const { backup, tables, after, files } = outcome
  const deleted = tables.reduce((sum, table) => sum + table.deleted, 0)
  const emptied = tables.filter((table) => table.deleted > 0).length
  const later = [
    ...(after.analyzed ? [] : [t('result.notAnalyzed')]),
    ...(after.refreshed.length > 0 ? [t('result.refreshed', { views: after.refreshed.join(', ') })] : []),
    ...(after.stale.length > 0 ? [t('result.stale', { views: after.stale.join(', ') })] : []),
    ...(files
      ? [
          files.bytes === null
            ? t('result.files', { count: files.rows })
            : t('result.filesSized', { count: files.rows, size: bytes(files.bytes) }),
        ]
      : []),
    t(`result.record.${outcome.record}`),
  ]
  return (
    <>
      <section className={classes.outcome} aria-labelledby="cleanup-outcome" data-outcome="deleted">
        <Title order={3} size="h5" id="cleanup-outcome" ref={heading} tabIndex={-1} className={classes.title}>
          <IconCircleCheck size={22} stroke={1.8} aria-hidden />
          {t('result.title')}
        </Title>
        <Text>
          {t('result.body', {
            ...{ deleted: rowsIn(deleted, emptied), patients: of('patients', outcome.patients) },
            ...{ time: time(outcome.milliseconds), locked: time(outcome.lockedMilliseconds) },
          })}
        </Text>
        <Text size="sm">{t('result.kept', { tables: of('tables', tables.length) })}</Text>
        <PhaseTimes phases={outcome.phases} />
      </section>
      <Part title={t('result.backup')} icon={<IconShieldCheck size={18} aria-hidden />}>
        <Text size="sm" data-part="backup-name">
          {t('result.backupFile', { name: backup.name, size: bytes(backup.bytes) })}
        </Text>
        <Text size="sm">{t(outcome.proof ? 'result.proven' : 'result.reread')}</Text>
        <Text size="sm">{t('result.howToRestore')}</Text>
        <Group gap="xs">
          <Text size="sm" c="dimmed" className="numbers">
            {t('result.sha256')} <code title={backup.sha256}>{backup.sha256.slice(0, 16)}</code>
          </Text>
          <CopyButton text={backup.sha256} label={t('result.copySha256')} />
        </Group>
        {backup.protection === 'none' ? (
          <Alert p="xs" color="red" icon={<IconAlertTriangle size={18} aria-hidden />}>
            <Text size="sm">{t('backup.unprotected')}</Text>
          </Alert>
        ) : null}
      </Part>
      <OutcomeTable title={t('result.tables')} tables={tables} />
      <Part title={t('result.staff')}>
        <ul className={list.plain} data-part="staff">
          {staff.map(({ id, fullName, userName, email }) => (
            <li key={id}>{[fullName, userName, email].filter((each) => each !== null).join(' · ')}</li>
          ))}
        </ul>
      </Part>
      <Part title={t('result.afterwards')}>
        <ul className={list.plain}>
          {later.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Part>
      <Part title={t('result.report')} note={t('result.reportNote')}>
        <ReportActions id={outcome.id} />
      </Part>
    </>
  )
}

function ReportActions({ id }: { readonly id: string }) {
  const { t } = useTranslation('cleanup')
  const { file, busy } = useSave()
  return (
    <Group gap="xs">
      {(['pdf', 'json'] as const).map((format) => (
        <Button
          key={format}
          variant="default"
          size="sm"
          leftSection={<IconDownload size={15} aria-hidden />}
          disabled={busy}
          onClick={() => file(() => call('cleanup.saveReport', { id, format }))}
          data-report={format}
        >
          {t(`result.save.${format}`)}
        </Button>
      ))}
    </Group>
  )
}
