import type { Dashboard } from '#shared/dashboard.ts'
import { checkIds } from '#shared/deployment.ts'
import { createBackendChecks } from './backend-checks.ts'
import type { Check } from './check.ts'
import { type CleanupHistory, cleanupCheck } from './checks/cleanup.ts'
import { databaseCheck } from './checks/database.ts'
import { databaseSlotsCheck } from './checks/database-slots.ts'
import type { LogOfBackend } from './checks/log-checks.ts'
import { ownFiguresCheck } from './checks/own-figures.ts'
import { poolTestCheck } from './checks/pool-test.ts'
import { publishedPasswordsCheck, type VerifyPassword } from './checks/published-passwords.ts'
import { successFiguresCheck } from './checks/success-figures.ts'
import { webChartsCheck } from './checks/web-charts.ts'

/** What checks ask of other features. */
export interface CheckParts {
  readonly cleanupHistory: CleanupHistory
  readonly verifyPassword: VerifyPassword
  readonly loadDashboard: () => Promise<Dashboard>
  readonly backendLog: LogOfBackend
}

/** Every check, in the order of `checkIds`. */
export function createChecks({
  cleanupHistory,
  verifyPassword,
  loadDashboard,
  backendLog,
}: CheckParts): readonly Check[] {
  const checks: readonly Check[] = [
    databaseCheck,
    poolTestCheck,
    databaseSlotsCheck,
    cleanupCheck(cleanupHistory),
    publishedPasswordsCheck(verifyPassword),
    ownFiguresCheck(loadDashboard),
    ...createBackendChecks({ loadDashboard, backendLog }),
    webChartsCheck,
    successFiguresCheck,
  ]
  return checks.toSorted((a, b) => checkIds.indexOf(a.id) - checkIds.indexOf(b.id))
}
