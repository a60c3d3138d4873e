import type { CleanupPlan, RehearsalResult } from '#shared/cleanup.ts'
import type { BackupFolder } from '#shared/cleanup-backup.ts'
import type { StepName } from './draft.ts'
import { missingOf } from './missing.ts'
import { lastingRefusals } from './refusals.ts'

/** What keeps the run from being confirmed, and where it is put right. */
export interface Lacking {
  readonly what: 'decisions' | 'rehearsal' | 'changed' | 'folder' | 'folderProblem' | 'protection'
  readonly step: StepName
}

interface Standing {
  readonly plan: CleanupPlan
  readonly rehearsed: RehearsalResult | null
  readonly folder: BackupFolder | null
  readonly protected: boolean
}

/** Everything that must be there before a person may confirm; main checks each of them again. */
export function lackingOf({ plan, rehearsed, folder, protected: safe }: Standing): readonly Lacking[] {
  const lacking: Lacking[] = []
  if (missingOf(plan).length > 0 || lastingRefusals(plan).length > 0 || !plan.decided)
    lacking.push({ what: 'decisions', step: missingOf(plan)[0]?.step ?? 'database' })
  if (!rehearsed) lacking.push({ what: 'rehearsal', step: 'rehearsal' })
  else if (rehearsed.plan.hash !== plan.hash) lacking.push({ what: 'changed', step: 'rehearsal' })
  if (!folder) lacking.push({ what: 'folder', step: 'backup' })
  else if (folder.problem !== null) lacking.push({ what: 'folderProblem', step: 'backup' })
  if (!safe) lacking.push({ what: 'protection', step: 'backup' })
  return lacking
}
