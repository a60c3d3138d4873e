import { Alert, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCurrentProfile } from '#renderer/connection/data.ts'
import { type CleanupPlan, ourApplication, type RehearsalResult } from '#shared/cleanup.ts'
import type { BackupFolder, ProtectionChoice } from '#shared/cleanup-backup.ts'
import { useAmounts, useDuration } from './amounts.ts'
import { useDraft } from './draft.ts'
import { Part } from './part.tsx'
import { PlaceFacts } from './place-facts.tsx'

interface SummaryPartProps {
  readonly plan: CleanupPlan
  readonly rehearsed: RehearsalResult
  readonly folder: BackupFolder
  readonly protection: ProtectionChoice['kind']
}

/** Where it happens, what goes and stays, for how long nobody can write, and where the backup will lie. */
export function SummaryPart({ plan, rehearsed, folder, protection }: SummaryPartProps) {
  const { t } = useTranslation('cleanup')
  const profile = useCurrentProfile()
  const { of, rowsIn } = useAmounts()
  const time = useDuration()
  const { proof } = useDraft()
  const { totals } = plan
  const others = plan.sessions.filter(({ application }) => application !== ourApplication)
  const facts = [
    [t('base.server'), profile ? `${profile.host}:${profile.port}` : ''],
    [t('base.database'), plan.database],
    [
      t('confirm.goes'),
      t('confirm.goesWhat', {
        patients: of('patients', totals.patients),
        rows: rowsIn(totals.deletedRows, totals.deletedTables),
      }),
    ],
    [t('confirm.stays'), rowsIn(totals.keptRows, totals.keptTables)],
    [t('confirm.blocked'), t('confirm.blockedFor', { time: time(rehearsed.lockedMilliseconds) })],
    [
      t('confirm.backup'),
      t('confirm.backupWhere', { folder: folder.path, protection: t(`backup.kind.${protection}`) }),
    ],
    [t('confirm.proof'), t(proof ? 'confirm.proofOn' : 'confirm.proofOff')],
  ] as const
  return (
    <Part title={t('confirm.what')}>
      <PlaceFacts facts={facts} />
      {others.length > 0 ? (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} role="note" data-warning="sessions">
          <Text size="sm">{t('confirm.others', { count: others.length })}</Text>
        </Alert>
      ) : null}
    </Part>
  )
}
