import type { HandlersOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'

type Missing = Omit<
  HandlersOf<'cleanup'>,
  | 'cleanup.plan'
  | 'cleanup.exportPlan'
  | 'cleanup.savePlan'
  | 'cleanup.users'
  | 'cleanup.searchPatients'
  | 'cleanup.rehearse'
  | 'cleanup.result'
>

const notYet = () => {
  throw new AppError('NOT_FOUND', { what: 'notYet' })
}

/** The contract of the run before its parts are there: every one of these refuses. */
export const unfinished: Missing = {
  'cleanup.folders': () => [],
  'cleanup.chooseFolder': () => null,
  'cleanup.checkFolder': notYet,
  'cleanup.run': notYet,
  'cleanup.outcome': notYet,
  'cleanup.backups': () => ({ files: [], folders: [], unfinished: [], missing: [] }),
  'cleanup.chooseBackup': () => null,
  'cleanup.verifyBackup': notYet,
  'cleanup.restorePlan': notYet,
  'cleanup.testRestore': notYet,
  'cleanup.restore': notYet,
  'cleanup.deleteBackup': notYet,
  'cleanup.history': () => [],
  'cleanup.saveReport': notYet,
  'cleanup.sealState': () => ({ state: 'open', history: [] }),
  'cleanup.seal': notYet,
  'cleanup.reopen': notYet,
}
