import type { Dashboard } from '#shared/dashboard.ts'
import type { Check } from './check.ts'
import { backendPoolTestCheck } from './checks/backend-pool-test.ts'
import { backendDatabaseCheck, backendUpCheck } from './checks/backend-up.ts'
import { dashboardFiguresCheck } from './checks/dashboard-figures.ts'
import { dashboardErrorsCheck, dashboardSpeedCheck } from './checks/dashboard-load.ts'
import { dependenciesCheck } from './checks/dependencies.ts'
import { environmentCheck } from './checks/environment.ts'
import { backendModeCheck, type LogOfBackend, logErrorsCheck, logMessagesCheck } from './checks/log-checks.ts'
import { poolSourceCheck } from './checks/pool-source.ts'
import { createBackendSession } from './http/backend-session.ts'

export interface BackendCheckParts {
  readonly loadDashboard: () => Promise<Dashboard>
  readonly backendLog: LogOfBackend
}

/** The checks that look at the clinic's backend: its folder, its answers, its log. */
export function createBackendChecks({ loadDashboard, backendLog }: BackendCheckParts): readonly Check[] {
  const session = createBackendSession()
  return [
    dependenciesCheck,
    environmentCheck,
    poolSourceCheck,
    backendPoolTestCheck,
    backendUpCheck(session),
    backendDatabaseCheck(session),
    backendModeCheck(session, backendLog),
    dashboardErrorsCheck(session),
    dashboardSpeedCheck(session),
    dashboardFiguresCheck(session, loadDashboard),
    logMessagesCheck(session, backendLog),
    logErrorsCheck(session, backendLog),
  ]
}
